#include "core/workbench/review.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/checks/judge.h"
#include "core/checks/measurements.h"
#include "core/store/workspace_store.h"
#include "core/workbench/allowances.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/content_match.h"
#include "core/workbench/events.h"
#include "core/workbench/first_look.h"
#include "core/workbench/model_pass.h"
#include "core/workbench/open_input.h"
#include "core/workbench/pass_journal.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

std::optional<store::AssetState> stateOf(QueueFilter filter)
{
    switch (filter) {
    case QueueFilter::Waiting:
        return store::AssetState::Waiting;
    case QueueFilter::Escalated:
        return store::AssetState::Escalated;
    case QueueFilter::Passed:
        return store::AssetState::Passed;
    case QueueFilter::Rejected:
        return store::AssetState::Rejected;
    case QueueFilter::Unreadable:
        return store::AssetState::Unreadable;
    case QueueFilter::All:
        break;
    }
    return std::nullopt;
}

int findingsIn(const QJsonObject& report)
{
    int count = 0;
    const QJsonArray checks = report.value(u"checks"_s).toArray();
    for (const QJsonValue& check : checks)
        count += static_cast<int>(check[u"findings"].toArray().size());
    return count;
}

Result<QueueItem> rowOf(const store::UnitOfWork& unit, const store::Asset& asset)
{
    QueueItem item {.asset = asset.id,
        .title = asset.title,
        .name = asset.originalName,
        .shortId = QString::fromLatin1(asset.sha256.left(6)),
        .duration = asset.facts.value(u"duration"_s).toDouble(),
        .ingestedAt = asset.ingestedAt};
    const auto title = unit.rules.find(u"title"_s, asset.title.toString());
    if (!title)
        return title.error();
    if (*title && !(*title)->body.value(u"name"_s).toString().isEmpty())
        item.name = (*title)->body.value(u"name"_s).toString();
    item.unreadable = asset.state == store::AssetState::Unreadable;
    const auto reports = unit.reports.findAll(asset.id);
    if (!reports)
        return reports.error();
    if (!reports->empty()) {
        item.checkVerdict = reports->front().verdict.toLatin1();
        item.findingCount = findingsIn(reports->front().report);
    }
    const auto score = unit.assets.modelScore(asset.id);
    if (!score)
        return score.error();
    item.modelScore = *score;
    const auto standing = unit.decisions.standing(asset.id, asset.sha256);
    if (!standing)
        return standing.error();
    if (*standing)
        item.verdict = moderation::verdictName((*standing)->verdict);
    return item;
}

Result<store::Asset> findAsset(Workspace& workspace, const AssetId& id)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) { return unit.assets.find(id); });
}

} // namespace

Result<std::vector<AssetId>> queueIds(Workspace& workspace, QueueFilter filter, const QString& text, QueueOrder order)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) {
        return unit.assets.ids(
            {.state = stateOf(filter), .nameContains = text, .byModelScore = order == QueueOrder::ModelScore});
    });
}

Result<std::vector<QueueItem>> queueItems(Workspace& workspace, std::span<const AssetId> ids)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<std::vector<QueueItem>> {
        const auto assets = unit.assets.findAll(ids);
        if (!assets)
            return assets.error();
        std::vector<QueueItem> items;
        for (const store::Asset& asset : *assets) {
            auto item = rowOf(unit, asset);
            if (!item)
                return std::move(item).error();
            items.push_back(*std::move(item));
        }
        return items;
    });
}

namespace {

/// What the running pass of an asset's checks said before it began; empty: none runs, or it said nothing.
Result<QByteArray> firstVerdictOf(const store::UnitOfWork& unit, const AssetId& id)
{
    constexpr int kLatest = 100;
    const auto recent = unit.jobs.list(kLatest);
    if (!recent)
        return recent.error();
    for (const jobs::Job& job : *recent) {
        const bool isOver = job.state != jobs::JobState::Running && job.state != jobs::JobState::Queued
            && job.state != jobs::JobState::Paused;
        if (job.kind == "check" && !isOver && job.payload.value(u"asset"_s).toString() == id.toString())
            return job.detail.value(u"first"_s).toObject().value(u"verdict"_s).toString().toLatin1();
    }
    return QByteArray();
}

} // namespace

Result<ReviewItem> reviewItem(Workspace& workspace, const AssetId& id)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<ReviewItem> {
        const auto asset = unit.assets.find(id);
        if (!asset)
            return asset.error();
        auto row = rowOf(unit, *asset);
        auto decisions = unit.decisions.history(id);
        const auto reports = unit.reports.findAll(id);
        const auto state = unit.settings.findReviewState(workspace.me().id, asset->sha256);
        if (!row || !decisions || !reports || !state)
            return !row ? row.error() : !decisions ? decisions.error() : !reports ? reports.error() : state.error();
        auto facts = media::factsFromJson(asset->facts);
        if (!facts)
            return Error {ErrorCode::Corrupt, facts.error().detail, "stored_facts"};
        ReviewItem item {
            .row = *std::move(row), .sha256 = asset->sha256, .bytes = asset->bytes, .facts = *std::move(facts)};
        if (!reports->empty()) {
            auto report = standingReport(unit, asset->sha256, reports->front(), workspace.clock().now());
            if (!report)
                return std::move(report).error();
            item.row.checkVerdict = checks::outcomeName(checks::verdict(*report)).toLatin1();
            item.report = *std::move(report);
        } else {
            auto first = firstVerdictOf(unit, id);
            if (!first)
                return std::move(first).error();
            item.firstVerdict = *std::move(first);
        }
        item.decisions = *std::move(decisions);
        auto matches = matchesOf(unit, id);
        if (!matches)
            return std::move(matches).error();
        item.matches = *std::move(matches);
        item.reviewState = state->value_or(QJsonObject {});
        return item;
    });
}

