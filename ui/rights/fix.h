#pragma once

#include "core/rights/explain.h"
#include "ui/rights/engine.h"

namespace vidimus::ui::rights {

/// What the page can stage so that a title becomes available, or only say. Ui thread (words).
struct Fix {
    QString text; ///< "Add Poland to K-120"
    QString more; ///< what that means, or what else would help
    std::vector<engine::Rule> put; ///< empty, and remove too: nothing to stage
    std::vector<WindowId> remove;
    [[nodiscard]] bool isStageable() const { return !put.empty() || !remove.empty(); }
};

/// The shortest way that the explanation gives, as edits of the grant that needs the fewest. Nothing when the title is
/// available. A window that has ended is extended to kFixExtension after the instant asked for, within its deal.
[[nodiscard]] std::optional<Fix> fixFor(
    const engine::Query& query, const engine::Explanation& explanation, const engine::RuleSet& rules);

inline constexpr std::chrono::days kFixExtension {30};

} // namespace vidimus::ui::rights
