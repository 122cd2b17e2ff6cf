#include "core/media/timecode.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::media;
using namespace Qt::StringLiterals;

namespace {

/// Counts as a machine with four wheels does: SMPTE ST 12-1 says which numbers the frame wheel leaves out.
struct Wheels {
    int fps = 30;
    int dropped = 0;
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    int frames = 0;

    void turn()
    {
        if (++frames < fps)
            return;
        frames = 0;
        if (++seconds < 60)
            return;
        seconds = 0;
        if (++minutes == 60) {
            minutes = 0;
            ++hours;
        }
        if (minutes % 10 != 0)
            frames = dropped;
    }
    [[nodiscard]] QString text() const
    {
        const auto two = [](int value) { return QString::number(value).rightJustified(2, u'0'); };
        return two(hours) + u':' + two(minutes) + u':' + two(seconds) + (dropped > 0 ? u';' : u':') + two(frames);
    }
    /// Around every full second of the first two and last minutes of ten, and a sample of all others.
    [[nodiscard]] bool isWorthLooking(qint64 frame) const
    {
        const bool atMinute = (seconds == 0 && frames < 6) || (seconds == 59 && frames >= fps - 2);
        return atMinute || frame % 1009 == 0;
    }
};

} // namespace

/// Timecode of a whole day against wheels that turn frame by frame.
class TestTimecodeDay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithCountingFrameByFrame_data();
    void agreesWithCountingFrameByFrame();
    void staysWithTheClockOnTheWall_data();
    void staysWithTheClockOnTheWall();
    void numbersLeftOutAreRefused_data();
    void numbersLeftOutAreRefused();
    void choosesTheCountingForRatesAsFilesWriteThem_data();
    void choosesTheCountingForRatesAsFilesWriteThem();
};

void TestTimecodeDay::agreesWithCountingFrameByFrame_data()
{
    QTest::addColumn<int>("fps");
    QTest::addColumn<int>("dropped");
    QTest::newRow("23.976 and 24") << 24 << 0;
    QTest::newRow("25") << 25 << 0;
    QTest::newRow("29.97 drop-frame") << 30 << 2;
    QTest::newRow("30") << 30 << 0;
    QTest::newRow("50") << 50 << 0;
    QTest::newRow("59.94 drop-frame") << 60 << 4;
    QTest::newRow("120") << 120 << 0;
}

void TestTimecodeDay::agreesWithCountingFrameByFrame()
{
    QFETCH(int, fps);
    QFETCH(int, dropped);
    const TimecodeRate rate {.nominalFps = fps, .dropFrame = dropped > 0};
    Wheels wheels {.fps = fps, .dropped = dropped};
    for (qint64 frame = 0; wheels.hours < 24; ++frame, wheels.turn()) {
        if (!wheels.isWorthLooking(frame))
            continue;
        const QString text = timecodeText(frame, rate);
        if (text != wheels.text())
            QCOMPARE(text, wheels.text());
        const auto back = parseTimecode(text, rate);
        if (!back || *back != frame)
            QFAIL(qPrintable(u"%1 is not read back as %2"_s.arg(text).arg(frame)));
    }
}

void TestTimecodeDay::staysWithTheClockOnTheWall_data()
{
    QTest::addColumn<int>("fps");
    QTest::newRow("29.97") << 30;
    QTest::newRow("59.94") << 60;
}

void TestTimecodeDay::staysWithTheClockOnTheWall()
{
    QFETCH(int, fps);
    const TimecodeRate rate {.nominalFps = fps, .dropFrame = true};
    // Drop-frame exists so that an hour of timecode is an hour: never further off than 2.6 frames of 30, and 86.4 ms
    // (known and accepted) after a day.
    for (int hour = 1; hour <= 24; ++hour) {
        const auto frame = parseTimecode(u"%1:00:00;00"_s.arg(hour, 2, 10, QChar(u'0')), rate);
        QVERIFY(frame);
        const double realSeconds = double(*frame) * 1001 / (fps * 1000.0);
        QVERIFY(std::abs(realSeconds - hour * 3600.0) < 0.0037 * hour);
    }
}

void TestTimecodeDay::numbersLeftOutAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("fps");
    QTest::addColumn<bool>("exists");
    QTest::newRow("30: first of a minute") << u"00:09:00;00"_s << 30 << false;
    QTest::newRow("30: second of a minute") << u"23:59:00;01"_s << 30 << false;
    QTest::newRow("30: third of a minute") << u"00:09:00;02"_s << 30 << true;
    QTest::newRow("30: first of the tenth") << u"00:20:00;00"_s << 30 << true;
    QTest::newRow("30: first of another second") << u"00:09:01;00"_s << 30 << true;
    QTest::newRow("60: fourth of a minute") << u"00:01:00;03"_s << 60 << false;
    QTest::newRow("60: fifth of a minute") << u"00:01:00;04"_s << 60 << true;
    QTest::newRow("60: first of an hour") << u"01:00:00;00"_s << 60 << true;
    QTest::newRow("short form of one") << u"1:00;01"_s << 30 << false;
}

void TestTimecodeDay::numbersLeftOutAreRefused()
{
    QFETCH(QString, text);
    QFETCH(int, fps);
    QFETCH(bool, exists);
    const auto frame = parseTimecode(text, {.nominalFps = fps, .dropFrame = true});
    QCOMPARE(bool(frame), exists);
    QVERIFY(parseTimecode(text, {.nominalFps = fps, .dropFrame = false}));
}

void TestTimecodeDay::choosesTheCountingForRatesAsFilesWriteThem_data()
{
    QTest::addColumn<qint64>("num");
    QTest::addColumn<qint64>("den");
    QTest::addColumn<int>("fps");
    QTest::addColumn<bool>("drop");
    QTest::newRow("29.97 in decimals") << qint64(2997) << qint64(100) << 30 << true;
    QTest::newRow("averaged 29.97") << qint64(2'997'003) << qint64(100'000) << 30 << true;
    QTest::newRow("59.94 in decimals") << qint64(5994) << qint64(100) << 60 << true;
    QTest::newRow("23.976 in decimals") << qint64(23'976) << qint64(1000) << 24 << false;
    QTest::newRow("119.88") << qint64(120'000) << qint64(1001) << 120 << true;
    QTest::newRow("30 exactly") << qint64(90'000) << qint64(3000) << 30 << false;
    QTest::newRow("half a frame a second") << qint64(1) << qint64(2) << 1 << false;
    QTest::newRow("a slide a minute") << qint64(1) << qint64(60) << 1 << false;
    QTest::newRow("nonsense") << qint64(90'000) << qint64(1) << 25 << false;
    QTest::newRow("negative") << qint64(-25) << qint64(1) << 25 << false;
    QTest::newRow("no denominator") << qint64(25) << qint64(0) << 25 << false;
}

void TestTimecodeDay::choosesTheCountingForRatesAsFilesWriteThem()
{
    QFETCH(qint64, num);
    QFETCH(qint64, den);
    QFETCH(int, fps);
    QFETCH(bool, drop);
    QCOMPARE(timecodeRateFor({num, den}), (TimecodeRate {fps, drop}));
}

QTEST_GUILESS_MAIN(TestTimecodeDay)
#include "tst_timecode_day.moc"
