#include "core/media/player_clock.h"

#include <QTest>
#include <limits>
#include <random>

using namespace vidimus;
using namespace vidimus::media;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A hundred frames at 25 a second: four seconds.
FrameIndex hundredFrames()
{
    std::vector<FrameIndexEntry> entries;
    for (int n = 0; n < 100; ++n)
        entries.push_back({.pts = n, .duration = 1, .key = n % 25 == 0});
    return FrameIndex({1, 25}, {0, 1}, entries);
}

/// Uneven frames, as a phone records them.
FrameIndex unevenFrames()
{
    std::vector<FrameIndexEntry> entries;
    qint64 pts = 1'000;
    for (int n = 0; n < 60; ++n) {
        const qint64 duration = 17 + (n * 29) % 120;
        entries.push_back({.pts = pts, .duration = duration, .key = n % 12 == 0});
        pts += duration;
    }
    return FrameIndex({1, 1000}, {1, 1}, entries);
}

/// A player driven by words: "L", "J", "K", "play", "pause", "toggle", "slow+", "slow-", "w500" (half a second
/// passes), "step3", "step-1", "seek50", "loop10-20", "noloop", "sync900" (the sound is at 0.9 s).
class Driver {
public:
    explicit Driver(FrameIndex index, double duration)
        : clock(std::move(index), duration)
    {
    }
    void obey(const QString& words)
    {
        const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
        for (const QString& word : list)
            obeyOne(word);
        clock.advance(now);
    }
    PlayerClock clock;
    PlayerClock::Time now {0};

private:
    void obeyOne(const QString& word)
    {
        const auto number = [&word](qsizetype prefix) { return word.mid(prefix).toLongLong(); };
        if (word == u"L")
            clock.shuttleForward(now);
        else if (word == u"J")
            clock.shuttleBackward(now);
        else if (word == u"K")
            clock.shuttleStop(now);
        else if (word == u"play")
            clock.play(now);
        else if (word == u"pause")
            clock.pause(now);
        else if (word == u"toggle")
            clock.toggle(now);
        else if (word == u"noloop")
            clock.setLoop(std::nullopt);
        else if (word.startsWith(u"slow"))
            clock.slow(now, word.endsWith(u'-') ? -1 : 1);
        else if (word.startsWith(u"step"))
            clock.step(now, number(4));
        else if (word.startsWith(u"seek"))
            clock.seekToFrame(now, number(4));
        else if (word.startsWith(u"sync"))
            clock.syncToAudio(now, double(number(4)) / 1000);
        else if (word.startsWith(u"loop"))
            clock.setLoop(
                FrameRange {word.section(u'-', 0, 0).mid(4).toLongLong(), word.section(u'-', 1).toLongLong()});
        else if (word.startsWith(u'w'))
            clock.advance(now += std::chrono::milliseconds(number(1)));
        else
            qFatal("unknown word %s", qPrintable(word));
    }
};

} // namespace

/// The transport as a table: what a person presses, and what the player then does.
class TestPlayerStates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keysLeadToStates_data();
    void keysLeadToStates();
    void startsOverWhenTheSoundOutlastsThePicture_data();
    void startsOverWhenTheSoundOutlastsThePicture();
    void aLoopOfTheLastFramesEndsWithThem();
    void stepsBeyondEveryNumberStayInside_data();
    void stepsBeyondEveryNumberStayInside();
    void everyFrameOfAnUnevenFileIsSteppedOnce();
    void staysInsideWhateverIsPressed();
};

void TestPlayerStates::keysLeadToStates_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("frame");
    const auto row = [](const char* words, double rate, int frame) {
        QTest::newRow(words) << QString::fromLatin1(words) << rate << frame;
    };
    row("L L w500", 2, 25);
    row("L L L K L", 1, 0);
    row("J L", 1, 0);
    row("seek50 J J w500", -2, 25);
    row("seek50 L L J", -1, 50);
    row("seek50 J J J L", 1, 50);
    row("slow+ w1000", 0.25, 6);
    row("seek50 slow- w1000", -0.25, 43);
    row("slow+ L", 1, 0);
    row("seek9 slow- J", -1, 9);
    row("toggle w200 toggle w1000", 0, 5);
    row("play w200 pause w1000 play w200", 1, 10);
    row("step3 step-1", 0, 2);
    row("L w200 step1 w1000", 0, 6);
    row("seek50 J w200 step-1", 0, 44);
    row("seek99 play", 1, 0);
    row("seek99 toggle", 1, 0);
    row("seek98 play w40", 1, 99);
    row("seek99 L w80", 0, 99);
    row("J w100", 0, 0);
    row("seek1 J w30 L", 1, 0);
    row("L L L L L L w100", 16, 40);
    row("L w9000 J w1000", -1, 74);
    row("loop10-20 seek10 play w600", 1, 15);
    row("loop10-20 seek10 L L w500", 2, 15);
    row("loop10-20 seek15 J w400", -1, 15);
    row("loop10-20 seek15 J w60000", -1, 15);
    row("loop10-20 seek0 play w40", 1, 1);
    row("loop10-20 seek10 play w600 noloop w1000", 1, 40);
    row("loop10-20 loop5-5 seek10 play w600", 1, 15);
    row("loop90-900 seek90 play w600", 1, 95);
    row("play sync900 w100", 1, 25);
    row("L L sync900", 2, 22);
    row("L L L sync900", 4, 0);
    row("sync900", 0, 0);
    row("seek50 slow- sync1000", -0.25, 25);
}

