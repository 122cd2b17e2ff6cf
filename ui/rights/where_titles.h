#pragma once

#include "core/base/cancel.h"
#include "ui/rights/engine.h"

namespace vidimus::ui::rights {

/// One title in the order in which people read them: series before their parts, these by number, the others by name.
struct WhereTitle {
    TitleId id;
    QString name;
    int depth = 0; ///< below its series
    bool container = false;
    int parts = 0; ///< of a container: playable titles below it
    std::size_t end = 0; ///< place in the list behind the last title below it
};

/// The titles wanted with what belongs to them; \a wanted empty: all. Pure; any thread; empty when canceled.
[[nodiscard]] std::vector<WhereTitle> whereTitles(
    const engine::RuleSet& rules, const std::vector<TitleId>& wanted, const CancelToken& cancel = {});

} // namespace vidimus::ui::rights
