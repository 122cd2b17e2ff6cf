#pragma once

#include "core/base/ids.h"
#include "core/publishing/gate.h"
#include "core/rights/rule_set.h"

namespace vidimus::store {
class UnitOfWork;
}

namespace vidimus::workbench {

struct RulesView;

/// What the gates look at, gathered from the workspace.
struct TitleFacts {
    TitleId title;
    rights::TitleKind kind = rights::TitleKind::Film;
    int versions = 0; ///< assets of the title
    AssetId asset; ///< the newest version that is not rejected as a duplicate; empty: none
    QString package; ///< id of its rendition package; empty: none
    publishing::PublishingFacts facts;
};

/// Errors: NotFound (no such title), Io, Corrupt.
[[nodiscard]] Result<TitleFacts> titleFacts(
    const store::UnitOfWork& unit, const RulesView& rules, const TitleId& title, Instant at);

} // namespace vidimus::workbench
