#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/gate_strip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/level_meter.h"
#include "ui/widgets/segment_grid.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/step_truth.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/undo_card.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QSignalSpy>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui::widgets;
using namespace Qt::StringLiterals;

class TestWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void theRingFollowsKeysAndNotTheMouse()
    {
        QWidget window;
        auto* layout = new QHBoxLayout(&window);
        auto* first = new Button(u"First"_s, Button::Kind::Plain, &window);
        auto* second = new Button(u"Second"_s, Button::Kind::Plain, &window);
        layout->addWidget(first);
        layout->addWidget(second);
        auto* ring = new FocusRing(&window);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        second->setFocus(Qt::MouseFocusReason);
        QVERIFY(!ring->isVisible());
        first->setFocus(Qt::TabFocusReason);
        QVERIFY(ring->isVisible());
        QCOMPARE(ring->target(), first);
        QVERIFY(ring->geometry().contains(first->geometry().adjusted(-2, -2, 2, 2))); // outside the control
        QTest::keyClick(first, Qt::Key_Tab);
        QCOMPARE(ring->target(), second);
        second->hide();
        QCOMPARE(ring->target(), first); // the focus goes on, and the ring with it
        second->show();
        second->setFocus(Qt::MouseFocusReason);
        QVERIFY(!ring->isVisible());
    }

    void buttonsAreKeyOperableAndExplainThemselves()
    {
        Button button(u"Publish"_s, Button::Kind::Primary);
        button.show();
        QSignalSpy clicked(&button, &Button::clicked);
        QTest::keyClick(&button, Qt::Key_Space);
        QCOMPARE(clicked.count(), 1);
        const int plain = button.sizeHint().width();
        button.setKeyHint(u"Enter"_s);
        QVERIFY(button.sizeHint().width() > plain);
        QCOMPARE(button.sizeHint().height(), 28);
        button.setDisabledReason(u"Blocked by rights in GB"_s);
        QVERIFY(!button.isEnabled());
        QCOMPARE(button.toolTip(), u"Blocked by rights in GB"_s);
        button.setDisabledReason({});
        QVERIFY(button.isEnabled());
    }

    void arrowsMoveTheSegments()
    {
        SegmentedControl control;
        control.setSegments({{u"a"_s, u"One"_s, 0}, {u"b"_s, u"Two"_s, 4}, {u"c"_s, u"Three"_s, 0}});
        control.setCurrent(u"a"_s);
        control.resize(control.sizeHint());
        control.show();
        QSignalSpy chosen(&control, &SegmentedControl::chosen);
        QTest::keyClick(&control, Qt::Key_Left);
        QCOMPARE(chosen.count(), 0);
        QTest::keyClick(&control, Qt::Key_Right);
        QCOMPARE(control.current(), u"b"_s);
        QCOMPARE(control.accessibleDescription(), u"Two"_s);
        QTest::mouseClick(&control, Qt::LeftButton, {}, {control.width() - 5, 10});
        QCOMPARE(chosen.count(), 2);
        QCOMPARE(control.current(), u"c"_s);
        QTest::mouseClick(&control, Qt::LeftButton, {}, {control.width() - 5, 10});
        QCOMPARE(chosen.count(), 2); // the same again is no choice
    }

    void rowsWrapWhereTheWidthEnds()
    {
        QWidget holder;
        auto* layout = new FlowLayout(8);
        holder.setLayout(layout);
        for (int i = 0; i < 3; ++i) {
            auto* item = new QWidget;
            item->setFixedSize(100, 28);
            layout->addWidget(item);
        }
        QCOMPARE(layout->heightForWidth(316), 28);
        QCOMPARE(layout->heightForWidth(315), 64);
        QCOMPARE(layout->heightForWidth(10), 100);
        holder.resize(216, 80);
        holder.show();
        QCOMPARE(layout->itemAt(2)->geometry().topLeft(), QPoint(0, 36));
        delete layout->takeAt(0);
        QCOMPARE(layout->count(), 2);
        QVERIFY(!layout->takeAt(7));
    }

    void longTextIsElidedAndKeptForAssistiveTechnology()
    {
        TextLabel label(u"Roundabout compilation of all the towns"_s);
        label.resize(60, 18);
        QVERIFY(label.isElided());
        QCOMPARE(label.accessibleName(), u"Roundabout compilation of all the towns"_s);
        QVERIFY(label.minimumSizeHint().width() < 60);
        label.setKeepsWidth(true);
        QCOMPARE(label.minimumSizeHint(), label.sizeHint());
    }

    void theCardCopiesAllFiveParts()
    {
        ErrorCard card(u"2160p stopped"_s, errorText({ErrorCode::DiskFull, u"ENOSPC"_s, {}}));
        QSignalSpy copied(&card, &ErrorCard::detailsCopied);
        for (auto* button : card.findChildren<Button*>())
            button->click();
        QCOMPARE(copied.count(), 1);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"ENOSPC"_s));
        QCOMPARE(card.addAction(u"One"_s)->kind(), Button::Kind::Primary);
        QCOMPARE(card.addAction(u"Two"_s)->kind(), Button::Kind::Plain);
    }

    void undoStaysWhereRoomIsShort()
    {
        QWidget holder;
        UndoCard card(&holder);
        card.showDecision(u"cross"_s, Ink::Rejected, u"Rejected #88212"_s);
        card.setTimeLeft(Milliseconds(6100), Milliseconds(10000));
        QSignalSpy undo(&card, &UndoCard::undoWanted);
        card.resize(188, 94);
        holder.show();
        int visible = 0;
        for (auto* button : card.findChildren<Button*>()) {
            if (!button->isVisible())
                continue;
            ++visible;
            button->click();
        }
        QCOMPARE(visible, 1);
        QCOMPARE(undo.count(), 1);
        card.setTimeLeft(Milliseconds(-5), Milliseconds(0)); // nothing left, no division by zero
        QVERIFY(!card.grab().isNull());
    }

    void paintedWidgetsSayWhatTheyShow()
    {
        GateStrip gates;
        gates.setGates({GateState::Passed, GateState::Blocked});
        QCOMPARE(gates.accessibleName(), u"1 of 2 gates passed"_s);
        SegmentGrid segments;
        segments.setCells(std::vector<SegmentGrid::Cell>(325, SegmentGrid::Cell::Kept));
        QVERIFY(segments.accessibleName().contains(u"325 kept"_s));
        QCOMPARE(segments.heightForWidth(460), 7 * 12);
        StepTruth truth;
        truth.setSteps({{u"Stored"_s, u"here"_s, u"12:00"_s, StepTruth::State::Done},
            {u"Sent"_s, {}, {}, StepTruth::State::Open}});
        QCOMPARE(truth.accessibleName(), u"1 of 2 steps are true"_s);
        LevelMeter meter;
        meter.setChannels({{u"L"_s, -11, -5}, {u"R"_s, -200, 40}});
        QVERIFY(meter.accessibleDescription().contains(u"L"_s));
        meter.resize(46, 200);
        QVERIFY(!meter.grab().isNull());
        Chip chip(u"Late in 9 m"_s, Ink::Warning);
        QCOMPARE(chip.accessibleName(), u"Late in 9 m"_s);
        Badge badge;
        badge.setCount(0);
        QVERIFY(badge.isHidden());
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
