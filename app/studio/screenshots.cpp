#include "app/studio/screenshots.h"

#include "app/studio/page_ids.h"
#include "app/studio/walk_upkeep.h"
#include "app/studio/walker.h"
#include "core/base/durable_file.h"
#include "core/matching/bank_import.h"
#include "core/store/unit_of_work.h"
#include "core/store/workspace_store.h"
#include "core/workbench/bank_desk.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/decide.h"
#include "core/workbench/demo.h"
#include "core/workbench/ingest.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/publish.h"
#include "core/workbench/queue_check.h"
#include "core/workbench/renditions.h"
#include "core/workbench/review.h"
#include "core/workbench/stored_matches.h"
#include "core/workbench/upkeep.h"
#include "ui/rights/import_panel.h"
#include "ui/rights/rights_page.h"
#include "ui/rights/rights_session.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using ui::widgets::SchemeChoice;

namespace {

constexpr std::array kSizes {QSize(1920, 1080), QSize(1280, 800)};

class Camera {
public:
    Camera(Walker& walker, const Arguments& arguments)
        : m_walker(walker)
        , m_folder(arguments.screenshotFolder)
        , m_schemes {SchemeChoice::Dark, SchemeChoice::Light}
    {
        if (!arguments.theme.isEmpty())
            m_schemes = {ui::widgets::schemeChoiceFromName(arguments.theme)};
    }

    /// One picture for each theme and size. \a prepare brings the window into the state that is wanted.
    void take(Services& services, const QString& what, const std::function<void()>& prepare)
    {
        for (const QSize& size : kSizes)
            takeAt(services, what, size, prepare);
    }

