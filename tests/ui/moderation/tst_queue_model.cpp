#include "review_bench.h"

#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/moderation/queue_panel.h"
#include "ui/moderation/queue_row_delegate.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace vidimus;
using namespace vidimus::ui::moderation;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

class TestQueueModel : public QObject {
    Q_OBJECT

private:
    static std::vector<AssetId> idsOf(ReviewBench& bench)
    {
        const auto ids = workbench::queueIds(bench.workspace(), workbench::QueueFilter::Waiting, {});
        return ids ? *ids : std::vector<AssetId> {};
    }

private Q_SLOTS:
    void keepsTheRulesOfModels()
    {
        ReviewBench bench;
        bench.addRows(200);
        QueueModel model(bench.workspace());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const std::vector<AssetId> ids = idsOf(bench);
        QCOMPARE(ids.size(), std::size_t(200));
        model.setIds(ids);
        QVERIFY(model.index(3).data().isNull());
        QTRY_COMPARE_WITH_TIMEOUT(model.index(3).data().toString(), u"Row 3"_s, kPatienceMs);
        model.remove(ids[3]);
        QCOMPARE(model.rowOf(ids[3]), -1);
        model.insert(3, ids[3]);
        QCOMPARE(model.rowOf(ids[3]), 3);
        model.moveToEnd(ids[0]);
        QCOMPARE(model.rowOf(ids[0]), 199);
    }

    void mergingKeepsTheOrderOfTheSession()
    {
        ReviewBench bench;
        bench.addRows(6);
        const std::vector<AssetId> ids = idsOf(bench);
        QueueModel model(bench.workspace());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setIds({ids[4], ids[1], ids[0], ids[2]});
        model.merge({ids[0], ids[1], ids[3], ids[4], ids[5]});
        QCOMPARE(model.ids(), (std::vector<AssetId> {ids[4], ids[1], ids[0], ids[3], ids[5]}));
        model.merge({});
        QCOMPARE(model.rowCount(), 0);
    }

    void aHundredThousandRowsCostOnlyWhatIsShown()
    {
        ReviewBench bench;
        std::vector<AssetId> ids;
        for (int i = 0; i < 100'000; ++i)
            ids.emplace_back(u"asset-%1"_s.arg(i));
        bench.addRows(300);
        const std::vector<AssetId> real = idsOf(bench);
        std::ranges::copy(real, ids.begin());
        QueueModel model(bench.workspace());
        DecidedModel decided(bench.workspace().clock());
        QueuePanel panel(bench.workspace(), model, decided);
        panel.setLoading(false);
        panel.resize(272, 800);
        model.setIds(std::move(ids));
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QTRY_VERIFY_WITH_TIMEOUT(model.readCount() > 0, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(model.index(0).data().toString(), u"Row 0"_s, kPatienceMs);
        QTest::qWait(50);
        const int visible = panel.list()->viewport()->height() / 48 + 2;
        QVERIFY2(model.readCount() <= 2 * QueueModel::kBlockRows, qPrintable(QString::number(model.readCount())));
        QVERIFY(panel.delegate()->paintCount() <= 12 * visible);
        // From end to end: each step paints what it shows, and reads at most its blocks.
        QScrollBar* bar = panel.list()->verticalScrollBar();
        const int before = panel.delegate()->paintCount();
        constexpr int kSteps = 50;
        for (int step = 1; step <= kSteps; ++step) {
            bar->setValue(int(qint64(bar->maximum()) * step / kSteps));
            QCoreApplication::processEvents();
        }
        QVERIFY(panel.delegate()->paintCount() - before <= kSteps * 4 * visible);
        QVERIFY(model.readCount() <= (kSteps + 1) * 2 * QueueModel::kBlockRows);
    }

    /// Real rows through the real list, by the wheel: how long the window is busy with each notch.
    void theWheelOverAHundredThousandRows()
    {
        if (!qEnvironmentVariableIsSet("VIDIMUS_MEASURE"))
            QSKIP("only measured with VIDIMUS_MEASURE");
        ReviewBench bench;
        bench.addRows(100'000);
        bench.show({1280, 800});
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().queue().rowCount(), 100'000, 60'000);
        QListView* list = bench.page().queuePanel().list();
        QTRY_VERIFY_WITH_TIMEOUT(!list->model()->index(0, 0).data().isNull(), kPatienceMs);
        std::vector<double> times;
        constexpr int kNotches = 600;
        for (int i = 0; i < kNotches; ++i) {
            const QPointF at(list->viewport()->rect().center());
            QWheelEvent notch(at, list->viewport()->mapToGlobal(at), {}, {0, -360}, Qt::NoButton, Qt::NoModifier,
                Qt::NoScrollPhase, false);
            QElapsedTimer timer;
            timer.start();
            QApplication::sendEvent(list->viewport(), &notch);
            list->viewport()->repaint();
            QCoreApplication::processEvents();
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
            QTest::qWait(10); // a person turns it some sixty times a second
        }
        std::ranges::sort(times);
        QVERIFY(list->verticalScrollBar()->value() > 0);
        qInfo("a notch of the wheel over 100,000 rows: median %.1f ms, p95 %.1f ms, worst %.1f ms", times[kNotches / 2],
            times[kNotches * 95 / 100], times.back());
    }

    void aRowThatIsGoneStaysASkeleton()
    {
        ReviewBench bench;
        QueueModel model(bench.workspace());
        model.setIds({AssetId(u"nowhere"_s)});
        QSignalSpy read(&model, &QueueModel::rowsRead);
        QVERIFY(model.index(0).data().isNull());
        QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, kPatienceMs);
        QVERIFY(!model.index(0).data(QueueModel::LoadedRole).toBool());
    }
};

QTEST_MAIN(TestQueueModel)
#include "tst_queue_model.moc"
