#include "app/studio/screenshots.h"

#include "app/studio/page_ids.h"
#include "app/studio/walker.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/decide.h"
#include "core/workbench/publish.h"
#include "core/workbench/renditions.h"
#include "core/workbench/review.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using ui::widgets::SchemeChoice;

namespace {

constexpr std::array kSizes {QSize(1920, 1080), QSize(1280, 800)};
constexpr std::array kSchemes {SchemeChoice::Dark, SchemeChoice::Light};

class Camera {
public:
    Camera(Walker& walker, QString folder)
        : m_walker(walker)
        , m_folder(std::move(folder))
    {
    }

    /// One picture for each theme and size. \a prepare brings the window into the state that is wanted.
    void take(Services& services, const QString& what, const std::function<void()>& prepare)
    {
        for (const QSize& size : kSizes) {
            for (const SchemeChoice scheme : kSchemes) {
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
    }

private:
    Walker& m_walker;
    QString m_folder;
};

/// Takes the first title through the real path: passed, transcoded, published, sent, fetched back.
Result<void> publishOne(workbench::Workspace& workspace)
{
    const auto ids = workbench::queueIds(workspace, workbench::QueueFilter::Waiting, {});
    if (!ids || ids->empty())
        return ids ? Error {ErrorCode::NotFound, u"nothing waits for review"_s, "empty_queue"} : ids.error();
    const auto item = workbench::reviewItem(workspace, ids->front());
    if (!item)
        return item.error();
    const auto decided = workbench::decide(
        workspace, {.asset = ids->front(), .verdict = moderation::Verdict::Pass, .note = u"demo"_s});
    if (!decided)
        return decided.error();
    if (const auto made = workbench::transcodeAsset(workspace, ids->front(), u"demo"_s); !made)
        return made.error();
    const TitleId title = item->row.title;
    if (const auto published = workbench::publishTitle(workspace, title, workspace.clock().now()); !published)
        return published.error();
    constexpr Milliseconds kPatience {30'000};
    if (const auto sent = workspace.catalog().sync({}, kPatience); !sent)
        return sent.error();
    const auto live = workbench::verifyLive(workspace, title);
    return live ? Result<void>() : Result<void>(live.error());
}

void takePages(Walker& walker, Camera& camera, Services& services)
{
    ui::shell::MainWindow& window = services.window();
    for (const QString& id : window.pageIds()) {
        if (id == kOpeningPage || id == kWelcomePage)
            continue;
        camera.take(services, id, [&] { walker.show(services, id); });
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

/// What a workspace looks like whose database has been overwritten in the middle.
void damageDatabase(Walker& walker, const QString& folder)
{
    QFile file(store::WorkspaceStore::databasePathIn(folder));
    constexpr qint64 kPage = 4096;
    if (!file.open(QIODevice::ReadWrite) || !file.seek(kPage) || file.write(QByteArray(kPage * 8, 'x')) <= 0)
        walker.fail(u"the database to damage cannot be written"_s);
}

} // namespace

void takeScreenshots(Walker& walker, const Arguments& arguments, const QString& aside)
{
    if (!QDir().mkpath(arguments.screenshotFolder)) {
        walker.fail(u"%1 cannot be made"_s.arg(arguments.screenshotFolder));
        return;
    }
    Camera camera(walker, arguments.screenshotFolder);
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

    const auto services = walker.start(arguments, kSizes.front());
    if (!services || !services->workspace())
        return;
    walker.waitForJobs(*services);
    walker.runBeside(u"publish"_s, [&services] { return publishOne(*services->workspace()); });
    walker.waitForJobs(*services);
    takePages(walker, camera, *services);
}

} // namespace vidimus::studio
