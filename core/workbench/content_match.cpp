#include "core/workbench/content_match.h"

#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/match_library.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using store::StoredMatch;

namespace {

/// Places in the queue; ordinary assets have 0.
constexpr int kReviewPriority = 50;
constexpr int kBlockPriority = 100;

StoredMatch toStored(const ContentMatch& match, const AssetId& asset, Instant now)
{
    return {.asset = asset,
        .kind = match.kind,
        .other = match.id,
        .label = match.label,
        .severity = match.severity,
        .distance = match.distance,
        .share = match.share,
        .body = toJson(match),
        .createdAt = now};
}

int priorityFor(const std::vector<StoredMatch>& matches)
{
    int priority = 0;
    for (const StoredMatch& match : matches) {
        if (match.kind != StoredMatch::Kind::Bank)
            continue;
        if (match.severity == matching::BankSeverity::Block)
            priority = kBlockPriority;
        else if (match.severity == matching::BankSeverity::Review)
            priority = std::max(priority, kReviewPriority);
    }
    return priority;
}

/// Keeps the matches of an asset and lifts it in the queue if one of them asks for it.
Result<void> keepMatches(store::UnitOfWork& unit, const AssetId& id, const std::vector<StoredMatch>& matches)
{
    if (auto kept = unit.matches.replace(id, matches); !kept)
        return kept;
    const int priority = priorityFor(matches);
    auto asset = unit.assets.find(id);
    if (!asset)
        return std::move(asset).error();
    if (asset->priority >= priority)
        return {};
    asset->priority = priority;
    return unit.assets.update(*asset);
}

Result<store::StoredFingerprint> storedFingerprint(Workspace& workspace, const AssetId& asset)
{
    auto found = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.fingerprints.find(asset); });
    if (!found)
        return std::move(found).error();
    if (!*found)
        return Error {ErrorCode::NotFound, u"asset %1 has no fingerprint"_s.arg(asset.toString()), "not_found"};
    return **std::move(found);
}

void announce(Workspace& workspace, const AssetId& asset)
{
    Q_EMIT workspace.events().assetChanged(asset);
    Q_EMIT workspace.events().assetsChanged();
    Q_EMIT workspace.events().attentionChanged();
}

} // namespace

QJsonObject toJson(const ContentMatch& match)
{
    QJsonArray segments;
    for (const matching::MatchSegment& segment : match.segments)
        segments.append(matching::toJson(segment));
    QJsonObject json {{u"id"_s, match.id}, {u"kind"_s, QString::fromLatin1(store::matchKindName(match.kind))},
        {u"name"_s, match.name}, {u"distance"_s, match.distance}, {u"share"_s, match.share},
        {u"mirrored"_s, match.mirrored}, {u"segments"_s, segments}};
    if (match.kind == StoredMatch::Kind::Bank) {
        json.insert(u"label"_s, match.label);
        json.insert(u"severity"_s, QString::fromLatin1(matching::bankSeverityName(match.severity)));
    } else {
        json.insert(u"common_passage"_s, match.commonPassage);
    }
    return json;
}

Result<std::vector<ContentMatch>> matchLibrary(
    Workspace& workspace, const matching::Fingerprint& fingerprint, const AssetId& except, const CancelToken& cancel)
{
    const auto index = workspace.matches().index(workspace, cancel);
    if (!index)
        return index.error();
    std::uint64_t exceptNumber = 0;
    if (!except.isEmpty()) {
        const auto own = storedFingerprint(workspace, except);
        exceptNumber = own ? own->number : 0;
    }
    const auto found = matching::findNearDuplicates(fingerprint, **index, exceptNumber, {}, cancel);
    if (!found)
        return found.error();
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<std::vector<ContentMatch>> {
        std::vector<ContentMatch> result;
        for (const matching::NearDuplicate& duplicate : *found) {
            const auto stored = unit.fingerprints.findByNumber(duplicate.document);
            const auto asset = stored ? unit.assets.find(stored->asset) : Result<store::Asset>(stored.error());
            if (!asset && asset.error().code == ErrorCode::NotFound)
                continue; // it went while we searched
            if (!asset)
                return asset.error();
            result.push_back({.kind = StoredMatch::Kind::Asset,
                .id = asset->id.toString(),
                .name = asset->originalName,
                .mirrored = duplicate.mirrored,
                .commonPassage = duplicate.commonPassage,
                .distance = duplicate.distance,
                .share = duplicate.share,
                .segments = duplicate.segments});
        }
        return result;
    });
}

std::vector<ContentMatch> matchBanks(const matching::BankMatcher& banks, const matching::Fingerprint& fingerprint)
{
    std::vector<ContentMatch> result;
    for (matching::BankMatch& match : banks.match(fingerprint)) {
        const matching::HashBank& bank = banks.banks()[match.bank];
        result.push_back({.kind = StoredMatch::Kind::Bank,
            .id = bank.id,
            .name = bank.name,
            .label = match.label,
            .severity = bank.severity,
            .mirrored = match.mirrored,
            .distance = match.distance,
            .share = match.share,
            .segments = std::move(match.segments)});
    }
    return result;
}

Result<void> matchAsset(Workspace& workspace, const AssetId& asset, const CancelToken& cancel)
{
    const auto own = storedFingerprint(workspace, asset);
    if (!own)
        return own.error();
    const auto banks = workspace.matches().banks(workspace);
    const auto similar = matchLibrary(workspace, own->fingerprint, asset, cancel);
    if (!banks || !similar)
        return banks ? similar.error() : banks.error();
    const auto kept = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        std::vector<StoredMatch> matches;
        for (const ContentMatch& match : matchBanks(**banks, own->fingerprint))
            matches.push_back(toStored(match, asset, unit.now()));
        for (const ContentMatch& match : *similar) {
            if (!match.commonPassage)
                matches.push_back(toStored(match, asset, unit.now()));
        }
        return keepMatches(unit, asset, matches);
    });
    if (kept)
        announce(workspace, asset);
    return kept;
}

Result<qint64> matchAllWithBanks(Workspace& workspace, const CancelToken& cancel, const ProgressSink& progress)
{
    const auto banks = workspace.matches().banks(workspace);
    const auto numbers
        = workspace.store().read([](const store::UnitOfWork& unit) { return unit.fingerprints.numbers(); });
    if (!banks || !numbers)
        return banks ? numbers.error() : banks.error();
    qint64 hits = 0;
    for (std::size_t n = 0; n < numbers->size(); ++n) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"not the whole library was looked up"_s, "canceled"};
        if (progress)
            progress({double(n), double(numbers->size())});
        const auto stored = workspace.store().read(
            [&](const store::UnitOfWork& unit) { return unit.fingerprints.findByNumber((*numbers)[n]); });
        if (!stored)
            return stored.error();
        const auto found = matchBanks(**banks, stored->fingerprint);
        const auto before
            = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.matches.find(stored->asset); });
        if (!before)
            return before.error();
        std::vector<StoredMatch> matches = *before;
        std::erase_if(matches, [](const StoredMatch& match) { return match.kind == StoredMatch::Kind::Bank; });
        const bool hadHits = matches.size() < before->size();
        hits += found.empty() ? 0 : 1;
        if (found.empty() && !hadHits)
            continue;
        const auto kept = workspace.store().write([&](store::UnitOfWork& unit) {
            for (const ContentMatch& match : found)
                matches.push_back(toStored(match, stored->asset, unit.now()));
            return keepMatches(unit, stored->asset, matches);
        });
        if (!kept)
            return kept.error();
        announce(workspace, stored->asset);
    }
    return hits;
}

} // namespace vidimus::workbench
