#pragma once

#include "core/workbench/rights_desk.h"

#include <set>

namespace vidimus::store {
class UnitOfWork;
}

namespace vidimus::workbench {

/// A plan that somebody made and that waits for another person to approve it.
struct RightsDraft {
    QString id;
    PersonId author;
    QString authorName; ///< empty when the person is not known any more
    Instant madeAt {};
    RightsPlan plan;
};

inline constexpr int kMaxDraftRules = 5000; ///< windows that a draft may put or remove; more are imported

/// Keeps a plan for another person. Nothing of it is in force. Gives the draft's id.
/// Errors: Denied, Invalid (nothing in it; a name that nobody knows, with its place), LimitExceeded, Io, DiskFull.
[[nodiscard]] Result<QString> keepRightsDraft(Workspace& workspace, const RightsPlan& plan);
/// Oldest first. Errors: Io, Corrupt.
[[nodiscard]] Result<std::vector<RightsDraft>> rightsDrafts(Workspace& workspace);
/// Saves the draft as one change of rules and takes it from the list. Errors: Denied (reason "same_person": who made it
/// cannot approve it), NotFound, those of applyRightsPlan().
[[nodiscard]] Result<void> approveRightsDraft(Workspace& workspace, const QString& draft);
/// Takes it from the list, unsaved. Errors: Denied, NotFound, Io.
[[nodiscard]] Result<void> dropRightsDraft(Workspace& workspace, const QString& draft);

/// Whether changes of a deal's windows demand a second person. Errors: Denied, Io.
[[nodiscard]] Result<void> demandSecondPerson(Workspace& workspace, const DealId& deal, bool demanded);
[[nodiscard]] Result<std::set<DealId>> dealsOfTwoPeople(Workspace& workspace);
/// For applyRightsPlan(): Denied (reason "second_person_needed") when a deal that the plan touches demands another
/// person than the plan's author and \a me is that author. \a before: the rules as they stand.
[[nodiscard]] Result<void> checkSecondPerson(
    const store::UnitOfWork& unit, const RightsPlan& plan, const rights::RuleSet& before, const PersonId& me);

} // namespace vidimus::workbench
