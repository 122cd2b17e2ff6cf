#include "core/workbench/demo.h"

#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/decide.h"
#include "core/workbench/demo_data.h"
#include "core/workbench/ingest.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/playback_probe.h"
#include "core/workbench/publication_body.h"
#include "core/workbench/publish.h"
#include "core/workbench/renditions.h"
#include "core/workbench/review.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/serve_verbs.h"
#include "core/workbench/workspace.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

const QString kDemoLadder = u"demo"_s;

/// Runs steps one after the other, keeps their times, and stops at the first that fails.
class StepList {
public:
    explicit StepList(const VerbNotes& notes)
        : m_notes(notes)
    {
    }

    /// \a step gives a line that says what came of it.
    template<class Step>
    bool run(const QString& name, Step step)
    {
        if (m_error)
            return false;
        QElapsedTimer timer;
        timer.start();
        Result<QString> result = step();
        const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        m_steps.append(QJsonObject {
            {u"name"_s, name}, {u"seconds"_s, seconds}, {u"result"_s, result ? *result : result.error().detail}});
        if (!result)
            m_error = result.error();
        else if (m_notes)
            m_notes(-1, u"%1: %2 (%3 s)"_s.arg(name, *result).arg(seconds, 0, 'f', 2));
        return result.has_value();
    }

