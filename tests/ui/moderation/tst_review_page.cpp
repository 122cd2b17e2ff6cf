#include "review_bench.h"

#include "core/store/workspace_store.h"
#include "core/workbench/decide.h"
#include "core/workbench/events.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/review.h"
#include "core/workbench/workspace.h"
#include "tests/support/patience.h"
#include "ui/moderation/decision_desk.h"
#include "ui/moderation/queue_panel.h"
#include "ui/moderation/review_centre.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/decision_bar.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/toggle_switch.h"
#include "ui/widgets/undo_card.h"
#include "ui/widgets/video_surface.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::moderation;
using namespace vidimus::test;
using namespace Qt::StringLiterals;
using vidimus::moderation::Verdict;

/// Keys through the real window to the real store, with the real worker decoding.
class TestReviewPage : public QObject {
    Q_OBJECT

private:
    static std::optional<vidimus::moderation::Decision> standing(ReviewBench& bench, const AssetId& asset)
    {
        const auto item = workbench::reviewItem(bench.workspace(), asset);
        if (!item)
            return std::nullopt;
        const auto found = std::ranges::find_if(item->decisions, vidimus::moderation::stands);
        return found == item->decisions.end() ? std::nullopt : std::optional(*found);
    }

private Q_SLOTS:
    void passAndEnterWritesADecision()
    {
        ReviewBench bench;
        const AssetId first = bench.ingestClip(u"one"_s);
        const AssetId second = bench.ingestClip(u"two"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(first), 20000);
        bench.press(Qt::Key_P);
        QVERIFY(!standing(bench, first)); // staged only
        QCOMPARE(bench.page().desk().verdict(), Verdict::Pass);
        bench.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(standing(bench, first), kPatienceMs);
        QCOMPARE(standing(bench, first)->verdict, Verdict::Pass);
        // On to the true next one, with nothing staged.
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(second), 20000);
        QVERIFY(!bench.page().desk().verdict());
        QCOMPARE(bench.page().queue().rowOf(first), -1);
        QCOMPARE(bench.page().decided().rowCount(), 1);
    }

    void rejectNeedsAReasonAndTakesItByDigits()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        bench.press(Qt::Key_3); // nothing staged: a digit alone stages nothing
        QVERIFY(!bench.page().desk().verdict());
        bench.press(Qt::Key_X);
        bench.press(Qt::Key_Return);
        QTest::qWait(50);
        QVERIFY(!standing(bench, asset));
        bench.press(Qt::Key_3);
        bench.press(Qt::Key_1);
        bench.press(Qt::Key_X); // no toggle
        QCOMPARE(bench.page().desk().reasonId(), u"violence.graphic"_s);
        bench.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(standing(bench, asset), kPatienceMs);
        QCOMPARE(standing(bench, asset)->verdict, Verdict::Reject);
        QCOMPARE(standing(bench, asset)->reason, u"violence.graphic"_s);
        QTRY_VERIFY_WITH_TIMEOUT(bench.page().currentAsset().isEmpty(), kPatienceMs); // it was the last one
    }

    void whileTheChecksRunAFirstVerdictStands_data()
    {
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("text");
        QTest::newRow("faults") << u"fail"_s << u"First look: faults found"_s;
        QTest::newRow("suspects") << u"warn"_s << u"First look: something to check"_s;
        QTest::newRow("nothing") << u"not_evaluated"_s << u"First look: nothing found so far"_s;
    }

    void whileTheChecksRunAFirstVerdictStands()
    {
        QFETCH(QString, verdict);
        QFETCH(QString, text);
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        const auto isSaid = [&] {
            return std::ranges::any_of(bench.page().findChildren<widgets::Chip*>(),
                [&](const widgets::Chip* chip) { return chip->isVisible() && chip->text() == text; });
        };
        QVERIFY(!isSaid());
        const auto jobs = workbench::listJobs(bench.workspace(), 1);
        QVERIFY(jobs && jobs->size() == 1);
        QVERIFY(bench.workspace().store().write([&](store::UnitOfWork& unit) {
            return unit.jobs.saveProgress(
                jobs->front().id, 0, 0, {{u"first"_s, QJsonObject {{u"verdict"_s, verdict}}}});
        }));
        Q_EMIT bench.workspace().events().jobChanged(jobs->front().id);
        QTRY_VERIFY_WITH_TIMEOUT(isSaid(), 20000);
        // The report takes its place.
        QVERIFY(workbench::checkAsset(bench.workspace(), asset, {}));
        QTRY_VERIFY_WITH_TIMEOUT(!isSaid(), 20000);
    }

    void undoReturnsToTheSameItemAndFrame()
    {
        ReviewBench bench;
        const AssetId first = bench.ingestClip(u"one"_s);
        const AssetId second = bench.ingestClip(u"two"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(first), 20000);
        bench.page().player().seek(17);
        bench.press(Qt::Key_X);
        bench.press(Qt::Key_3);
        bench.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(second), 20000);
        QVERIFY(standing(bench, first));
        bench.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(first), 20000);
        QVERIFY(!standing(bench, first));
        QCOMPARE(bench.page().player().frame(), 17);
        QCOMPARE(bench.page().queue().rowOf(first), 0);
        QCOMPARE(bench.page().decided().rowCount(), 0);
    }

    void sendNowEndsTheWait()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        bench.press(Qt::Key_P);
        bench.press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().decided().rowCount(), 1, kPatienceMs);
        const auto waiting = [&bench] {
            const auto operations = workbench::outboxOperations(bench.workspace());
            return operations && std::ranges::any_of(*operations, [&bench](const catalog::Operation& operation) {
                return operation.kind == catalog::OperationKind::AppendDecision
                    && operation.notBefore > bench.workspace().clock().now();
            });
        };
        QVERIFY(waiting());
        auto* card = bench.page().findChild<widgets::UndoCard*>();
        QVERIFY(card->isVisible());
        Q_EMIT card->sendNowWanted();
        QTRY_VERIFY_WITH_TIMEOUT(!card->isVisible(), kPatienceMs);
        QVERIFY(!waiting());
    }

    void typingInTheFilterDecidesNothing()
    {
        ReviewBench bench;
        const AssetId first = bench.ingestClip(u"one"_s);
        bench.ingestClip(u"two"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(first), 20000);
        bench.press(Qt::Key_X);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Slash);
        auto* filter = qobject_cast<QLineEdit*>(bench.page().filterInput());
        QTRY_VERIFY_WITH_TIMEOUT(filter->hasFocus(), kPatienceMs);
        QTest::keyClicks(filter, u"3pn2"_s);
        QCOMPARE(filter->text(), u"3pn2"_s);
        QVERIFY(bench.page().desk().reasonId().isEmpty());
        QCOMPARE(bench.page().desk().verdict(), Verdict::Reject);
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().queue().rowCount(), 0, kPatienceMs);
        filter->clear();
        QTest::keyClicks(filter, u"two"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().queue().rowCount(), 1, kPatienceMs);
        QTest::keyClick(filter, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(bench.page().baseFocus()->hasFocus(), kPatienceMs);
    }

    void nextAndPreviousKeepTheOrder()
    {
        ReviewBench bench;
        std::vector<AssetId> assets;
        for (const auto& name : {u"one"_s, u"two"_s, u"three"_s})
            assets.push_back(bench.ingestClip(name, 30));
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(assets[0]), 20000);
        bench.press(Qt::Key_N);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(assets[1]), 20000);
        bench.press(Qt::Key_N);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(assets[2]), 20000);
        bench.press(Qt::Key_N); // the last stays
        QCOMPARE(bench.page().currentAsset(), assets[2]);
        bench.press(Qt::Key_N, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(assets[1]), 20000);
        bench.press(Qt::Key_S); // snoozed: goes to the end, the one after it comes
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(assets[2]), 20000);
        QCOMPARE(bench.page().queue().ids(), (std::vector<AssetId> {assets[0], assets[2], assets[1]}));
    }

    void stepsAndSeeksShowExactlyThatFrame()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s, 120);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        Player& player = bench.page().player();
        QImage shown;
        connect(&player, &Player::frameShown, this, [&shown](const QImage& image) { shown = image; });
        const auto numberOnScreen = [&shown] {
            const QImage grey = shown.convertToFormat(QImage::Format_Grayscale8);
            return readFrameNumber(grey.constBits(), grey.bytesPerLine(), grey.width(), grey.height());
        };
        const auto expectFrame = [&](qint64 frame) {
            QTRY_COMPARE_WITH_TIMEOUT(player.shownFrame(), frame, 10000);
            QCOMPARE(player.frame(), frame);
            QCOMPARE(numberOnScreen(), int(frame));
        };
        bench.press(Qt::Key_Right);
        expectFrame(1);
        bench.press(Qt::Key_Period);
        expectFrame(2);
        bench.press(Qt::Key_Left);
        expectFrame(1);
        bench.press(Qt::Key_Right, Qt::AltModifier);
        expectFrame(11);
        bench.press(Qt::Key_Right, Qt::ShiftModifier);
        expectFrame(36);
        bench.press(Qt::Key_End);
        expectFrame(119);
        bench.press(Qt::Key_Right); // the last frame stays
        expectFrame(119);
        bench.press(Qt::Key_Home);
        expectFrame(0);
        bench.press(Qt::Key_G);
        QTest::keyClicks(QApplication::focusWidget(), u"02:07"_s);
        bench.press(Qt::Key_Return);
        expectFrame(57);
        QVERIFY(bench.page().baseFocus()->hasFocus());
    }

    void shuttlePlaysBothWays()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s, 250, true);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        Player& player = bench.page().player();
        bench.press(Qt::Key_L);
        QCOMPARE(player.rate(), 1.0);
        bench.press(Qt::Key_L);
        QCOMPARE(player.rate(), 2.0);
        QTRY_VERIFY_WITH_TIMEOUT(player.shownFrame() > 20, 10000);
        bench.press(Qt::Key_K);
        QCOMPARE(player.rate(), 0.0);
        const qint64 stood = player.frame();
        bench.press(Qt::Key_J);
        QCOMPARE(player.rate(), -1.0);
        QTRY_VERIFY_WITH_TIMEOUT(player.shownFrame() < stood - 5, 10000);
        bench.press(Qt::Key_Space);
        QCOMPARE(player.rate(), 0.0);
        QVERIFY(player.watched().share(player.frameCount()) > 0.05);
    }

    void marksMakeARangeThatGoesWithTheDecision()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        bench.page().player().seek(10);
        bench.press(Qt::Key_I);
        bench.page().player().seek(20);
        bench.press(Qt::Key_O);
        bench.press(Qt::Key_I, Qt::ShiftModifier);
        QCOMPARE(bench.page().player().frame(), 10);
        bench.press(Qt::Key_X);
        bench.press(Qt::Key_4);
        bench.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(standing(bench, asset), kPatienceMs);
        QCOMPARE(standing(bench, asset)->from, Milliseconds(400));
        QCOMPARE(standing(bench, asset)->to, Milliseconds(840)); // half-open: the end of frame 20
    }

    void placeAndMarksComeBackByContent()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        bench.page().player().seek(33);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 10000);
        bench.press(Qt::Key_I);
        bench.press(Qt::Key_E);
        bench.closeWindow();
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(asset), 20000);
        QCOMPARE(bench.page().player().frame(), 33);
        QCOMPARE(bench.page().desk().verdict(), Verdict::Escalate);
        QVERIFY(bench.page().player().watched().share(60) > 0);
        bench.press(Qt::Key_Home);
        bench.press(Qt::Key_I, Qt::ShiftModifier);
        QCOMPARE(bench.page().player().frame(), 33);
    }

    void anUnreadableFileSaysSoAndCanStillBeEscalated()
    {
        ReviewBench bench;
        const AssetId asset = bench.ingestClip(u"one"_s);
        QVERIFY(!asset.isEmpty());
        const auto item = workbench::reviewItem(bench.workspace(), asset);
        QVERIFY(item);
        // The bytes rot away under the store.
        QFile original(bench.workspace().paths().original(item->sha256));
        QVERIFY(original.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(original.open(QIODevice::ReadWrite));
        QVERIFY(original.resize(64));
        original.close();
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.page().findChild<widgets::ErrorCard*>(), 20000);
        bench.press(Qt::Key_P); // cannot be passed unseen
        QVERIFY(!bench.page().desk().verdict());
        bench.press(Qt::Key_E);
        bench.press(Qt::Key_9);
        bench.press(Qt::Key_1);
        bench.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(standing(bench, asset), kPatienceMs);
        QCOMPARE(standing(bench, asset)->verdict, Verdict::Escalate);
    }

    void duplicateNamesTheOtherItem()
    {
        ReviewBench bench;
        const AssetId first = bench.ingestClip(u"one"_s);
        const AssetId second = bench.ingestClip(u"two"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(first), 20000);
        bench.press(Qt::Key_D);
        QVERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
        QTest::keyClicks(QApplication::focusWidget(), u"two"_s);
        bench.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(bench.page().desk().check(), kPatienceMs);
        QVERIFY(bench.page().baseFocus()->hasFocus());
        bench.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(standing(bench, first), kPatienceMs);
        QCOMPARE(standing(bench, first)->duplicateOf, second);
    }

    void theLastReasonRejectsAgain()
    {
        ReviewBench bench;
        const AssetId first = bench.ingestClip(u"one"_s);
        const AssetId second = bench.ingestClip(u"two"_s);
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(first), 20000);
        bench.press(Qt::Key_X, Qt::ShiftModifier); // none was used yet
        QVERIFY(!bench.page().desk().verdict());
        for (const Qt::Key key : {Qt::Key_X, Qt::Key_4, Qt::Key_1, Qt::Key_Return})
            bench.press(key);
        QTRY_VERIFY_WITH_TIMEOUT(bench.isSettledOn(second), 20000);
        bench.press(Qt::Key_X, Qt::ShiftModifier);
        bench.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(standing(bench, second), kPatienceMs);
        QCOMPARE(standing(bench, second)->reason, u"spam.scam"_s);
    }

    void anEmptyQueueSaysSoAndTakesNoDecision()
    {
        ReviewBench bench;
        bench.show();
        QTRY_COMPARE_WITH_TIMEOUT(bench.page().queue().rowCount(), 0, kPatienceMs);
        QVERIFY(bench.page().currentAsset().isEmpty());
        for (const Qt::Key key :
            {Qt::Key_P, Qt::Key_Return, Qt::Key_N, Qt::Key_Space, Qt::Key_Right, Qt::Key_I, Qt::Key_S})
            bench.press(key);
        QCOMPARE(bench.page().decided().rowCount(), 0);
    }
};

QTEST_MAIN(TestReviewPage)
#include "tst_review_page.moc"
