#pragma once

#include "ui/rights/engine.h"

#include <QString>
#include <span>

namespace vidimus::ui::rights {

/// One thing that a window says, as people tell windows apart. All fields together are the whole rule but its id.
struct RuleField {
    QString (*name)(); ///< "start"
    bool (*same)(const engine::Rule& a, const engine::Rule& b);
    void (*take)(engine::Rule& into, const engine::Rule& from);
    QString (*text)(const engine::Rule& rule); ///< null: it has no short text
};
/// Ui thread (words).
[[nodiscard]] std::span<const RuleField> ruleFields();

} // namespace vidimus::ui::rights
