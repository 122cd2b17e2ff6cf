#include "core/workbench/decide.h"

#include "core/moderation/decision_rules.h"
#include "core/moderation/policy.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/decision_trail.h"
#include "core/workbench/events.h"
#include "core/workbench/permission.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// Writes a decision that came out of the rules, with what it replaced, its operation and its audit entry.
Result<void> writeDecision(store::UnitOfWork& unit, const moderation::Commit& commit, const store::Asset& asset)
{
    const moderation::Decision& decision = commit.decision;
    DecisionId standsThere;
    if (commit.superseded) {
        if (auto updated = unit.decisions.update(*commit.superseded); !updated)
            return updated;
        // What is still held back never needs to be told; the new one says it all.
        const auto taken = takeBackDecision(unit, commit.superseded->id);
        if (!taken)
            return taken.error();
        standsThere = taken->standsThere;
    }
    if (auto added = unit.decisions.add(decision); !added)
        return added;
    const bool isDraft = commit.outcome == moderation::CommitOutcome::BecameDraft;
    if (!isDraft) {
        if (auto changed = unit.assets.setState(asset.id, assetStateFor(decision.verdict)); !changed)
            return changed;
        if (auto queued = queueDecision(unit, decision, asset.title, standsThere); !queued)
            return queued;
    }
    return unit.audit.append(decision.author.toString(), isDraft ? u"decide_draft"_s : u"decide"_s,
        u"asset:"_s + asset.id.toString(),
        commit.superseded ? QJsonValue(moderation::toJson(*commit.superseded)) : QJsonValue(QJsonValue::Null),
        moderation::toJson(decision));
}

/// What only the workspace knows: whether the other asset is here, and how long the file is.
Result<void> checkAgainst(const store::UnitOfWork& unit, const DecisionRequest& request, const store::Asset& asset)
{
    constexpr Milliseconds kSlack {1000}; // a container's duration and its last frame differ
    if (!request.duplicateOf.isEmpty()) {
        if (const auto other = unit.assets.find(request.duplicateOf); !other)
            return other.error();
    }
    const double duration = asset.facts.value(u"duration"_s).toDouble();
    const bool isPastTheEnd
        = request.to && duration > 0 && static_cast<double>((*request.to - kSlack).count()) > duration * 1000;
    if (isPastTheEnd) {
        return Error {ErrorCode::Invalid,
            u"the range ends at %1 s, the file at %2 s"_s.arg(static_cast<double>(request.to->count()) / 1000)
                .arg(duration),
            "range"};
    }
    return {};
}

void tell(Workspace& workspace, const AssetId& asset)
{
    Q_EMIT workspace.events().saved();
    Q_EMIT workspace.events().decisionsChanged();
    Q_EMIT workspace.events().assetChanged(asset);
    Q_EMIT workspace.events().outboxChanged();
    workspace.catalog().poke();
}

} // namespace

Result<DecisionOutcome> decide(Workspace& workspace, const DecisionRequest& request)
{
    const QString subject = u"asset:"_s + request.asset.toString();
    auto outcome = workspace.store().write([&](store::UnitOfWork& unit) -> Result<DecisionOutcome> {
        const auto asset = unit.assets.find(request.asset);
        if (!asset)
            return asset.error();
        const auto standing = unit.decisions.standing(asset->id, asset->sha256);
        if (!standing)
            return standing.error();
        moderation::Decision staged;
        staged.id = newId<DecisionId>();
        staged.asset = asset->id;
        staged.assetSha256 = asset->sha256;
        staged.verdict = request.verdict;
        staged.reason = request.reason;
        staged.note = request.note;
        staged.from = request.from;
        staged.to = request.to;
        staged.evidenceFrames = request.evidenceFrames;
        staged.duplicateOf = request.duplicateOf;
        staged.policyVersion = workspace.policy().version;
        staged.author = workspace.me().id;
        staged.at = unit.now();
        auto commit = moderation::commit(
            staged, *standing, workspace.policy(), workspace.me().roles, request.watchedShare, unit.now());
        if (!commit)
            return std::move(commit).error();
        if (auto possible = checkAgainst(unit, request, *asset); !possible)
            return std::move(possible).error();
        if (commit->outcome == moderation::CommitOutcome::AlreadyStands)
            return DecisionOutcome {**standing, true, unit.now()};
        if (auto written = writeDecision(unit, *commit, *asset); !written)
            return std::move(written).error();
        return DecisionOutcome {commit->decision, false, unit.now() + moderation::kUndoWindow};
    });
    if (!outcome)
        return noteDenied(workspace, outcome.error(), u"decide"_s, subject);
    if (!outcome->alreadyStood)
        tell(workspace, request.asset);
    return outcome;
}

Result<moderation::Decision> undoDecision(Workspace& workspace, const DecisionId& id)
{
    auto undone = workspace.store().write([&](store::UnitOfWork& unit) -> Result<moderation::Decision> {
        const auto decision = unit.decisions.find(id);
        if (!decision)
            return decision.error();
        const auto asset = unit.assets.find(decision->asset);
        if (!asset)
            return asset.error();
        auto undo
            = moderation::undo(*decision, workspace.me().id, workspace.me().roles, newId<DecisionId>(), unit.now());
        if (!undo)
            return std::move(undo).error();
        if (auto updated = unit.decisions.update(undo->decision); !updated)
            return std::move(updated).error();
        const auto taken = takeBackDecision(unit, id);
        if (!taken)
            return taken.error();
        std::optional<moderation::Decision> again;
        if (taken->wasUntold) {
            auto reinstated = reinstateBefore(unit, *decision, asset->title, taken->standsThere);
            if (!reinstated)
                return std::move(reinstated).error();
            again = *std::move(reinstated);
        } else if (!undo->compensation) {
            // It was claimed before it was marked as sent: an answer may be under way, so it is cleared on the site.
            moderation::Decision clear = *decision;
            clear.id = newId<DecisionId>();
            clear.verdict = moderation::Verdict::Clear;
            clear.replaces = id;
            clear.at = unit.now();
            undo->compensation = clear;
        }
        if (undo->compensation) {
            if (auto added = unit.decisions.add(*undo->compensation); !added)
                return std::move(added).error();
            if (auto queued = queueDecision(unit, *undo->compensation, asset->title, id); !queued)
                return std::move(queued).error();
        }
        if (auto changed
            = unit.assets.setState(asset->id, again ? assetStateFor(again->verdict) : store::AssetState::Waiting);
            !changed)
            return std::move(changed).error();
        if (auto noted = unit.audit.append(workspace.me().id.toString(), u"undo"_s, u"asset:"_s + asset->id.toString(),
                moderation::toJson(*decision), moderation::toJson(undo->decision));
            !noted)
            return std::move(noted).error();
        if (again) {
            if (auto noted = unit.audit.append(workspace.me().id.toString(), u"reinstate"_s,
                    u"asset:"_s + asset->id.toString(), QJsonValue::Null, moderation::toJson(*again));
                !noted)
                return std::move(noted).error();
        }
        return undo->decision;
    });
    if (!undone)
        return noteDenied(workspace, undone.error(), u"undo"_s, u"decision:"_s + id.toString());
    tell(workspace, undone->asset);
    return undone;
}

Result<std::vector<moderation::Decision>> recentDecisions(Workspace& workspace, int limit)
{
    return workspace.store().read(
        [&](const store::UnitOfWork& unit) { return unit.decisions.latestOf(workspace.me().id, limit); });
}

} // namespace vidimus::workbench
