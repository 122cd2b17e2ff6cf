#include "app/studio/attention_feed.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/ingest.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/renditions.h"
#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/shell/attention_drawer.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::studio;
using namespace Qt::StringLiterals;

/// What goes wrong with a file reaches the person at the window: F8 says which one, what is wrong, and what to do.
class TestAttentionFeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aFileThatCannotBeReadIsInTheDrawer();
    void aTranscodeOfALostOriginalIsInTheDrawer_data();
    void aTranscodeOfALostOriginalIsInTheDrawer();

private:
    void openWorkspace(bool withLanes);
    [[nodiscard]] AssetId ingestClip() const;
    [[nodiscard]] const ui::shell::AttentionEntry* entry(const QString& begin) const;
    [[nodiscard]] ui::widgets::Button* button(const QString& text) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<workbench::Workspace> m_workspace;
    std::unique_ptr<ui::shell::MainWindow> m_window;
    std::unique_ptr<AttentionFeed> m_feed;
};

void TestAttentionFeed::init()
{
    qputenv("VIDIMUS_MEDIAWORKER", VIDIMUS_BIN_DIR "/vidimus-mediaworker");
    m_folder = std::make_unique<QTemporaryDir>();
    openWorkspace(false);
}

/// With \a withLanes as the studio does it: jobs run by themselves.
void TestAttentionFeed::openWorkspace(bool withLanes)
{
    m_feed.reset();
    m_window.reset();
    m_workspace.reset();
    auto opened = workbench::Workspace::open({.folder = m_folder->path() + u"/w"_s,
        .runInBackground = withLanes,
        .catalogProgram = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-catalogd")});
    QVERIFY(opened.has_value());
    m_workspace = *std::move(opened);
    m_window = std::make_unique<ui::shell::MainWindow>(m_workspace->clock());
    m_window->commands().add(ui::shell::registryCommands());
    m_window->resize(1280, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_feed = std::make_unique<AttentionFeed>(*m_window, *m_workspace, nullptr);
}

void TestAttentionFeed::cleanup()
{
    m_feed.reset();
    m_window.reset();
    m_workspace.reset();
}

AssetId TestAttentionFeed::ingestClip() const
{
    const auto asset
        = workbench::ingestFile(*m_workspace, QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/talking_head_mono.mp4"));
    return asset ? asset->id : AssetId();
}

const ui::shell::AttentionEntry* TestAttentionFeed::entry(const QString& begin) const
{
    for (const ui::shell::AttentionEntry& one : m_window->attention().entries()) {
        if (one.id.startsWith(begin))
            return &one;
    }
    return nullptr;
}

ui::widgets::Button* TestAttentionFeed::button(const QString& text) const
{
    for (auto* one : m_window->findChild<ui::shell::AttentionDrawer*>()->findChildren<ui::widgets::Button*>()) {
        if (one->text() == text && one->isVisible())
            return one;
    }
    return nullptr;
}

void TestAttentionFeed::aFileThatCannotBeReadIsInTheDrawer()
{
    const AssetId asset = ingestClip();
    QVERIFY(!asset.isEmpty());
    QVERIFY(m_workspace->store().write(
        [&](store::UnitOfWork& unit) { return unit.assets.setState(asset, store::AssetState::Unreadable); }));
    Q_EMIT m_workspace->events().attentionChanged();
    QTRY_VERIFY_WITH_TIMEOUT(entry(u"asset:"_s + asset.toString()), 20'000);
    const auto* shown = entry(u"asset:"_s + asset.toString());
    QCOMPARE(shown->subject, u"talking_head_mono.mp4"_s);
    QVERIFY(shown->title.startsWith(shown->subject));
    QVERIFY(!shown->text.what.isEmpty());
    QVERIFY(!shown->text.action.isEmpty());
    QVERIFY(!m_window->isDrawerOpen());
    QSignalSpy wanted(m_feed.get(), &AttentionFeed::assetWanted);
    m_window->commands().trigger(u"app.attention"_s); // F8
    QVERIFY(m_window->isDrawerOpen());
    QTRY_VERIFY_WITH_TIMEOUT(button(u"Open item"_s), kPatienceMs);
    button(u"Open item"_s)->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<AssetId>(), asset);
}

void TestAttentionFeed::aTranscodeOfALostOriginalIsInTheDrawer_data()
{
    QTest::addColumn<bool>("afterTheChecks");
    QTest::newRow("lost after its checks") << true;
    QTest::newRow("lost while they run") << false;
}

void TestAttentionFeed::aTranscodeOfALostOriginalIsInTheDrawer()
{
    QFETCH(bool, afterTheChecks);
    openWorkspace(true);
    const AssetId asset = ingestClip();
    QVERIFY(!asset.isEmpty());
    const auto isIdle = [this] {
        const auto jobs = workbench::listJobs(*m_workspace, 10);
        return jobs && std::ranges::none_of(*jobs, [](const jobs::Job& job) {
            return job.state == jobs::JobState::Queued || job.state == jobs::JobState::Running;
        });
    };
    if (afterTheChecks)
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 60'000);
    const auto stored
        = m_workspace->store().read([&](const store::UnitOfWork& unit) { return unit.assets.find(asset); });
    QVERIFY(stored.has_value());
    const QString original = m_workspace->paths().original(stored->sha256);
    QVERIFY(QFile::rename(original, original + u".away"_s));

    const auto job = workbench::queueTranscode(*m_workspace, asset);
    QVERIFY(job.has_value());
    QTRY_VERIFY_WITH_TIMEOUT(entry(u"job:"_s + job->toString()), 60'000);
    const auto* shown = entry(u"job:"_s + job->toString());
    QCOMPARE(shown->subject, u"talking_head_mono.mp4"_s);
    QCOMPARE(shown->text.what, u"The original is not in the workspace any more."_s);
    QVERIFY(!shown->text.effect.isEmpty() && !shown->text.safe.isEmpty() && !shown->text.action.isEmpty());
    m_window->commands().trigger(u"app.attention"_s); // F8
    QTRY_VERIFY_WITH_TIMEOUT(button(u"Try again"_s), kPatienceMs);

    // Put back, the same job ends well and its entry goes.
    QVERIFY(QFile::rename(original + u".away"_s, original));
    const QString retry = u"retry_job:"_s + job->toString();
    Q_EMIT m_window->attentionStepChosen(shown->id, retry);
    QTRY_VERIFY_WITH_TIMEOUT(!entry(u"job:"_s + job->toString()) && isIdle(), 120'000);
    const auto jobs = workbench::listJobs(*m_workspace, 10);
    QVERIFY(jobs.has_value());
    const auto done = std::ranges::find(*jobs, *job, &jobs::Job::id);
    QVERIFY(done != jobs->end() && done->state == jobs::JobState::Done);
}

QTEST_MAIN(TestAttentionFeed)
#include "tst_attention_feed.moc"
