#include "core/workbench/open_input.h"
#include "core/worker/sandboxed_frame_source.h"
#include "core/worker/worker_pool.h"
#include "fake_source.h"
#include "tests/support/patience.h"
#include "ui/moderation/player.h"

#include <QSignalSpy>
#include <QTest>
#include <csignal>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::ui::moderation;
using namespace Qt::StringLiterals;

/// The player over sources and sound devices that do what the test says, and over the real worker.
class TestPlayer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aJumpShowsAPictureNearItAndThenTheFrame()
    {
        Bench bench(1000);
        QSignalSpy near(&bench.player, &Player::nearFrameShown);
        bench.player.seek(550);
        QTRY_COMPARE_WITH_TIMEOUT(bench.player.shownFrame(), 550, kPatienceMs);
        QCOMPARE(near.count(), 1);
        QCOMPARE(near[0][1].toLongLong(), 500);
        QVERIFY(!bench.player.watched().spans().empty());
        for (const auto& span : bench.player.watched().spans())
            QVERIFY(span.span.first > 500 || span.span.end <= 500); // nobody saw what was near
    }

    void aJumpThatIsOvertakenIsGivenUp()
    {
        Bench bench(1000);
        QSignalSpy shown(&bench.player, &Player::frameShown);
        QSignalSpy near(&bench.player, &Player::nearFrameShown);
        bench.source->look([](FakeSource& source) { source.heldFrame = 450; });
        bench.player.seek(450);
        QTRY_COMPARE_WITH_TIMEOUT(near.count(), 1, kPatienceMs);
        bench.player.seek(850);
        QTRY_COMPARE_WITH_TIMEOUT(bench.player.shownFrame(), 850, kPatienceMs);
        QCOMPARE(bench.source->look([](FakeSource& source) { return source.canceled; }), std::vector<qint64> {450});
        for (const auto& call : shown)
            QVERIFY(call[1].toLongLong() != 450);
    }

    void stepsShowEachFrameItself()
    {
        Bench bench(1000);
        bench.player.seek(200);
        QTRY_COMPARE_WITH_TIMEOUT(bench.player.shownFrame(), 200, kPatienceMs);
        bench.source->look([](FakeSource& source) { source.nearAsked.clear(); });
        for (const qint64 step : {1, 1, -1, -1, -1, 5}) {
            const qint64 wanted = bench.player.frame() + step;
            bench.player.step(step);
            QTRY_COMPARE_WITH_TIMEOUT(bench.player.shownFrame(), wanted, kPatienceMs);
        }
        QVERIFY(bench.source->look([](FakeSource& source) { return source.nearAsked.empty(); }));
    }

    void thePictureFollowsWhatIsHeard()
    {
        Bench bench(1000);
        bench.tape.playedAtMost = 4800; // the device stops at 0.1 s
        bench.player.toggle();
        QTRY_VERIFY_WITH_TIMEOUT(bench.tape.written.size() >= 2 * 4800, kPatienceMs);
        QTest::qWait(150);
        QCOMPARE(bench.player.frame(), 2);
        bench.tape.playedAtMost = 12'000; // and goes on to 0.25 s
        QTRY_COMPARE_WITH_TIMEOUT(bench.player.frame(), 6, kPatienceMs);
        // Every sample once, in order, from about where the picture began.
        const auto first = qint64(bench.tape.written.front() * 65536.0F);
        QVERIFY(first < 2400);
        for (std::size_t n = 0; n < bench.tape.written.size(); ++n)
            QCOMPARE(bench.tape.written[n], FakeSource::sampleAt(first + qint64(n / 2)));
        bench.player.setMuted(true);
        QVERIFY(bench.tape.muted);
        QCOMPARE(bench.tape.opened, 1);
    }

    void atDoubleRateEverySecondSampleIsHeard()
    {
        Bench bench(1000);
        bench.tape.playedAtMost = 1;
        bench.player.shuttle(1);
        bench.player.shuttle(1);
        QCOMPARE(bench.player.rate(), 2.0);
        QTRY_VERIFY_WITH_TIMEOUT(bench.tape.written.size() >= 200, kPatienceMs);
        for (std::size_t n = 2; n < 200; n += 2)
            QCOMPARE(bench.tape.written[n] - bench.tape.written[n - 2], 2.0F / 65536);
    }

    void aDeviceThatFailsLeavesThePictureRunning()
    {
        Bench bench(1000);
        bench.tape.playedAtMost = 4800;
        bench.player.toggle();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.tape.written.empty(), kPatienceMs);
        bench.tape.fails = true;
        QTRY_VERIFY_WITH_TIMEOUT(bench.player.frame() > 15, kPatienceMs);
        QCOMPARE(bench.tape.opened, 1);
    }

    void withoutADeviceThePictureRuns()
    {
        Bench bench(1000, false);
        bench.player.toggle();
        QTRY_VERIFY_WITH_TIMEOUT(bench.player.frame() > 5, kPatienceMs);
        QVERIFY(bench.tape.written.empty());
    }

    /// Some servers take a second before they play; the sound then jumps to the picture instead of beginning again.
    void aDeviceThatBeginsLateIsNotStartedAgain()
    {
        OutputTape tape;
        SoundPlayer sound([&tape] { return std::make_unique<FakeOutput>(tape); });
        FakeSource source(1000);
        connect(&sound, &SoundPlayer::blockWanted, this,
            [&](qint64 first, qint64 count) { sound.put(first, *source.audio(first, count, {})); });
        QVERIFY(!sound.play(0, 1));
        QCOMPARE(tape.written.size(), std::size_t(2 * 4800)); // its room
        QVERIFY(!sound.play(1, 1)); // silent so far
        tape.playedAtMost = 2400;
        QVERIFY(!sound.play(1, 1)); // what is heard is a second old
        tape.written.clear();
        tape.playedAtMost = 4800;
        const auto heard = sound.play(1.05, 1);
        QVERIFY(heard);
        QVERIFY(std::abs(*heard - 1.05) < 0.06);
        QVERIFY(!tape.written.empty());
        QCOMPARE(tape.written.front(), FakeSource::sampleAt(48000 + 4800));
        QCOMPARE(tape.opened, 1);
    }

    void aWorkerThatDiesWhilePlayingIsReplacedAtTheSameFrame()
    {
        const QString clip = QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/bbb_720p25_5.1.mp4");
        const auto input = workbench::openInput(clip);
        QVERIFY(input);
        worker::WorkerPool workers(worker::WorkerOptions {.allowBubblewrap = false, .keepWarm = false});
        std::shared_ptr<media::FrameSource> source;
        Player player([] { return std::unique_ptr<SoundOutput>(); });
        QSignalSpy restarted(&player, &Player::decoderRestarted);
        QSignalSpy failed(&player, &Player::frameFailed);
        QSignalSpy shown(&player, &Player::frameShown);
        player.open(
            [&]() -> Result<std::shared_ptr<media::FrameSource>> {
                auto opened = workers.openFrames(input->get());
                if (!opened)
                    return opened.error();
                source = std::move(*opened);
                return source;
            },
            {});
        QTRY_VERIFY_WITH_TIMEOUT(player.shownFrame() == 0, 20'000);
        player.toggle();
        QTRY_VERIFY_WITH_TIMEOUT(player.shownFrame() > 10, 20'000);
        // The pid does not change until the worker is gone.
        const auto* sandboxed = dynamic_cast<worker::SandboxedFrameSource*>(source.get());
        QVERIFY(sandboxed);
        const pid_t pid = sandboxed->workerPid();
        QVERIFY(pid > 0);
        QCOMPARE(kill(pid, SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(restarted.count(), 1, 20'000);
        QCOMPARE(restarted[0][0].toInt(), 1);
        const qint64 after = player.shownFrame();
        QTRY_VERIFY_WITH_TIMEOUT(player.shownFrame() > after, 20'000);
        player.stop();
        QTRY_COMPARE_WITH_TIMEOUT(player.shownFrame(), player.frame(), 20'000);
        QCOMPARE(failed.count(), 0);
        for (qsizetype n = 1; n < shown.count(); ++n)
            QVERIFY(shown[n][1].toLongLong() > shown[n - 1][1].toLongLong());
    }

private:
    struct Bench {
        explicit Bench(qint64 frames, bool withDevice = true)
            : source(std::make_shared<FakeSource>(frames))
            , player([this, withDevice]() -> std::unique_ptr<SoundOutput> {
                return withDevice ? std::make_unique<FakeOutput>(tape) : nullptr;
            })
        {
            player.open(
                [this]() -> Result<std::shared_ptr<media::FrameSource>> {
                    return std::shared_ptr<media::FrameSource>(source);
                },
                {});
            if (!QTest::qWaitFor([this] { return player.shownFrame() == 0; }, kPatienceMs))
                qFatal("the first frame is not shown");
        }
        OutputTape tape;
        std::shared_ptr<FakeSource> source;
        Player player;
    };
};

QTEST_MAIN(TestPlayer)
#include "tst_player.moc"
