#include "app/studio/attention_feed.h"
#include "app/studio/backup_page.h"
#include "app/studio/idle_watch.h"
#include "app/studio/scrub_keeper.h"
#include "core/base/sha256.h"
#include "core/store/workspace_store.h"
#include "core/workbench/attention.h"
#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/widgets/labels.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::studio;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// While nobody uses the window, originals are read back; what is damaged reaches the person at the window.
class TestScrubKeeper : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void readsWhileNobodyIsThere();
    void doesNotReadWhileSomebodyIs();
    void inputStartsTheWaitAnew();
    void damageIsSaidInWholeSentences();
    void theBackupPageSaysItInOneLine();

private:
    void addOriginal(const QByteArray& bytes, const QByteArray& onDisk);
    [[nodiscard]] int readBack() const;
    [[nodiscard]] static QString lineOf(const BackupPage& page);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<workbench::Workspace> m_workspace;
};

void TestScrubKeeper::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = workbench::Workspace::open({.folder = m_folder->path() + u"/w"_s});
    QVERIFY(opened.has_value());
    m_workspace = *std::move(opened);
}

void TestScrubKeeper::cleanup()
{
    m_workspace.reset();
}

void TestScrubKeeper::addOriginal(const QByteArray& bytes, const QByteArray& onDisk)
{
    const store::Asset asset {.id = newId<AssetId>(),
        .sha256 = sha256Hex(bytes),
        .bytes = bytes.size(),
        .originalName = u"Lighthouse.mp4"_s,
        .state = store::AssetState::Waiting,
        .ingestedAt = Instant(Milliseconds(1'000'000))};
    QFile file(m_workspace->paths().original(asset.sha256));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(onDisk), onDisk.size());
    QVERIFY(m_workspace->store().write([&](store::UnitOfWork& unit) { return unit.assets.add(asset); }));
}

int TestScrubKeeper::readBack() const
{
    const auto totals = workbench::scrubTotals(*m_workspace);
    return totals ? totals->verified + totals->damaged : -1;
}

QString TestScrubKeeper::lineOf(const BackupPage& page)
{
    for (const auto* label : page.findChildren<ui::widgets::TextLabel*>()) {
        if (label->text().contains(u"originals"))
            return label->text();
    }
    return {};
}

void TestScrubKeeper::readsWhileNobodyIsThere()
{
    addOriginal("film", "film");
    const IdleWatch idle(nullptr, 0ms);
    ScrubKeeper keeper(*m_workspace, idle, nullptr);
    const QSignalSpy read(&keeper, &ScrubKeeper::read);
    keeper.look();
    QTRY_VERIFY_WITH_TIMEOUT(read.count() > 0, kPatienceMs);
    QCOMPARE(readBack(), 1);
}

void TestScrubKeeper::doesNotReadWhileSomebodyIs()
{
    addOriginal("film", "film");
    const IdleWatch idle(nullptr, 1h);
    ScrubKeeper keeper(*m_workspace, idle, nullptr);
    const QSignalSpy read(&keeper, &ScrubKeeper::read);
    keeper.look();
    QTest::qWait(50);
    QCOMPARE(read.count(), 0);
    QCOMPARE(readBack(), 0);
}

void TestScrubKeeper::inputStartsTheWaitAnew()
{
    QWidget window;
    const IdleWatch idle(nullptr);
    const auto use = [&](auto input) {
        QTRY_VERIFY_WITH_TIMEOUT(idle.sinceInput() > 20ms, kPatienceMs);
        QElapsedTimer sinceUse;
        sinceUse.start();
        input();
        const auto sinceInput = idle.sinceInput();
        QVERIFY(sinceInput.count() <= sinceUse.elapsed());
    };
    use([&] { QTest::keyClick(&window, Qt::Key_A); });
    use([&] { QTest::mouseClick(&window, Qt::LeftButton); });
}

void TestScrubKeeper::damageIsSaidInWholeSentences()
{
    addOriginal("film", "fi1m");
    const IdleWatch idle(nullptr, 0ms);
    ScrubKeeper keeper(*m_workspace, idle, nullptr);
    const QSignalSpy read(&keeper, &ScrubKeeper::read);
    keeper.look();
    QTRY_VERIFY_WITH_TIMEOUT(read.count() > 0, kPatienceMs);
    const auto items = workbench::attentionItems(*m_workspace);
    QVERIFY(items);
    const auto item = std::ranges::find_if(
        *items, [](const workbench::AttentionItem& each) { return each.id.startsWith(u"original:"); });
    QVERIFY(item != items->end());
    const ui::shell::AttentionEntry entry = attentionEntryOf(*item);
    QCOMPARE(entry.title, u"Lighthouse.mp4: The original is no longer the file that was ingested."_s);
    QVERIFY(entry.text.effect.contains(u"published"));
    QVERIFY(entry.text.action.contains(u"backup"));
    QVERIFY(entry.text.details.contains(u"media/"));
    QCOMPARE(entry.steps.size(), std::size_t {2});
    QCOMPARE(entry.steps.front().text, u"Check it again"_s);
}

void TestScrubKeeper::theBackupPageSaysItInOneLine()
{
    BackupPage page(*m_workspace, QString());
    page.show();
    QTRY_COMPARE_WITH_TIMEOUT(lineOf(page), u"There are no originals yet."_s, kPatienceMs);
    addOriginal("film", "film");
    page.hide();
    page.show();
    QTRY_COMPARE_WITH_TIMEOUT(
        lineOf(page), u"0 of 1 originals were read back within 30 days and are whole; 0 damaged."_s, kPatienceMs);
}

QTEST_MAIN(TestScrubKeeper)
#include "tst_scrub_keeper.moc"
