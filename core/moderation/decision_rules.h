#pragma once

#include "core/moderation/decision.h"
#include "core/moderation/policy.h"
#include "core/moderation/role.h"

#include <optional>

namespace vidimus::moderation {

/// How long a committed decision waits in the outbox, so that undo leaves no trace on the site.
inline constexpr Milliseconds kUndoWindow {10'000};

/// Whether a decision says enough under a policy: known reason where one is needed, note, range in order, watched
/// share.
/// \a watchedShare is 0..1 of the duration. Errors: Invalid with the reason "reason_required", "unknown_reason",
/// "note_required", "watch_more", "range", "duplicate_of_required".
[[nodiscard]] Result<void> checkComplete(const Decision& decision, const Policy& policy, double watchedShare);

/// Whether it has its effect: it stands, and a second person has confirmed it where its reason asks for that.
[[nodiscard]] bool isEffective(const Decision& decision, const Policy& policy);

/// What commit() found.
enum class CommitOutcome {
    Committed, ///< write the decision; send it after the undo window
    AlreadyStands, ///< the same decision stands: nothing to write (pass and reject are no toggles)
    Replaces, ///< as Committed, and mark `superseded`
    BecameDraft, ///< somebody else's stands: write this one as a draft
};
struct Commit {
    CommitOutcome outcome = CommitOutcome::Committed;
    Decision decision; ///< in its new state
    std::optional<Decision> superseded; ///< the old one in its new state
};

/// Commits a staged decision (or a draft, tried again) at \a now. \a standing is what stands for the asset version, if
/// anything. The own earlier decision, or an escalation, is replaced; another person's final one is not: this becomes
/// a draft. Pure.
/// Errors: Denied (role), Invalid (incomplete, or not staged), Conflict ("other_version" for another asset version).
[[nodiscard]] Result<Commit> commit(const Decision& staged, const std::optional<Decision>& standing,
    const Policy& policy, const RoleSet& roles, double watchedShare, Instant now);

/// What undo() found.
struct Undo {
    Decision decision; ///< the old one in its new state
    bool wasNeverSent = false; ///< drop its outbox operation: no trace on the site
    std::optional<Decision> compensation; ///< a Clear to be committed and sent, when it had left already
};
/// Takes a standing decision back at \a now for \a person. \a compensationId is used when one is needed.
/// Errors: Denied (role), Conflict ("not_standing").
[[nodiscard]] Result<Undo> undo(const Decision& standing, const PersonId& person, const RoleSet& roles,
    const DecisionId& compensationId, Instant now);

/// Adds the second reviewer. Errors: Denied (role, or "same_person"), Conflict ("not_standing", "confirmed").
[[nodiscard]] Result<Decision> confirm(const Decision& standing, const PersonId& person, const RoleSet& roles);

/// The outbox delivered it. Idempotent. Errors: Conflict ("not_standing").
[[nodiscard]] Result<Decision> markSent(const Decision& committed);
/// The server knows another decision: this one becomes a draft. Errors: Conflict ("not_standing").
[[nodiscard]] Result<Decision> loseTo(const Decision& committed);

} // namespace vidimus::moderation
