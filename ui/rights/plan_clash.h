#pragma once

#include "ui/rights/engine.h"

#include <QString>
#include <map>
#include <optional>
#include <vector>

namespace vidimus::ui::rights {

/// A window as the plan has it, nothing: removed, and as it was saved when the edit was made.
using Edit = std::optional<engine::Rule>;

enum class Side { Mine, Theirs };

inline constexpr int kWholeWindow = -1;

/// What somebody else changed in a window after it was edited here, where both cannot stand: one field, or the whole
/// window when one side removed it.
struct Clash {
    WindowId window;
    TitleId title;
    int field = kWholeWindow; ///< of ruleFields()
    QString territory;
    QString what; ///< "avod start"
    QString base; ///< as both found it
    QString theirs;
    QString mine;
};

/// Takes into an edit what only the other side changed, and lets \a seen follow; what both changed stays as it is.
/// Pure.
void followTheirs(engine::Rule& seen, engine::Rule& mine, const engine::Rule& theirs);
/// What is left to choose. \a theirs null: they removed it. None when nothing moved. Ui thread (words).
[[nodiscard]] std::vector<Clash> clashesOf(const engine::Rule& seen, const Edit& mine, const engine::Rule* theirs);
/// Lets one side stand in a field; the other is forgotten. Pure.
void chooseField(engine::Rule& seen, engine::Rule& mine, const engine::Rule& theirs, int field, Side side);

} // namespace vidimus::ui::rights