    void takeAt(Services& services, const QString& what, const QSize& size, const std::function<void()>& prepare)
    {
        for (const SchemeChoice scheme : m_schemes) {
            services.theme().setChoice(scheme);
            services.window().resize(size);
            prepare();
            m_walker.settle(services.window());
            m_walker.save(services.window(),
                u"%1/%2-%3-%4x%5.png"_s.arg(m_folder, what, schemeChoiceName(scheme))
                    .arg(size.width())
                    .arg(size.height()));
        }
    }

private:
    Walker& m_walker;
    QString m_folder;
    std::vector<SchemeChoice> m_schemes;
};

/// All ladders for everything that is here: one runs, the others wait.
Result<void> queueWork(workbench::Workspace& workspace, const AssetId& except)
{
    const auto ids = workbench::queueIds(workspace, workbench::QueueFilter::All, {});
    if (!ids)
        return ids.error();
    for (const AssetId& id : *ids) {
        if (id == except)
            continue;
        if (const auto queued = workbench::queueTranscode(workspace, id, u"web-four"_s); !queued)
            return queued.error();
    }
    return {};
}

/// One of each: paused while it runs (so that it stays as it is), then all gone.
Result<void> changeWork(workbench::Workspace& workspace, jobs::JobEvent event, std::optional<int> limit = {})
{
    const auto list = workbench::listJobs(workspace, 200);
    if (!list)
        return list.error();
    int changed = 0;
    for (const jobs::Job& job : *list) {
        const bool isOpen = job.state == jobs::JobState::Queued || job.state == jobs::JobState::Running
            || job.state == jobs::JobState::Paused;
        if (job.kind != "transcode" || !isOpen || (limit && changed >= *limit))
            continue;
        if (const auto done = workbench::changeJob(workspace, job.id, event); !done)
            return done.error();
        ++changed;
    }
    return {};
}

/// A workspace whose catalog cannot be reached, with a decision that waits.
Result<void> prepareOffline(workbench::Workspace& workspace, const QString& clip)
{
    const auto asset = workbench::ingestFile(workspace, clip);
    if (!asset)
        return asset.error();
    const auto decided
        = workbench::decide(workspace, {.asset = asset->id, .verdict = moderation::Verdict::Pass, .note = u"demo"_s});
    if (!decided)
        return decided.error();
    return workbench::saveProfile(workspace,
        {.name = u"staging"_s,
            .person = workspace.me().id,
            .kind = workbench::CatalogKind::Staging,
            .url = u"http://127.0.0.1:9"_s}); // discard: nobody listens there
}

/// Passes the first of the queue that its checks let through, and queues its renditions.
Result<void> passOne(workbench::Workspace& workspace)
{
    const auto ids = workbench::queueIds(workspace, workbench::QueueFilter::Waiting, {});
    if (!ids || ids->empty())
        return ids ? Error {ErrorCode::NotFound, u"nothing waits for review"_s, "empty_queue"} : ids.error();
    const auto items = workbench::queueItems(workspace, *ids);
    if (!items)
        return items.error();
    // One that its checks let through; a failed check blocks the gate.
    const auto good = std::ranges::find_if(
        *items, [](const workbench::QueueItem& item) { return item.checkVerdict != "fail" && !item.unreadable; });
    const AssetId chosen = good == items->end() ? ids->front() : good->asset;
    const auto decided
        = workbench::decide(workspace, {.asset = chosen, .verdict = moderation::Verdict::Pass, .note = u"demo"_s});
    if (!decided)
        return decided.error();
    if (const auto queued = workbench::queueTranscode(workspace, chosen, u"demo"_s); !queued)
        return queued.error();
    return {};
}

/// Publishes what passOne() passed, once its renditions are there.
Result<TitleId> publishPassed(workbench::Workspace& workspace)
{
    const auto ids = workbench::queueIds(workspace, workbench::QueueFilter::Passed, {});
    if (!ids || ids->empty())
        return ids ? Error {ErrorCode::NotFound, u"nothing was passed"_s, "empty_queue"} : ids.error();
    const auto item = workbench::reviewItem(workspace, ids->front());
    if (!item)
        return item.error();
    const TitleId title = item->row.title;
    if (const auto published = workbench::publishTitle(workspace, title, workspace.clock().now()); !published)
        return published.error();
    constexpr Milliseconds kPatience {30'000};
    if (const auto sent = workspace.catalog().sync({}, kPatience); !sent)
        return sent.error();
    const auto live = workbench::verifyLive(workspace, title);
    return live ? Result<TitleId>(title) : Result<TitleId>(live.error());
}

/// A clip whose original is then lost: what F8 and the jobs page show of work that failed. Its picture data is damaged
/// too, so that it is no duplicate of the clip it was made from.
Result<AssetId> addLostClip(workbench::Workspace& workspace, const QString& aside)
{
    const auto bytes = readFile(workbench::demoMediaFolder() + u"/bbb_720p25_5.1.mp4"_s, 64 << 20);
    if (!bytes)
        return bytes.error();
    QByteArray damaged = *bytes;
    const qsizetype half = damaged.size() / 2;
    damaged.replace(half, half / 2, QByteArray(half / 2, 'Z'));
    const QString path = aside + u"/Avalanche rescue, raw.mp4"_s;
    if (auto written = writeFileDurably(path, damaged); !written)
        return std::move(written).error();
    const auto asset = workbench::ingestFile(workspace, path);
    return asset ? Result<AssetId>(asset->id) : Result<AssetId>(asset.error());
}

/// A bank with the hashes of what nearly repeats another file here, so that the bank and its hits are seen.
Result<void> addBank(workbench::Workspace& workspace, const QString& aside)
{
    const auto ids = workbench::queueIds(workspace, workbench::QueueFilter::All, {});
    if (!ids)
        return ids.error();
    matching::HashBank bank;
    for (const AssetId& id : *ids) {
        const auto stored
            = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.fingerprints.find(id); });
        if (!stored)
            return stored.error();
        if (!*stored || !bank.entries.empty())
            continue;
        for (const matching::FingerprintFrame& frame : (*stored)->fingerprint.frames)
            bank.entries.push_back({frame.hash, frame.quality, u"Trailer, already cleared"_s});
    }
    const QString path = aside + u"/cleared.csv"_s;
    if (auto written = writeFileDurably(path, matching::writeBankFile(bank, matching::BankFormat::Csv)); !written)
        return written;
    const auto imported
        = workbench::importBank(workspace, path, u"Trailers already cleared"_s, matching::BankSeverity::Notice);
    return imported ? Result<void>() : Result<void>(imported.error());
}

Result<void> loseOriginal(workbench::Workspace& workspace, const AssetId& asset)
{
    const auto item = workbench::reviewItem(workspace, asset);
    if (!item)
        return item.error();
    QFile::remove(workspace.paths().original(item->sha256));
    const auto queued = workbench::queueCheck(workspace, asset);
    return queued ? Result<void>() : Result<void>(queued.error());
}

