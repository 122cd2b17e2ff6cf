#include "core/moderation/decision_rules.h"

namespace vidimus::moderation {

using namespace Qt::StringLiterals;

namespace {

Error invalid(const char* reason, const QString& what)
{
    return {ErrorCode::Invalid, what, reason};
}

Error notStanding(const Decision& decision)
{
    return {ErrorCode::Conflict,
        u"the decision is %1 and does not stand"_s.arg(QLatin1StringView(decisionStateName(decision.state))),
        "not_standing"};
}

bool needsReason(Verdict verdict)
{
    return verdict == Verdict::Reject || verdict == Verdict::Escalate;
}

Result<void> checkRange(const Decision& decision)
{
    if (decision.from.has_value() != decision.to.has_value())
        return invalid("range", u"a range needs both ends"_s);
    if (decision.from && !(*decision.from < *decision.to && *decision.from >= Milliseconds::zero()))
        return invalid("range", u"a range must end after it begins"_s);
    return {};
}

} // namespace

Result<void> checkComplete(const Decision& decision, const Policy& policy, double watchedShare)
{
    if (needsReason(decision.verdict) && decision.reason.isEmpty())
        return invalid("reason_required", u"this verdict needs a reason"_s);
    if (decision.verdict == Verdict::Duplicate
        && (decision.duplicateOf.isEmpty() || decision.duplicateOf == decision.asset))
        return invalid("duplicate_of_required", u"a duplicate needs the other asset"_s);
    if (auto range = checkRange(decision); !range)
        return range;
    if (decision.reason.isEmpty())
        return {};
    const Reason* const reason = policy.find(decision.reason);
    if (!reason)
        return invalid("unknown_reason", u"the policy has no reason \"%1\""_s.arg(decision.reason));
    // An escalation hands the item on; what it takes to reject is asked of the one who rejects.
    if (decision.verdict != Verdict::Reject)
        return {};
    if (reason->requirements.note && decision.note.trimmed().isEmpty())
        return invalid("note_required", u"this reason needs a note"_s);
    if (watchedShare < reason->requirements.minWatchedShare) {
        return invalid("watch_more",
            u"%1 of the video must be watched for this reason, %2 was"_s.arg(reason->requirements.minWatchedShare)
                .arg(watchedShare));
    }
    return {};
}

bool isEffective(const Decision& decision, const Policy& policy)
{
    if (!stands(decision))
        return false;
    if (decision.verdict != Verdict::Reject)
        return true;
    const Reason* const reason = policy.find(decision.reason);
    return !reason || !reason->requirements.secondReviewer || !decision.secondReviewer.isEmpty();
}

Result<Commit> commit(const Decision& staged, const std::optional<Decision>& standing, const Policy& policy,
    const RoleSet& roles, double watchedShare, Instant now)
{
    if (auto allowed = require(roles, Action::Decide); !allowed)
        return std::move(allowed).error();
    if (staged.state != DecisionState::Staged && staged.state != DecisionState::Draft)
        return invalid("not_staged", u"only a staged decision or a draft can be committed"_s);
    if (auto complete = checkComplete(staged, policy, watchedShare); !complete)
        return std::move(complete).error();
    Commit result {.outcome = CommitOutcome::Committed, .decision = staged, .superseded = std::nullopt};
    result.decision.at = now;
    result.decision.policyVersion = policy.version;
    result.decision.secondReviewer = PersonId();
    if (!standing) {
        if (staged.verdict == Verdict::Clear)
            return invalid("nothing_to_clear", u"no decision stands"_s);
        result.decision.state = DecisionState::Committed;
        return result;
    }
    if (!stands(*standing))
        return notStanding(*standing);
    if (standing->asset != staged.asset || standing->assetSha256 != staged.assetSha256)
        return Error {ErrorCode::Conflict, u"the other decision is of another version"_s, "other_version"};
    if (saysTheSame(staged, *standing)) {
        result.outcome = CommitOutcome::AlreadyStands;
        result.decision = *standing;
        return result;
    }
    const bool isMine = standing->author == staged.author;
    if (!isMine && standing->verdict != Verdict::Escalate && standing->verdict != Verdict::Clear) {
        result.outcome = CommitOutcome::BecameDraft;
        result.decision.state = DecisionState::Draft;
        return result;
    }
    result.outcome = CommitOutcome::Replaces;
    result.decision.state = DecisionState::Committed;
    result.decision.replaces = standing->id;
    result.superseded = *standing;
    result.superseded->state = DecisionState::Superseded;
    return result;
}

Result<Undo> undo(const Decision& standing, const PersonId& person, const RoleSet& roles,
    const DecisionId& compensationId, Instant now)
{
    if (auto allowed = require(roles, Action::UndoDecision); !allowed)
        return std::move(allowed).error();
    if (!stands(standing))
        return notStanding(standing);
    Undo result {.decision = standing, .wasNeverSent = false, .compensation = std::nullopt};
    // The state, not the clock, says whether it has left: a clock that jumps must not leave a trace, nor hide one.
    if (standing.state == DecisionState::Committed) {
        result.decision.state = DecisionState::Undone;
        result.wasNeverSent = true;
        return result;
    }
    result.decision.state = DecisionState::Superseded;
    Decision clear;
    clear.id = compensationId;
    clear.asset = standing.asset;
    clear.assetSha256 = standing.assetSha256;
    clear.verdict = Verdict::Clear;
    clear.policyVersion = standing.policyVersion;
    clear.author = person;
    clear.at = now;
    clear.state = DecisionState::Committed;
    clear.replaces = standing.id;
    result.compensation = clear;
    return result;
}

Result<Decision> confirm(const Decision& standing, const PersonId& person, const RoleSet& roles)
{
    if (auto allowed = require(roles, Action::ConfirmDecision); !allowed)
        return std::move(allowed).error();
    if (!stands(standing))
        return notStanding(standing);
    if (person == standing.author || person.isEmpty())
        return Error {ErrorCode::Denied, u"the second reviewer must be another person"_s, "same_person"};
    if (!standing.secondReviewer.isEmpty())
        return Error {ErrorCode::Conflict, u"the decision is confirmed already"_s, "confirmed"};
    Decision confirmed = standing;
    confirmed.secondReviewer = person;
    return confirmed;
}

Result<Decision> markSent(const Decision& committed)
{
    if (!stands(committed))
        return notStanding(committed);
    Decision sent = committed;
    sent.state = DecisionState::Sent;
    return sent;
}

Result<Decision> loseTo(const Decision& committed)
{
    if (!stands(committed))
        return notStanding(committed);
    Decision draft = committed;
    draft.state = DecisionState::Draft;
    return draft;
}

} // namespace vidimus::moderation
