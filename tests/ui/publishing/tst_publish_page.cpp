#include "test_workspace.h"

#include "core/workbench/publish.h"
#include "tests/support/patience.h"
#include "ui/publishing/board_view.h"
#include "ui/publishing/card_model.h"
#include "ui/publishing/pages.h"
#include "ui/publishing/publish_page.h"
#include "ui/publishing/title_panel.h"
#include "ui/shell/main_window.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::publishing;
using namespace vidimus::ui::tests;
using namespace Qt::StringLiterals;
using vidimus::publishing::PublicationState;

namespace {

/// The window with our pages, as the studio builds it.
class Studio {
public:
    explicit Studio(workbench::Workspace& workspace)
        : m_window(m_clock)
    {
        m_window.commands().add(shell::registryCommands());
        m_window.addPages(publishingPages(workspace));
        m_window.resize(1920, 1080);
        m_window.show();
        m_window.activateWindow();
        m_page = qobject_cast<PublishPage*>(m_window.page(u"publishing"_s));
    }
    [[nodiscard]] shell::MainWindow& window() { return m_window; }
    [[nodiscard]] BoardView& board() { return *m_page->findChild<BoardView*>(); }
    [[nodiscard]] TitlePanel& panel() { return *m_page->findChild<TitlePanel*>(); }
    [[nodiscard]] PublishPage& page() { return *m_page; }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* list = board().focusList();
        list->setFocus(Qt::OtherFocusReason);
        QTest::keyClick(list, key, modifiers);
    }

private:
    SystemClock m_clock;
    shell::MainWindow m_window;
    PublishPage* m_page = nullptr;
};

std::optional<PublicationState> stateOf(workbench::Workspace& workspace, const TitleId& title)
{
    const auto board = workbench::titleOnBoard(workspace, title, workspace.clock().now());
    return board ? board->state : std::nullopt;
}

} // namespace

class TestPublishPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysSoWhenThereIsNoTitle()
    {
        TestWorkspace test;
        QVERIFY2(test.isOpen(), qPrintable(test.error()));
        Studio studio(test.get());
        QTRY_VERIFY_WITH_TIMEOUT(
            !studio.window().commands().disabledReason(u"publish.publish"_s).isEmpty(), kPatienceMs);
        QVERIFY(!studio.board().isVisible());
    }

    void refusesWithWordsWhatAGateBlocks()
    {
        TestWorkspace test;
        QVERIFY2(test.isOpen(), qPrintable(test.error()));
        const auto asset = test.add(u"talking_head_mono.mp4"_s);
        QVERIFY2(!asset.title.isEmpty(), qPrintable(test.error()));
        QVERIFY(test.waitForJobs());
        Studio studio(test.get());
        QTRY_COMPARE_WITH_TIMEOUT(studio.board().count(BoardColumn::Blocked), 1, kPatienceMs);
        QVERIFY(!studio.panel().publishButton().isEnabled());
        QVERIFY(!studio.panel().publishReason().isEmpty());
        QVERIFY(!studio.panel().withdrawButton().isEnabled());
        QSignalSpy refused(&studio.window().commands(), &shell::CommandTable::refused);
        studio.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(refused.count(), 1);
        QCOMPARE(refused.front().at(1).toString(), studio.panel().publishReason());
        QVERIFY(!stateOf(test.get(), asset.title).has_value());
    }

    void publishesSeesItLiveAndTakesItDownByKey()
    {
        TestWorkspace test;
        QVERIFY2(test.isOpen(), qPrintable(test.error()));
        const auto asset = test.add(u"talking_head_mono.mp4"_s);
        QVERIFY2(test.clear(asset), qPrintable(test.error()));
        Studio studio(test.get());
        QTRY_COMPARE_WITH_TIMEOUT(studio.board().count(BoardColumn::Ready), 1, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(studio.panel().publishButton().isEnabled(), kPatienceMs);
        studio.press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(studio.board().count(BoardColumn::Ready), 0, kPatienceMs);
        // The decision may be taken back for ten seconds and holds what comes after it; then our own fetch sees it.
        const bool live = QTest::qWaitFor([&] { return studio.board().count(BoardColumn::Live) == 1; }, 60'000);
        QVERIFY2(live, qPrintable(test.outboxText()));
        QVERIFY(stateOf(test.get(), asset.title) == PublicationState::Live);
        QVERIFY(!studio.panel().publishButton().isEnabled());
        QVERIFY(studio.panel().withdrawButton().isEnabled());
        studio.press(Qt::Key_Delete, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(test.get(), asset.title) == PublicationState::Withdrawn, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(studio.board().count(BoardColumn::Live), 0, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(studio.board().count(BoardColumn::Ready), 1, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!studio.panel().withdrawButton().isEnabled(), kPatienceMs);
    }

    void arrowsWalkOverTheColumns()
    {
        TestWorkspace test;
        QVERIFY2(test.isOpen(), qPrintable(test.error()));
        const auto first = test.add(u"talking_head_mono.mp4"_s);
        const auto second = test.add(u"noaudio_1080p24.mp4"_s);
        QVERIFY2(test.clear(first), qPrintable(test.error()));
        Studio studio(test.get());
        QTRY_COMPARE_WITH_TIMEOUT(studio.board().count(BoardColumn::Ready), 1, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(studio.board().count(BoardColumn::Blocked), 1, kPatienceMs);
        QVERIFY(studio.board().select(second.title));
        studio.press(Qt::Key_Right);
        QCOMPARE(studio.board().selected(), first.title);
        studio.press(Qt::Key_Right);
        QCOMPARE(studio.board().selected(), first.title);
        studio.press(Qt::Key_Left);
        QCOMPARE(studio.board().selected(), second.title);
    }

    void opensTheFirstFixWithEnter()
    {
        TestWorkspace test;
        QVERIFY2(test.isOpen(), qPrintable(test.error()));
        const auto asset = test.add(u"talking_head_mono.mp4"_s);
        QVERIFY(test.waitForJobs());
        Studio studio(test.get());
        QTRY_COMPARE_WITH_TIMEOUT(studio.board().count(BoardColumn::Blocked), 1, kPatienceMs);
        QSignalSpy wanted(&studio.page(), &shell::WorkspacePage::subjectWanted);
        studio.press(Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.front().at(0).toString(), u"moderation"_s);
        QCOMPARE(wanted.front().at(1).toString(), asset.id.toString());
    }

    void modelsKeepTheirPromises()
    {
        TestWorkspace test;
        QVERIFY2(test.isOpen(), qPrintable(test.error()));
        Studio studio(test.get());
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
        for (auto* model : studio.page().findChildren<CardModel*>()) {
            testers.push_back(std::make_unique<QAbstractItemModelTester>(
                model, QAbstractItemModelTester::FailureReportingMode::QtTest));
        }
        QCOMPARE(testers.size(), kBoardColumns);
        BoardColumns columns;
        for (int i = 0; i < 7; ++i) {
            const BoardCard card {.title = TitleId(QString::number(i)), .name = u"Title %1"_s.arg(i)};
            columns[static_cast<std::size_t>(i) % kBoardColumns].push_back(card);
        }
        studio.board().setColumns(columns);
        QVERIFY(studio.board().select(TitleId(u"3"_s)));
        // The selection follows its title into another column.
        columns[0].push_back(columns[3].back());
        columns[3].clear();
        studio.board().setColumns(columns);
        QCOMPARE(studio.board().selected(), TitleId(u"3"_s));
        QCOMPARE(studio.board().count(BoardColumn::InChecks), 3);
        studio.board().setColumns({});
        QCOMPARE(studio.board().count(BoardColumn::InChecks), 0);
    }
};

QTEST_MAIN(TestPublishPage)
#include "tst_publish_page.moc"