void takeOffline(Walker& walker, Camera& camera, const QString& folder)
{
    Arguments plain;
    plain.workspace = folder;
    {
        const auto local = walker.start(plain, kSizes.front());
        if (!local || !local->workspace())
            return;
        walker.runBeside(u"offline"_s, [&] {
            return prepareOffline(*local->workspace(), workbench::demoMediaFolder() + u"/talking_head_mono.mp4"_s);
        });
        walker.waitForJobs(*local);
    }
    plain.profile = u"staging"_s;
    const auto staging = walker.start(plain, kSizes.front());
    if (!staging || !staging->workspace())
        return;
    walker.waitUntil([&] { return staging->workspace()->catalog().state().offlineSince.has_value(); },
        u"the catalog that is not there was not missed"_s);
    camera.take(*staging, u"offline"_s, [&] {
        walker.show(*staging, kJobsPage);
        staging->window().page(kJobsPage)->showView(u"outbox"_s);
    });
}

void takeJobs(Walker& walker, Camera& camera, Services& services, const AssetId& lost)
{
    ui::shell::MainWindow& window = services.window();
    workbench::Workspace& workspace = *services.workspace();
    const auto select = [&](const std::function<bool(const jobs::Job&)>& wanted) {
        const auto list = workbench::listJobs(workspace, 200);
        const auto found = list ? std::ranges::find_if(*list, wanted) : std::vector<jobs::Job>::const_iterator();
        if (list && found != list->end())
            window.page(kJobsPage)->openSubject(found->id.toString());
    };
    camera.take(services, u"job-failed"_s, [&] {
        walker.show(services, kJobsPage);
        select([](const jobs::Job& job) { return job.state == jobs::JobState::Failed; });
    });
    walker.runBeside(u"work"_s, [&] { return queueWork(workspace, lost); });
    const auto begun = [&] {
        const auto list = workbench::listJobs(workspace, 200);
        return list && std::ranges::any_of(*list, [](const jobs::Job& job) {
            return job.state == jobs::JobState::Running && job.progressDone > 0 && !job.detail.isEmpty();
        });
    };
    walker.waitUntil(begun, u"no ladder began"_s);
    walker.runBeside(u"pause"_s, [&] { return changeWork(workspace, jobs::JobEvent::Pause, 1); });
    walker.waitUntil(begun, u"no second ladder began"_s);
    camera.take(services, u"job-running"_s, [&] {
        walker.show(services, kJobsPage);
        select([](const jobs::Job& job) { return job.state == jobs::JobState::Running; });
    });
    walker.runBeside(u"cancel"_s, [&] { return changeWork(workspace, jobs::JobEvent::Cancel); });
}

/// "ASSET/OTHER" of the first asset that nearly repeats another; empty: none does.
QString firstNearMatch(workbench::Workspace& workspace)
{
    const auto ids = workbench::queueIds(workspace, workbench::QueueFilter::All, {});
    for (const AssetId& id : ids ? *ids : std::vector<AssetId>()) {
        const auto matches = workbench::matchesOf(workspace, id);
        for (const workbench::KeptMatch& kept : matches ? *matches : std::vector<workbench::KeptMatch>()) {
            if (kept.match.kind == store::StoredMatch::Kind::Asset && !kept.isGone)
                return id.toString() + u'/' + kept.match.id;
        }
    }
    return {};
}

void takePages(Walker& walker, Camera& camera, Services& services, const TitleId& live)
{
    ui::shell::MainWindow& window = services.window();
    const QString nearMatch = firstNearMatch(*services.workspace());
    for (const QString& id : window.pageIds()) {
        if (id == kOpeningPage || id == kWelcomePage || (id == kComparePage && nearMatch.isEmpty()))
            continue;
        camera.take(services, id, [&] {
            walker.show(services, id);
            if (id == kPublishPage || id == kRightsPage)
                window.page(id)->openSubject(live.toString());
            if (id == kComparePage)
                window.page(id)->openSubject(nearMatch);
            if (id == kQualityPage)
                window.page(id)->openSubject(u"loudness"_s);
            if (id == kRightsPage)
                window.commands().trigger(u"rights.explain"_s);
        });
        for (const auto& view : window.page(id)->views()) {
            if (view.id != window.page(id)->currentView())
                camera.take(services, id + u'-' + view.id, [&] { window.page(id)->showView(view.id); });
        }
    }
    window.showPage(kReviewPage);
    camera.take(services, u"palette"_s, [&] {
        window.openPalette();
        if (auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget()))
            field->setText(u"re"_s);
    });
    window.closeOverlay();
    camera.take(services, u"keys"_s, [&] {
        if (!window.overlay())
            window.openKeySheet();
    });
    window.closeOverlay();
    camera.take(services, u"attention"_s, [&] { window.setDrawerOpen(true); });
    window.setDrawerOpen(false);
}

