#pragma once

#include "core/moderation/decision.h"

namespace vidimus::workbench {

class Workspace;

/// What a person decided, as the decision bar or the command line gives it.
struct DecisionRequest {
    AssetId asset;
    moderation::Verdict verdict = moderation::Verdict::Pass;
    QString reason; ///< id of a reason of the policy
    QString note;
    std::optional<Milliseconds> from;
    std::optional<Milliseconds> to;
    std::vector<std::int64_t> evidenceFrames;
    AssetId duplicateOf;
    double watchedShare = 1; ///< 0..1, measured by the player; the command line vouches for itself
};

/// How it ended.
struct DecisionOutcome {
    moderation::Decision decision; ///< Committed, or Draft when another person's stands
    bool alreadyStood = false; ///< the same decision stood; nothing was written
    Instant leavesAt {}; ///< when it leaves the outbox
};

/// Commits a decision: local row, outbox operation and audit entry in one durable transaction. When this returns it
/// survives a power cut. Errors: Denied, Invalid (see moderation::checkComplete), NotFound, Io, DiskFull.
[[nodiscard]] Result<DecisionOutcome> decide(Workspace& workspace, const DecisionRequest& request);

/// Takes a standing decision back; before it left, without a trace on the site, and what it had replaced stands again.
/// Errors: Conflict, Denied, NotFound, Io.
[[nodiscard]] Result<moderation::Decision> undoDecision(Workspace& workspace, const DecisionId& id);

/// Newest first. Errors: Io.
[[nodiscard]] Result<std::vector<moderation::Decision>> recentDecisions(Workspace& workspace, int limit);

} // namespace vidimus::workbench