Result<std::unique_ptr<media::FrameSource>> openOriginal(Workspace& workspace, const AssetId& id)
{
    const auto asset = findAsset(workspace, id);
    if (!asset)
        return asset.error();
    const auto input = openOriginalFile(workspace.paths(), *asset);
    if (!input)
        return input.error();
    return workspace.workers().openFrames(input->get());
}

Result<media::PictureBuffer> thumbnail(Workspace& workspace, const AssetId& id)
{
    constexpr media::PictureSize kBounds {320, 180};
    constexpr qint64 kMaxFileBytes = 16 + 4 * 320 * 320;
    const auto asset = findAsset(workspace, id);
    if (!asset)
        return asset.error();
    // Kept as raw pixels behind a line of JSON: no picture decoder runs in this process.
    const QString path = workspace.paths().thumbnail(asset->sha256);
    if (const auto kept = readFile(path, kMaxFileBytes)) {
        const qsizetype line = kept->indexOf('\n');
        const auto head = parseJsonObject(kept->left(std::max<qsizetype>(line, 0)));
        media::PictureBuffer picture;
        picture.width = head ? (*head)[u"width"].toInt() : 0;
        picture.height = head ? (*head)[u"height"].toInt() : 0;
        picture.strideBytes = picture.width * 4;
        picture.bytes = kept->mid(line + 1);
        if (picture.width > 0 && picture.bytes.size() == qsizetype(picture.strideBytes) * picture.height)
            return picture;
    }
    auto source = openOriginal(workspace, id);
    if (!source)
        return source.error();
    const qint64 count = (*source)->index().count();
    if (count == 0)
        return Error {ErrorCode::NotFound, u"there is no picture"_s, "no_picture"};
    auto picture = (*source)->frame(posterFrame(workspace, id).value_or(count / 3) % count, kBounds);
    if (!picture)
        return picture;
    QByteArray packed;
    for (int y = 0; y < picture->height; ++y)
        packed.append(reinterpret_cast<const char*>(picture->row(y)), qsizetype(picture->width) * 4);
    const QByteArray head = vidimus::toJson(QJsonObject {{u"width"_s, picture->width}, {u"height"_s, picture->height}});
    // A cache may be lost; what it cost is told by no one.
    static_cast<void>(writeFileDurably(path, head + '\n' + packed).has_value());
    return picture;
}

Result<void> saveReviewState(Workspace& workspace, const QByteArray& sha256, const QJsonObject& state)
{
    return workspace.store().write([&](store::UnitOfWork& unit) {
        return unit.settings.putReviewState(workspace.me().id, sha256, state, unit.now());
    });
}

Result<checks::Report> checkAsset(Workspace& workspace, const AssetId& id, const QString& profileId,
    const CancelToken& cancel, const ProgressSink& progress)
{
    const auto asset = findAsset(workspace, id);
    if (!asset)
        return asset.error();
    const auto profile = chosenCheckProfile(workspace, profileId);
    if (!profile)
        return profile.error();
    const auto input = openOriginalFile(workspace.paths(), *asset);
    if (!input)
        return input.error();
    const auto hashed
        = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.fingerprints.has(id); });
    if (!hashed)
        return hashed.error();
    // The first pass over an asset also makes its fingerprint.
    PassJournal journal(passFolder(workspace.paths()), input->get(), *profile,
        *hashed ? PassJournal::Kind::Checks : PassJournal::Kind::ChecksAndFingerprint);
    auto checked = *hashed
        ? workspace.workers().check(input->get(), *profile, cancel, progress, &journal)
        : workspace.workers().checkAndFingerprint(input->get(), *profile, cancel, progress, &journal);
    if (!checked)
        return std::move(checked).error();
    const bool hasPicture = !checked->fingerprint.frames.empty();
    const auto stored = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        auto report = applyAllowances(unit, asset->sha256, checked->report, checked->measurements, unit.now());
        if (!report)
            return std::move(report).error();
        checked->report = *std::move(report);
        const QString verdict = checks::outcomeName(checks::verdict(checked->report));
        if (auto put = unit.reports.put({.asset = id,
                .profile = profile->id,
                .verdict = verdict,
                .report = checks::toJson(checked->report),
                .measurements = checks::toJson(checked->measurements),
                .createdAt = unit.now()});
            !put)
            return put;
        if (hasPicture) {
            if (auto put = unit.fingerprints.put(id, checked->fingerprint, unit.now()); !put)
                return std::move(put).error();
        }
        return unit.audit.append(workspace.me().id.toString(), u"check"_s, u"asset:"_s + id.toString(),
            QJsonValue::Null, QJsonObject {{u"profile"_s, profile->id}, {u"verdict"_s, verdict}});
    });
    if (!stored)
        return stored.error();
    Q_EMIT workspace.events().assetChanged(id);
    if (hasPicture) {
        if (auto matched = matchAsset(workspace, id, cancel); !matched)
            return std::move(matched).error();
        if (auto carried = carryAllowances(workspace, id); !carried)
            return std::move(carried).error();
        const auto standing = workspace.store().read([&](const store::UnitOfWork& unit) {
            return applyAllowances(
                unit, asset->sha256, checked->report, checked->measurements, workspace.clock().now());
        });
        if (!standing)
            return standing.error();
        checked->report = *standing;
    }
    return checked->report;
}

} // namespace vidimus::workbench