void TestPlayerStates::keysLeadToStates()
{
    QFETCH(QString, words);
    QFETCH(double, rate);
    QFETCH(int, frame);
    Driver driver(hundredFrames(), 4);
    driver.obey(words);
    QCOMPARE(driver.clock.rate(), rate);
    QCOMPARE(driver.clock.frame(), frame);
    QCOMPARE(driver.clock.isPlaying(), rate != 0);
}

void TestPlayerStates::startsOverWhenTheSoundOutlastsThePicture_data()
{
    QTest::addColumn<double>("duration");
    QTest::newRow("as long") << 4.0;
    QTest::newRow("shorter sound") << 3.5;
    QTest::newRow("the last packet of AAC") << 4.0213;
    QTest::newRow("credits in the dark") << 30.0;
}

void TestPlayerStates::startsOverWhenTheSoundOutlastsThePicture()
{
    QFETCH(double, duration);
    Driver driver(hundredFrames(), duration);
    driver.obey(u"play w60000"_s);
    QVERIFY(!driver.clock.isPlaying());
    QCOMPARE(driver.clock.frame(), 99);
    driver.obey(u"play"_s);
    QCOMPARE(driver.clock.frame(), 0);
    QVERIFY(driver.clock.isPlaying());
    driver.obey(u"w60000 toggle"_s);
    QCOMPARE(driver.clock.frame(), 0);
    driver.obey(u"w60000 step-1"_s);
    QCOMPARE(driver.clock.frame(), 98);
}

void TestPlayerStates::aLoopOfTheLastFramesEndsWithThem()
{
    Driver driver(hundredFrames(), 10);
    driver.obey(u"loop90-100 seek90 play w600"_s); // 0.4 s a round
    QCOMPARE(driver.clock.frame(), 95);
    QVERIFY(driver.clock.seconds() < 4.0);
}

void TestPlayerStates::stepsBeyondEveryNumberStayInside_data()
{
    QTest::addColumn<qint64>("frames");
    QTest::addColumn<int>("frame");
    QTest::newRow("as far as numbers go") << std::numeric_limits<qint64>::max() << 99;
    QTest::newRow("as far back") << std::numeric_limits<qint64>::min() << 0;
    QTest::newRow("one more than there are") << qint64(50) << 99;
    QTest::newRow("none") << qint64(0) << 50;
}

void TestPlayerStates::stepsBeyondEveryNumberStayInside()
{
    QFETCH(qint64, frames);
    QFETCH(int, frame);
    Driver driver(hundredFrames(), 4);
    driver.obey(u"seek50"_s);
    driver.clock.step(0s, frames);
    QCOMPARE(driver.clock.frame(), frame);
}

void TestPlayerStates::everyFrameOfAnUnevenFileIsSteppedOnce()
{
    Driver driver(unevenFrames(), 0);
    for (int n = 0; n < 60; ++n) {
        QCOMPARE(driver.clock.frame(), n);
        driver.obey(u"step1"_s);
    }
    for (int n = 59; n >= 0; --n) {
        QCOMPARE(driver.clock.frame(), n);
        driver.obey(u"step-1"_s);
    }
}

void TestPlayerStates::staysInsideWhateverIsPressed()
{
    const QStringList words {u"L"_s, u"J"_s, u"K"_s, u"play"_s, u"toggle"_s, u"slow+"_s, u"slow-"_s, u"w7"_s, u"w333"_s,
        u"w5000"_s, u"step1"_s, u"step-3"_s, u"seek55"_s, u"seek-9"_s, u"seek999"_s, u"loop10-20"_s, u"loop50-60"_s,
        u"noloop"_s, u"sync1500"_s, u"sync99999"_s};
    const double end = unevenFrames().endTime().toDouble();
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random(seed);
        Driver driver(unevenFrames(), seed % 2 == 0 ? 0 : end + 1);
        QString pressed;
        for (int n = 0; n < 40; ++n) {
            const QString& word = words[qsizetype(random() % std::size_t(words.size()))];
            pressed += word + u' ';
            driver.obey(word);
            const double seconds = driver.clock.seconds();
            QVERIFY2(seconds >= 0 && seconds <= end + 1.000'001 && std::abs(driver.clock.rate()) <= 16
                    && driver.clock.frame() >= 0 && driver.clock.frame() < 60,
                qPrintable(pressed));
        }
    }
}

QTEST_GUILESS_MAIN(TestPlayerStates)
#include "tst_player_states.moc"
