#pragma once

#include "core/rights/rule_set.h"

#include <chrono>

namespace vidimus::workbench {

class Workspace;

/// What windows of a licensor most often look like: territory, sites, offers, exclusivity, terms and length.
struct RightsTemplate {
    rights::Rule rule; ///< without id, title, deal, window and origin
    std::optional<std::chrono::days> length; ///< none: open
};

/// The template that a window makes. Pure.
[[nodiscard]] RightsTemplate templateOf(const rights::Rule& rule);
/// A new window of the template. Pure but for the new id.
[[nodiscard]] rights::Rule windowFrom(
    const RightsTemplate& pattern, const TitleId& title, const DealId& deal, Instant start);
/// None when none was kept. Errors: Io, Corrupt.
[[nodiscard]] Result<std::optional<RightsTemplate>> rightsTemplate(Workspace& workspace, const QString& licensor);
/// Keeps it in place of the one before, with an audit entry. Errors: Denied, Invalid (no licensor), Io, DiskFull.
[[nodiscard]] Result<void> keepRightsTemplate(
    Workspace& workspace, const QString& licensor, const RightsTemplate& pattern);

} // namespace vidimus::workbench
