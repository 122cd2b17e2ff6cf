#include "core/media/timecode.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::media;
using namespace Qt::StringLiterals;

class TestTimecode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void printsAndReadsBack_data()
    {
        QTest::addColumn<qint64>("frame");
        QTest::addColumn<int>("fps");
        QTest::addColumn<bool>("drop");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << qint64(0) << 25 << false << u"00:00:00:00"_s;
        QTest::newRow("25") << qint64(90'123) << 25 << false << u"01:00:04:23"_s;
        QTest::newRow("24") << qint64(23) << 24 << false << u"00:00:00:23"_s;
        // SMPTE ST 12-1: 1798 and 1799 are :28 and :29, then 00 and 01 are left out.
        QTest::newRow("drop before") << qint64(1799) << 30 << true << u"00:00:59;29"_s;
        QTest::newRow("drop after") << qint64(1800) << 30 << true << u"00:01:00;02"_s;
        QTest::newRow("tenth minute keeps all") << qint64(17982) << 30 << true << u"00:10:00;00"_s;
        QTest::newRow("an hour") << qint64(107892) << 30 << true << u"01:00:00;00"_s;
        QTest::newRow("drop 60") << qint64(3600) << 60 << true << u"00:01:00;04"_s;
        QTest::newRow("hours do not wrap") << qint64(25 * 3600 * 30) << 25 << false << u"30:00:00:00"_s;
    }
    void printsAndReadsBack()
    {
        QFETCH(qint64, frame);
        QFETCH(int, fps);
        QFETCH(bool, drop);
        QFETCH(QString, text);
        const TimecodeRate rate {.nominalFps = fps, .dropFrame = drop};
        QCOMPARE(timecodeText(frame, rate), text);
        const auto back = parseTimecode(text, rate);
        QVERIFY(back);
        QCOMPARE(*back, frame);
    }
    void everyFrameOfTwentyMinutesComesBack()
    {
        const TimecodeRate rate {.nominalFps = 30, .dropFrame = true};
        for (qint64 frame = 0; frame < 36'000; ++frame) {
            const auto back = parseTimecode(timecodeText(frame, rate), rate);
            QVERIFY(back && *back == frame);
        }
    }
    void readsShortForms()
    {
        QCOMPARE(*parseTimecode(u"12:05", {}), 12 * 25 + 5);
        QCOMPARE(*parseTimecode(u" 7 ", {}), 7);
        QCOMPARE(*parseTimecode(u"01:00:00.10", {}), 90'010 - 90'000 + 3600 * 25);
    }
    void refusesWhatIsNoTimecode()
    {
        for (const QStringView text : {u"", u"a", u"00:60:00:00", u"00:00:60:00", u"00:00:00:25", u"1:2:3:4:5", u"-1",
                 u"00::00:00", u"1234567:00:00:00"}) {
            const auto parsed = parseTimecode(text, {});
            QVERIFY2(!parsed, qPrintable(text.toString()));
            QCOMPARE(parsed.error().code, ErrorCode::Invalid);
        }
        const TimecodeRate drop {.nominalFps = 30, .dropFrame = true};
        QVERIFY(!parseTimecode(u"00:01:00;00", drop));
        QVERIFY(!parseTimecode(u"00:01:00;01", drop));
        QVERIFY(parseTimecode(u"00:10:00;00", drop));
    }
    void choosesTheCountingForARate()
    {
        QCOMPARE(timecodeRateFor({30000, 1001}), (TimecodeRate {30, true}));
        QCOMPARE(timecodeRateFor({60000, 1001}), (TimecodeRate {60, true}));
        QCOMPARE(timecodeRateFor({24000, 1001}), (TimecodeRate {24, false}));
        QCOMPARE(timecodeRateFor({30, 1}), (TimecodeRate {30, false}));
        QCOMPARE(timecodeRateFor({25, 1}), (TimecodeRate {25, false}));
        QCOMPARE(timecodeRateFor({0, 1}), (TimecodeRate {25, false}));
    }
};

QTEST_GUILESS_MAIN(TestTimecode)
#include "tst_timecode.moc"
