#include "fake_review_page.h"

#include "ui/widgets/timeline.h"
#include "ui/widgets/timeline_table_model.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::widgets;
using namespace Qt::StringLiterals;

class TestTimeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lanesHaveTheirHeights()
    {
        const auto wide = TimelineLayout::compute(1160, {.findings = 5, .shots = true, .talk = true}, false, {0, 6000});
        QCOMPARE(wide.ruler.height(), 20);
        QCOMPARE(wide.film.height(), 40);
        QCOMPARE(wide.sound.height(), 52);
        QCOMPARE(wide.shots.height(), 16);
        QCOMPARE(wide.findings.size(), std::size_t(5));
        QCOMPARE(wide.findings.front().height(), 18);
        QCOMPARE(wide.height, 20 + 40 + 52 + 16 + 5 * 18 + 18 + 18 + 3);
        const auto narrow = TimelineLayout::compute(720, {.findings = 5, .shots = true, .talk = true}, true, {0, 6000});
        QCOMPARE(narrow.film.height(), 32);
        QCOMPARE(narrow.findings.front().height(), 15);
        QVERIFY(narrow.talk.isEmpty()); // the talk lane goes, the watched lane never does
        QCOMPARE(narrow.watched.height(), 18);
    }

    void aLaneWithNothingInItIsLeftOut()
    {
        const auto bare = TimelineLayout::compute(1160, {.findings = 1}, false, {0, 6000});
        QVERIFY(bare.shots.isEmpty());
        QVERIFY(bare.talk.isEmpty());
        QCOMPARE(bare.height, 20 + 40 + 52 + 18 + 18 + 3);
        QCOMPARE(bare.findings.front().top(), bare.sound.bottom() + 1);
    }

    void framesAndPixelsAgree()
    {
        const auto layout = TimelineLayout::compute(1160, {.findings = 1}, false, {100, 1100});
        QCOMPARE(layout.xOf(100), double(TimelineLayout::kGutter));
        for (const qint64 frame : {100, 101, 555, 1099})
            QCOMPARE(layout.frameAt(layout.xOf(frame) + 0.5), frame);
        QCOMPARE(layout.frameAt(-5000), qint64(100));
        QCOMPARE(layout.frameAt(50000), qint64(1099));
    }

    void anEmptySpanIsStillSafe()
    {
        const auto layout = TimelineLayout::compute(10, {}, false, {5, 5});
        QCOMPARE(layout.frameAt(0), qint64(5));
        QVERIFY(layout.barRect(layout.film, {5, 5}).width() >= 3);
    }

    void rulerStepsAreRoundTimes_data()
    {
        QTest::addColumn<double>("pixelsPerFrame");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("seconds") << 4.0 << qint64(25);
        QTest::newRow("half minutes") << 0.15 << qint64(750);
        QTest::newRow("hours") << 0.0012 << qint64(25 * 3600);
        QTest::newRow("beyond a day") << 1e-9 << qint64(25 * 86400);
        QTest::newRow("no width") << 0.0 << qint64(1);
    }

    void rulerStepsAreRoundTimes()
    {
        QFETCH(double, pixelsPerFrame);
        QFETCH(qint64, expected);
        QCOMPARE(rulerStep({25, 1}, pixelsPerFrame, 96), expected);
    }

    void mouseAndKeysSeek()
    {
        Timeline timeline;
        timeline.setData(tests::madeUpTimeline());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        QSignalSpy seek(&timeline, &Timeline::seekWanted);
        const QPoint ruler(500, 5);
        QTest::mouseClick(&timeline, Qt::LeftButton, {}, ruler);
        QCOMPARE(seek.count(), 2); // pressed, then let go
        QCOMPARE(seek.first().at(1).toBool(), true);
        QCOMPARE(seek.last().at(1).toBool(), false);
        QCOMPARE(seek.last().first().toLongLong(), timeline.timelineLayout().frameAt(500));
        timeline.setPosition(100);
        QTest::keyClick(&timeline, Qt::Key_Right);
        QCOMPARE(seek.last().first().toLongLong(), 101);
        QTest::keyClick(&timeline, Qt::Key_Home);
        QCOMPARE(seek.last().first().toLongLong(), 0);
        QTest::keyClick(&timeline, Qt::Key_Left);
        QCOMPARE(seek.last().first().toLongLong(), 99);
        QTest::keyClick(&timeline, Qt::Key_End);
        QCOMPARE(seek.last().first().toLongLong(), timeline.data().frameCount - 1);
    }

    void clickOnABarChoosesIt()
    {
        Timeline timeline;
        timeline.setData(tests::madeUpTimeline());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        QSignalSpy chosen(&timeline, &Timeline::findingChosen);
        const auto pieces = timeline.pieces();
        const auto bar = std::ranges::find(pieces, u"h1"_s, &Timeline::Piece::id);
        QVERIFY(bar != pieces.end());
        QTest::mouseClick(&timeline, Qt::LeftButton, {}, bar->rect.center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toString(), u"h1"_s);
    }

    void zoomKeepsTheFrameUnderThePointer()
    {
        Timeline timeline;
        timeline.setData(tests::madeUpTimeline());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        const double before = timeline.timelineLayout().xOf(3000);
        timeline.zoom(4, 3000);
        QVERIFY(std::abs(timeline.timelineLayout().xOf(3000) - before) < 2);
        QCOMPARE(timeline.shownSpan().end - timeline.shownSpan().first, qint64(1514));
        timeline.zoom(1e9, 3000);
        QCOMPARE(timeline.shownSpan().end - timeline.shownSpan().first, qint64(24));
        timeline.zoom(1e-9, 3000);
        QCOMPARE(timeline.shownSpan(), (FrameSpan {0, 6056}));
        timeline.zoom(0, 3000);
        QCOMPARE(timeline.shownSpan(), (FrameSpan {0, 6056}));
    }

    void thePlayheadStaysInView()
    {
        Timeline timeline;
        timeline.setData(tests::madeUpTimeline());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.zoom(8, 0);
        timeline.setPosition(5000);
        QVERIFY(timeline.shownSpan().first <= 5000 && timeline.shownSpan().end > 5000);
        timeline.setPosition(1'000'000);
        QCOMPARE(timeline.position(), qint64(6055));
        timeline.setPosition(-3);
        QCOMPARE(timeline.position(), qint64(0));
    }

    void emptyDataPaints()
    {
        Timeline timeline;
        timeline.setData({});
        timeline.resize(300, timeline.sizeHint().height());
        QVERIFY(!timeline.grab().isNull());
        timeline.zoom(2, 0);
        QTest::keyClick(&timeline, Qt::Key_End);
        QCOMPARE(timeline.position(), qint64(0));
    }

    void assistiveTechnologySeesValueAndChildren()
    {
        Timeline timeline;
        timeline.setData(tests::madeUpTimeline());
        timeline.resize(1000, timeline.sizeHint().height());
        timeline.show();
        timeline.setPosition(2440);
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&timeline);
        QVERIFY(interface);
        QCOMPARE(interface->role(), QAccessible::Slider);
        QCOMPARE(interface->text(QAccessible::Name), u"Timeline"_s);
        QCOMPARE(interface->text(QAccessible::Value), u"00:01:41:16"_s);
        QVERIFY(interface->valueInterface());
        QCOMPARE(interface->valueInterface()->currentValue().toLongLong(), 2440);
        QCOMPARE(interface->childCount(), static_cast<int>(timeline.pieces().size()));
        QAccessibleInterface* first = interface->child(0);
        QVERIFY(first && first->isValid());
        QVERIFY(first->text(QAccessible::Name).contains(u"Violence"_s));
        QCOMPARE(interface->indexOfChild(first), 0);
        QSignalSpy seek(&timeline, &Timeline::seekWanted);
        first->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(seek.count(), 1);
        timeline.setData({});
        QVERIFY(!first->isValid()); // old children never show old facts
        QCOMPARE(interface->childCount(), 0);
        QVERIFY(!interface->child(0));
    }

    void tableTwinHasTheSameFacts()
    {
        TimelineTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const TimelineData data = tests::madeUpTimeline();
        model.setTimelineData(data);
        std::size_t bars = 0;
        for (const TimelineLane& lane : data.lanes)
            bars += lane.bars.size();
        QCOMPARE(model.rowCount(), static_cast<int>(bars + data.marks.size() + data.watched.size()));
        qint64 last = -1;
        for (int row = 0; row < model.rowCount(); ++row) {
            const qint64 frame = model.index(row, 0).data(TimelineTableModel::kFrameRole).toLongLong();
            QVERIFY(frame >= last);
            last = frame;
            for (int column = 0; column < TimelineTableModel::ColumnCount; ++column)
                QVERIFY(!model.index(row, column).data().toString().isEmpty());
        }
        QVERIFY(!model.data(model.index(0, 0), Qt::DecorationRole).isValid());
        QVERIFY(!model.data({}, Qt::DisplayRole).isValid());
        model.setTimelineData({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
