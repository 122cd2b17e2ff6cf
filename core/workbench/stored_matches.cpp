#include "core/workbench/stored_matches.h"

#include "core/store/workspace_store.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using store::StoredMatch;

namespace {

std::vector<matching::MatchSegment> segmentsOf(const QJsonArray& array)
{
    std::vector<matching::MatchSegment> segments;
    for (const QJsonValue& value : array) {
        if (const auto segment = matching::segmentFromJson(value.toObject()))
            segments.push_back(*segment);
    }
    return segments;
}

Result<KeptMatch> toKept(const store::UnitOfWork& unit, const StoredMatch& stored, const QString& assetName)
{
    KeptMatch kept {.asset = stored.asset, .assetName = assetName, .match = {}, .createdAt = stored.createdAt};
    kept.match = {.kind = stored.kind,
        .id = stored.other,
        .name = stored.body.value(u"name"_s).toString(),
        .label = stored.label,
        .severity = stored.severity,
        .mirrored = stored.body.value(u"mirrored"_s).toBool(),
        .commonPassage = stored.body.value(u"common_passage"_s).toBool(),
        .distance = stored.distance,
        .share = stored.share,
        .segments = segmentsOf(stored.body.value(u"segments"_s).toArray())};
    if (stored.kind == StoredMatch::Kind::Asset) {
        const auto other = unit.assets.find(AssetId(stored.other));
        if (!other && other.error().code != ErrorCode::NotFound)
            return other.error();
        kept.isGone = !other;
    }
    return kept;
}

} // namespace

Result<std::vector<KeptMatch>> matchesOf(const store::UnitOfWork& unit, const AssetId& id)
{
    const auto asset = unit.assets.find(id);
    const auto stored = unit.matches.find(id);
    if (!asset || !stored)
        return asset ? stored.error() : asset.error();
    std::vector<KeptMatch> result;
    for (const StoredMatch& match : *stored) {
        auto kept = toKept(unit, match, asset->originalName);
        if (!kept)
            return std::move(kept).error();
        result.push_back(*std::move(kept));
    }
    return result;
}

Result<std::vector<KeptMatch>> matchesOf(Workspace& workspace, const AssetId& asset)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) { return matchesOf(unit, asset); });
}

Result<std::vector<KeptMatch>> openBankHits(Workspace& workspace, int limit)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<std::vector<KeptMatch>> {
        const auto open = unit.matches.undecided(limit);
        if (!open)
            return open.error();
        std::vector<KeptMatch> result;
        for (const StoredMatch& match : *open) {
            const auto asset = unit.assets.find(match.asset);
            if (!asset)
                return asset.error();
            auto kept = toKept(unit, match, asset->originalName);
            if (!kept)
                return std::move(kept).error();
            result.push_back(*std::move(kept));
        }
        return result;
    });
}

} // namespace vidimus::workbench
