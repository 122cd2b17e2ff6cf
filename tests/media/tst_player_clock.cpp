#include "core/media/player_clock.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::media;
using namespace std::chrono_literals;

namespace {

FrameIndex hundredFrames()
{
    std::vector<FrameIndexEntry> entries;
    for (int n = 0; n < 100; ++n)
        entries.push_back({.pts = n, .duration = 1, .key = n % 25 == 0});
    return FrameIndex({1, 25}, {0, 1}, entries);
}

} // namespace

class TestPlayerClock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void playsInTimeAndStopsOnTheLastFrame()
    {
        PlayerClock clock(hundredFrames(), 4);
        QCOMPARE(clock.frame(), 0);
        QVERIFY(!clock.isPlaying());
        clock.play(10s);
        clock.advance(11s);
        QCOMPARE(clock.frame(), 25);
        clock.advance(20s);
        QCOMPARE(clock.frame(), 99);
        QVERIFY(!clock.isPlaying());
        clock.play(21s);
        QCOMPARE(clock.frame(), 0);
    }
    void shuttleDoublesTurnsAndResets()
    {
        PlayerClock clock(hundredFrames(), 4);
        for (const double rate : {1.0, 2.0, 4.0, 8.0, 16.0, 16.0}) {
            clock.shuttleForward(0s);
            QCOMPARE(clock.rate(), rate);
        }
        clock.shuttleBackward(0s);
        QCOMPARE(clock.rate(), -1.0);
        clock.shuttleBackward(0s);
        QCOMPARE(clock.rate(), -2.0);
        clock.shuttleStop(0s);
        QVERIFY(!clock.isPlaying());
        clock.shuttleForward(0s);
        QCOMPARE(clock.rate(), 1.0);
        clock.slow(0s, -1);
        QCOMPARE(clock.rate(), -0.25);
        clock.shuttleForward(0s);
        QCOMPARE(clock.rate(), 1.0);
    }
    void runsBackwardsToTheFirstFrame()
    {
        PlayerClock clock(hundredFrames(), 4);
        clock.seekToFrame(0s, 50);
        clock.shuttleBackward(0s);
        clock.advance(1s);
        QCOMPARE(clock.frame(), 25);
        clock.advance(5s);
        QCOMPARE(clock.frame(), 0);
        QVERIFY(!clock.isPlaying());
    }
    void stepsWholeFramesAndStaysInside()
    {
        PlayerClock clock(hundredFrames(), 4);
        clock.play(0s);
        clock.step(400ms, 1);
        QCOMPARE(clock.frame(), 11);
        QVERIFY(!clock.isPlaying());
        for (int n = 12; n < 99; ++n) {
            clock.step(1s, 1);
            QCOMPARE(clock.frame(), n);
        }
        clock.step(1s, 1000);
        QCOMPARE(clock.frame(), 99);
        clock.step(1s, -1);
        QCOMPARE(clock.frame(), 98);
        clock.step(1s, -1000);
        QCOMPARE(clock.frame(), 0);
    }
    void loopsBothWays()
    {
        PlayerClock clock(hundredFrames(), 4);
        clock.setLoop(FrameRange {25, 50});
        clock.seekToFrame(0s, 25);
        clock.play(0s);
        clock.advance(2500ms);
        QCOMPARE(clock.frame(), 37);
        QVERIFY(clock.isPlaying());
        clock.setRate(2500ms, -1);
        clock.advance(3500ms);
        QCOMPARE(clock.frame(), 37);
        clock.setLoop(FrameRange {30, 30});
        QCOMPARE(clock.loop(), (FrameRange {25, 50}));
        clock.setLoop(std::nullopt);
        QVERIFY(!clock.loop());
    }
    void soundIsTheMasterWhenItCanBeHeard()
    {
        PlayerClock clock(hundredFrames(), 4);
        clock.play(0s);
        QVERIFY(clock.isAudible());
        clock.syncToAudio(1s, 0.9);
        QCOMPARE(clock.seconds(), 0.9);
        clock.advance(2s);
        QCOMPARE(clock.seconds(), 1.9);
        clock.setRate(2s, 4);
        QVERIFY(!clock.isAudible());
        clock.syncToAudio(2s, 0.1);
        QCOMPARE(clock.seconds(), 1.9);
        clock.pause(2s);
        QVERIFY(!clock.isAudible());
    }
    void worksWithSoundOnly()
    {
        PlayerClock clock(FrameIndex(), 3);
        QCOMPARE(clock.frame(), -1);
        clock.play(0s);
        clock.advance(1s);
        QCOMPARE(clock.seconds(), 1.0);
        clock.step(1s, 1);
        QCOMPARE(clock.seconds(), 1.0);
        clock.play(1s);
        clock.advance(9s);
        QCOMPARE(clock.seconds(), 3.0);
        QVERIFY(!clock.isPlaying());
    }
    void ignoresNumbersThatAreNone()
    {
        PlayerClock clock(hundredFrames(), 4);
        clock.seekToTime(0s, std::numeric_limits<double>::quiet_NaN());
        QCOMPARE(clock.frame(), 0);
        clock.setRate(0s, std::numeric_limits<double>::infinity());
        QVERIFY(!clock.isPlaying());
        clock.setRate(0s, 100);
        QCOMPARE(clock.rate(), 16.0);
    }
};

QTEST_GUILESS_MAIN(TestPlayerClock)
#include "tst_player_clock.moc"