/// A licensor's list with two rows that are right and three that are not, as it is read.
void takeImport(Walker& walker, Camera& camera, Services& services, const QString& aside)
{
    const QString path = aside + u"/North Light, December.csv"_s;
    const auto written = writeFileDurably(path,
        "ALID,TitleDisplayUnlimited,Territory,LicenseType,Start,End,AvailID\n"
        "NL-7,The Ferryman,DE,SVOD,2026-12-01,2027-05-31,nl-7-de\n"
        "NL-7,The Ferryman,FR,SVOD,2026-12-01,2027-05-31,nl-7-fr\n"
        "NL-7,The Ferryman,Scandinavia,SVOD,2026-12-01,2027-05-31,nl-7-nord\n"
        "NL-8,Salt Road,FR,SVOD,2027-03-01,2026-03-01,nl-8-fr\n"
        "NL-8,Salt Road,IT,SVOD,3/4/2027,Open,nl-8-it\n");
    auto* page = dynamic_cast<ui::rights::RightsPage*>(services.window().page(kRightsPage));
    if (!written || page == nullptr) {
        walker.fail(u"no list could be imported"_s);
        return;
    }
    walker.show(services, kRightsPage);
    bool isRead = false;
    const auto connection = QObject::connect(
        &page->session(), &ui::rights::RightsSession::importRead, [&isRead](auto&&...) { isRead = true; });
    page->import().open(path);
    walker.waitUntil([&isRead] { return isRead; }, u"the list was not read"_s);
    QObject::disconnect(connection);
    for (const QString& view : {u"timeline"_s, u"plan"_s})
        camera.take(services, u"rights-import-"_s + view, [&] { page->showView(view); });
    page->import().closeFile();
}

} // namespace

void takeScreenshots(Walker& walker, const Arguments& arguments, const QString& aside)
{
    if (!QDir().mkpath(arguments.screenshotFolder)) {
        walker.fail(u"%1 cannot be made"_s.arg(arguments.screenshotFolder));
        return;
    }
    Camera camera(walker, arguments);
    Arguments plain;
    plain.workspace = aside + u"/new"_s;
    if (const auto fresh = walker.start(plain, kSizes.front()); fresh && fresh->workspace()) {
        camera.take(*fresh, u"first-run"_s, [&] { walker.show(*fresh, kWelcomePage); });
        for (const auto& id : {kReviewPage, kRightsPage, kPublishPage, kJobsPage})
            camera.take(*fresh, QString(id) + u"-empty"_s, [&] { walker.show(*fresh, id); });
        if (const auto second = walker.start(plain, kSizes.front()))
            camera.take(*second, u"in-use"_s, [] { });
    }
    damageDatabase(walker, plain.workspace);
    if (const auto damaged = walker.start(plain, kSizes.front()))
        camera.take(*damaged, u"damaged"_s, [] { });

    takeOffline(walker, camera, aside + u"/offline"_s);
    const auto services = walker.start(arguments, kSizes.front());
    if (!services || !services->workspace())
        return;
    walker.waitForJobs(*services);
    AssetId lost;
    walker.runBeside(u"a clip that gets lost"_s, [&] {
        const auto added = addLostClip(*services->workspace(), aside);
        lost = added ? *added : AssetId();
        return added ? Result<void>() : Result<void>(added.error());
    });
    walker.waitForJobs(*services);
    walker.runBeside(u"losing it"_s, [&] { return loseOriginal(*services->workspace(), lost); });
    walker.runBeside(u"pass"_s, [&services] { return passOne(*services->workspace()); });
    walker.waitForJobs(*services);
    TitleId live;
    walker.runBeside(u"publish"_s, [&] {
        const auto published = publishPassed(*services->workspace());
        live = published ? *published : TitleId();
        return published ? Result<void>() : Result<void>(published.error());
    });
    walker.waitForJobs(*services);
    walker.runBeside(u"a bank"_s, [&] { return addBank(*services->workspace(), aside); });
    takePages(walker, camera, *services, live);
    takeImport(walker, camera, *services, aside);
    camera.takeAt(
        *services, u"narrow"_s, services->window().minimumSize(), [&] { walker.show(*services, kReviewPage); });
    takeJobs(walker, camera, *services, lost);
}

} // namespace vidimus::studio
