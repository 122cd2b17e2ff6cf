#include "review_bench.h"

#include "core/workbench/workspace.h"
#include "ui/moderation/queue_panel.h"
#include "ui/moderation/queue_row_delegate.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

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
        QTRY_COMPARE(model.index(3).data().toString(), u"Row 3"_s);
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
        QTRY_VERIFY(model.readCount() > 0);
        QTRY_COMPARE(model.index(0).data().toString(), u"Row 0"_s);
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

    void aRowThatIsGoneStaysASkeleton()
    {
        ReviewBench bench;
        QueueModel model(bench.workspace());
        model.setIds({AssetId(u"nowhere"_s)});
        QSignalSpy read(&model, &QueueModel::rowsRead);
        QVERIFY(model.index(0).data().isNull());
        QTRY_COMPARE(read.size(), 1);
        QVERIFY(!model.index(0).data(QueueModel::LoadedRole).toBool());
    }
};

QTEST_MAIN(TestQueueModel)
#include "tst_queue_model.moc"
