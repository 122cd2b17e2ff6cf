#include "review_bench.h"

#include "core/workbench/comments.h"
#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/moderation/reasons_panel.h"
#include "ui/moderation/review_centre.h"
#include "ui/moderation/thread_panel.h"
#include "ui/widgets/timeline.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QListView>
#include <QPlainTextEdit>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui::moderation;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

class TestThread : public QObject {
    Q_OBJECT

private:
    static std::vector<workbench::ThreadComment> stored(ReviewBench& bench, const AssetId& asset)
    {
        const auto thread = workbench::commentsOn(bench.workspace(), asset);
        return thread ? *thread : std::vector<workbench::ThreadComment>();
    }

private Q_SLOTS:
    void cWritesAndCtrlEnterSends()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        bench.page().player().seek(12);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        QVERIFY(!bench.page().centre().timeline()->sizeHint().isNull());
        const int before = bench.page().centre().timeline()->sizeHint().height();
        bench.press(Qt::Key_C);
        ThreadPanel& thread = bench.page().reasons().thread();
        QCOMPARE(QApplication::focusWidget(), thread.editor());
        QTest::keyClicks(thread.editor(), u"Pass, x and p type here"_s); // the keys of decisions are letters now
        QVERIFY(!bench.page().desk().verdict());
        bench.press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(stored(bench, asset).size(), std::size_t(1), kPatienceMs);
        QCOMPARE(stored(bench, asset).front().comment.frame, std::optional<qint64>(12));
        QCOMPARE(stored(bench, asset).front().comment.text, u"Pass, x and p type here"_s);
        QTRY_VERIFY_WITH_TIMEOUT(thread.list()->isVisible(), kPatienceMs);
        QVERIFY(thread.draft().isEmpty());
        QCOMPARE(QApplication::focusWidget(), bench.page().baseFocus());
        QVERIFY(bench.page().centre().timeline()->sizeHint().height() > before); // the talk lane is there now
        // And is an evidence point.
        bench.page().player().seek(0);
        bench.press(Qt::Key_Down);
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().player().frame(), qint64(12), kPatienceMs);
    }

    void escKeepsTheDraftAndSoDoesTheNextSession()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        bench.page().player().seek(7);
        bench.press(Qt::Key_C);
        QTest::keyClicks(QApplication::focusWidget(), u"half a thought"_s);
        bench.press(Qt::Key_Escape);
        QCOMPARE(QApplication::focusWidget(), bench.page().baseFocus());
        QCOMPARE(bench.page().reasons().thread().draft(), u"half a thought"_s);
        QVERIFY(stored(bench, asset).empty());
        bench.closeWindow();
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().reasons().thread().draft(), u"half a thought"_s, kPatienceMs);
        QCOMPARE(bench.page().reasons().thread().draftFrame(), qint64(7));
    }

    void aCommentLeadsToItsFrameAndCanBeTakenBack()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        QVERIFY(workbench::addComment(bench.workspace(), asset, 30, u"here"_s).has_value());
        QVERIFY(workbench::addComment(bench.workspace(), asset, std::nullopt, u"all of it"_s).has_value());
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        QListView* list = bench.page().reasons().thread().list();
        const QAbstractItemModelTester tester(list->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, kPatienceMs);
        Q_EMIT list->activated(list->model()->index(0, 0));
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().player().frame(), qint64(30), kPatienceMs);
        Q_EMIT list->activated(list->model()->index(1, 0)); // about the whole: nothing to go to
        QCOMPARE(bench.page().player().frame(), qint64(30));
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0));
        bench.press(Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, kPatienceMs);
        QCOMPARE(stored(bench, asset).size(), std::size_t(1));
        QVERIFY(!stored(bench, asset).front().comment.frame);
    }

    void anEmptyDraftSendsNothingAndGoesAway()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        bench.press(Qt::Key_C);
        bench.press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(bench.page().reasons().thread().editor()->isVisible());
        bench.press(Qt::Key_Escape);
        QVERIFY(!bench.page().reasons().thread().editor()->isVisible());
        QVERIFY(stored(bench, asset).empty());
    }
};

QTEST_MAIN(TestThread)
#include "tst_thread.moc"
