#include "ui/widgets/error_text.h"
#include "ui/widgets/time_label.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::ui::widgets;
using namespace Qt::StringLiterals;

class TestTexts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasFiveParts_data()
    {
        QTest::addColumn<int>("code");
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
            QTest::newRow(errorCodeName(static_cast<ErrorCode>(code))) << code;
    }

    void everyCodeHasFiveParts()
    {
        QFETCH(int, code);
        const FivePartText text = errorText({static_cast<ErrorCode>(code), u"at byte 12"_s, "some_reason"});
        for (const QString& part : {text.what, text.effect, text.safe, text.action}) {
            QVERIFY(!part.isEmpty());
            QVERIFY2(part.endsWith(u'.'), qPrintable(part));
        }
        QVERIFY(text.details.contains(QLatin1StringView(errorCodeName(static_cast<ErrorCode>(code)))));
        QVERIFY(text.details.contains(u"some_reason"_s));
        QVERIFY(text.details.contains(u"at byte 12"_s));
    }

    void aKnownReasonGivesACloserSentence()
    {
        const FivePartText general = errorText({ErrorCode::Corrupt, {}, {}});
        const FivePartText close = errorText({ErrorCode::Corrupt, {}, "decode_failed"});
        QVERIFY(general.what != close.what);
        QCOMPARE(general.safe, close.safe);
    }

    void clipboardHasEveryPartOnALine()
    {
        const QString text = errorText({ErrorCode::DiskFull, u"ENOSPC"_s, {}}).toClipboardText();
        QCOMPARE(text.count(u'\n'), 5);
        QVERIFY(text.startsWith(u"What: "_s));
        QVERIFY(FivePartText {}.toClipboardText().isEmpty());
    }

    void timecodes_data()
    {
        QTest::addColumn<qint64>("frame");
        QTest::addColumn<int>("num");
        QTest::addColumn<int>("den");
        QTest::addColumn<QString>("expected");
        QTest::newRow("zero") << qint64(0) << 25 << 1 << u"00:00:00:00"_s;
        QTest::newRow("last of a second") << qint64(24) << 25 << 1 << u"00:00:00:24"_s;
        QTest::newRow("look") << qint64(2440) << 24 << 1 << u"00:01:41:16"_s;
        QTest::newRow("29.97") << qint64(30) << 30000 << 1001 << u"00:00:01:00"_s;
        QTest::newRow("hours") << qint64(25) * 36000 << 25 << 1 << u"10:00:00:00"_s;
        QTest::newRow("negative") << qint64(-7) << 25 << 1 << u"00:00:00:00"_s;
        QTest::newRow("no rate") << qint64(3) << 0 << 1 << u"00:00:03:00"_s;
    }

    void timecodes()
    {
        QFETCH(qint64, frame);
        QFETCH(int, num);
        QFETCH(int, den);
        QFETCH(QString, expected);
        QCOMPARE(frameTimecodeText(frame, {num, den}), expected);
    }

    void timesCarryTheirZone()
    {
        const Instant noon = *parseRfc3339(u"2026-11-21T12:01:00Z");
        QCOMPARE(zonedTimeText(noon, QTimeZone::utc(), false), u"12:01Z"_s);
        QCOMPARE(zonedTimeText(noon, QTimeZone("Europe/Berlin"), false), u"13:01 +01:00"_s);
        QCOMPARE(zonedTimeText(noon, QTimeZone("Asia/Kolkata"), false), u"17:31 +05:30"_s);
        QCOMPARE(zonedTimeText(noon, QTimeZone("America/New_York"), false), u"07:01 −05:00"_s);
        QCOMPARE(zonedTimeText(noon, QTimeZone::utc(), true), u"21 Nov 12:01Z"_s);
    }

    void agesAndSpansUseOneOrTwoUnits()
    {
        QCOMPARE(ageText(Milliseconds(200)), u"0.2 s ago"_s);
        QCOMPARE(ageText(Milliseconds(-50)), u"0.0 s ago"_s);
        QCOMPARE(ageText(Milliseconds(6400)), u"6 s ago"_s);
        QCOMPARE(ageText(Milliseconds(240000)), u"4 m ago"_s);
        QCOMPARE(ageText(Milliseconds(7200000)), u"2 h ago"_s);
        QCOMPARE(spanText(Milliseconds(190000)), u"3 m 10 s"_s);
        QCOMPARE(spanText(Milliseconds(22 * 60000)), u"22 m"_s);
        QCOMPARE(spanText(Milliseconds(qint64(9 * 24 + 12) * 3600000)), u"9 d 12 h"_s);
        QCOMPARE(spanText(Milliseconds(0)), u"0 s"_s);
    }
};

QTEST_GUILESS_MAIN(TestTexts)
#include "tst_texts.moc"