    [[nodiscard]] const QJsonArray& steps() const { return m_steps; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    const VerbNotes& m_notes;
    QJsonArray m_steps;
    std::optional<Error> m_error;
};

/// What the steps hand on to one another.
struct DemoRun {
    std::unique_ptr<Workspace> workspace;
    IngestedAsset asset;
    std::shared_ptr<catalog::CatalogClient> client;
    QString liveUrl;
    QString pageUrl;
    QByteArray masterUrl;
    std::unique_ptr<LocalServer> server; ///< verbs of others; ends before the workspace
};

Result<QString> ingestStep(DemoRun& run, const CancelToken& cancel)
{
    auto asset
        = ingestFile(*run.workspace, demoMediaFolder() + u'/' + QLatin1StringView(demoClips().front().file), cancel);
    if (!asset)
        return std::move(asset).error();
    run.asset = *std::move(asset);
    return u"%1 bytes as %2%3"_s.arg(run.asset.bytes)
        .arg(QString::fromLatin1(run.asset.sha256.left(12)), run.asset.duplicateOf ? u", here already"_s : QString());
}

Result<QString> probeStep(DemoRun& run)
{
    const auto item = reviewItem(*run.workspace, run.asset.id);
    if (!item)
        return item.error();
    const media::VideoStream* video = item->facts.programmeVideo();
    const media::AudioStream* audio = item->facts.programmeAudio();
    return u"%1, %2×%3, %4, %5 s"_s.arg(item->facts.container)
        .arg(video ? video->width : 0)
        .arg(video ? video->height : 0)
        .arg(audio ? audio->layout : u"no sound"_s)
        .arg(item->facts.durationSeconds, 0, 'f', 2);
}

Result<QString> checkStep(DemoRun& run, const CancelToken& cancel)
{
    const auto report = checkAsset(*run.workspace, run.asset.id, {}, cancel);
    if (!report)
        return report.error();
    return u"%1, %2 frames, %3 checks"_s.arg(checks::outcomeName(checks::verdict(*report)))
        .arg(report->frames)
        .arg(report->checks.size());
}

Result<QString> decideStep(DemoRun& run)
{
    const auto outcome
        = decide(*run.workspace, {.asset = run.asset.id, .verdict = moderation::Verdict::Pass, .note = u"demo"_s});
    if (!outcome)
        return outcome.error();
    return u"%1 by %2"_s.arg(
        QLatin1StringView(moderation::verdictName(outcome->decision.verdict)), run.workspace->me().name);
}

Result<QString> transcodeStep(DemoRun& run, const CancelToken& cancel)
{
    const auto made = run.workspace->store().read(
        [&](const store::UnitOfWork& unit) { return unit.publications.renditions(run.asset.id); });
    if (!made)
        return made.error();
    if (!made->empty())
        return u"here already"_s;
    const auto result = transcodeAsset(*run.workspace, run.asset.id, kDemoLadder, cancel);
    if (!result)
        return result.error();
    QStringList sizes;
    for (const transcode::RenditionResult& rendition : result->renditions)
        sizes.append(u"%1×%2"_s.arg(rendition.width).arg(rendition.height));
    return u"%1, %2 segments"_s.arg(sizes.join(u" and "_s)).arg(result->segmentsEncoded + result->segmentsReused);
}

Result<QString> rightsStep(DemoRun& run)
{
    RightsPlan plan = demoRights({run.asset.title}, run.workspace->clock().now());
    rights::Title title;
    title.id = run.asset.title;
    title.name = QString::fromUtf8(demoClips().front().title);
    title.kind = rights::TitleKind::Clip;
    plan.titles.push_back(title);
    if (auto applied = applyRightsPlan(*run.workspace, plan); !applied)
        return std::move(applied).error();
    const auto answer = explainRights(*run.workspace,
        {.title = run.asset.title,
            .country = kDemoAllowedCountry,
            .site = kDefaultSite,
            .offer = kDemoOffer,
            .at = run.workspace->clock().now()});
    if (!answer)
        return answer.error();
    return u"%1 windows; %2 on %3 with %4: %5"_s.arg(plan.put.size())
        .arg(kDemoAllowedCountry, kDefaultSite, kDemoOffer, answer->answer.available ? u"yes"_s : u"no"_s);
}

Result<QString> publishStep(DemoRun& run)
{
    const auto board = publishTitle(*run.workspace, run.asset.title, run.workspace->clock().now());
    if (!board)
        return board.error();
    return u"%1 gates, none blocks"_s.arg(board->gates.size());
}

/// What the catalog said to the first operation that it did not take.
Error firstRefusal(Workspace& workspace)
{
    const auto operations = outboxOperations(workspace);
    if (!operations)
        return operations.error();
    for (const catalog::Operation& operation : *operations) {
        if (operation.attempts == 0)
            continue;
        Error error = operation.lastError;
        error.detail = u"the catalog did not take %1: %2"_s.arg(
            QLatin1StringView(catalog::operationKindName(operation.kind)), error.detail);
        return error;
    }
    return Error {ErrorCode::Internal, u"the outbox is not empty"_s, "refused"};
}

Result<QString> syncStep(DemoRun& run, const CancelToken& cancel)
{
    // A decision may be taken back for ten seconds; only then does it leave, and what comes after it.
    constexpr Milliseconds kPatience {15'000};
    const auto report = run.workspace->catalog().sync(cancel, kPatience);
    if (!report)
        return report.error();
    if (auto refused = firstRefusal(*run.workspace); report->conflicts + report->needPerson + report->retried > 0)
        return refused;
    auto client = run.workspace->catalog().client();
    if (!client)
        return std::move(client).error();
    run.client = *std::move(client);
    return u"%1 operations sent"_s.arg(report->sent);
}

Result<QString> liveStep(DemoRun& run)
{
    const auto board = verifyLive(*run.workspace, run.asset.title);
    if (!board)
        return board.error();
    run.liveUrl = board->liveUrl;
    run.pageUrl = board->pageUrl;
    return board->liveUrl;
}

Result<QString> availabilityStep(DemoRun& run)
{
    catalog::AvailabilityQuery query {.title = run.asset.title,
        .country = kDemoAllowedCountry,
        .site = kDefaultSite,
        .offer = kDemoOffer,
        .at = std::nullopt};
    const auto allowed = run.client->availability(query);
    query.country = kDemoDeniedCountry;
    const auto denied = run.client->availability(query);
    if (!allowed || !denied)
        return allowed ? denied.error() : allowed.error();
    if (!allowed->available || denied->available || allowed->hlsUrl.isEmpty())
        return Error {ErrorCode::Internal, u"the catalog's answers are not what the rights say"_s, "wrong_answer"};
    run.masterUrl = allowed->hlsUrl;
    return u"on %1 with %2: %3 yes, %4 no (%5)"_s.arg(
        kDefaultSite, kDemoOffer, kDemoAllowedCountry, kDemoDeniedCountry, QString::fromLatin1(denied->reason));
}

Result<QString> playStep(DemoRun& run, const CancelToken& cancel)
{
    const auto played = playBack(*run.client, run.workspace->workers(), run.masterUrl, cancel);
    if (!played)
        return played.error();
    return u"%1 frames in %2 segments, %3 bytes"_s.arg(played->frames).arg(played->segments).arg(played->bytes);
}

} // namespace

QString demoMediaFolder()
{
    const QString named = qEnvironmentVariable("VIDIMUS_DEMO_MEDIA");
    if (!named.isEmpty())
        return named;
    const QString installed = QCoreApplication::applicationDirPath() + u"/../share/vidimus/demo"_s;
    return QDir(installed).exists() ? installed : QStringLiteral(VIDIMUS_DEMO_SOURCE);
}

VerbReply runDemo(
    const CommandOptions& options, const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    const auto run = std::make_shared<DemoRun>();
    StepList steps(notes);
    steps.run(u"workspace"_s, [&]() -> Result<QString> {
        auto workspace = Workspace::open({.folder = options.workspaceFolder, .profile = options.profile});
        if (!workspace && workspace.error().reason == "locked")
            return heldByAnother(options.workspaceFolder);
        if (!workspace)
            return std::move(workspace).error();
        run->workspace = *std::move(workspace);
        if (auto server = serveVerbs(*run->workspace))
            run->server = *std::move(server);
        return u"open"_s;
    });
    steps.run(u"ingest"_s, [&] { return ingestStep(*run, cancel); });
    steps.run(u"probe"_s, [&] { return probeStep(*run); });
    steps.run(u"check"_s, [&] { return checkStep(*run, cancel); });
    steps.run(u"decide"_s, [&] { return decideStep(*run); });
    steps.run(u"transcode"_s, [&] { return transcodeStep(*run, cancel); });
    steps.run(u"rights"_s, [&] { return rightsStep(*run); });
    steps.run(u"publish"_s, [&] { return publishStep(*run); });
    steps.run(u"sync"_s, [&] { return syncStep(*run, cancel); });
    steps.run(u"live"_s, [&] { return liveStep(*run); });
    steps.run(u"availability"_s, [&] { return availabilityStep(*run); });
    if (!request.has(u"headless"_s) || request.has(u"exit"_s))
        steps.run(u"play"_s, [&] { return playStep(*run, cancel); });

    VerbReply reply;
    if (steps.error())
        reply = failedReply(request.verb, *steps.error());
    reply.json.insert(u"schema"_s, schemaOf(request.verb));
    reply.json.insert(u"steps"_s, steps.steps());
    reply.json.insert(u"live_url"_s, run->liveUrl);
    reply.json.insert(u"page_url"_s, run->pageUrl);
    reply.json.insert(u"title"_s, run->asset.title.toString());
    if (!steps.error() && !request.has(u"exit"_s))
        reply.hold = run;
    else if (run->server)
        run->server->finish(cancel);
    return reply;
}

Result<void> prepareDemoWorkspace(Workspace& workspace, const CancelToken& cancel, const VerbNotes& notes)
{
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    if (!(*rules)->rules.titles.empty())
        return {};
    std::vector<TitleId> titles;
    RightsPlan names {.why = u"demo"_s};
    for (const DemoClip& clip : demoClips()) {
        const auto asset = ingestFile(workspace, demoMediaFolder() + u'/' + QLatin1StringView(clip.file), cancel);
        if (!asset)
            return asset.error();
        titles.push_back(asset->title);
        rights::Title title;
        title.id = asset->title;
        title.name = QString::fromUtf8(clip.title);
        title.kind = rights::TitleKind::Clip;
        names.titles.push_back(title);
        if (notes)
            notes(static_cast<double>(titles.size()) / static_cast<double>(demoClips().size()),
                u"Adding the demo clips"_s);
    }
    RightsPlan plan = demoRights(titles, workspace.clock().now());
    plan.titles = names.titles;
    return applyRightsPlan(workspace, plan);
}

} // namespace vidimus::workbench
