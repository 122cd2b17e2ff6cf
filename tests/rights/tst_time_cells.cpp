#include "core/rights/time_import.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

/// Every way a licensor's sheet writes a time, and what is no time.
class TimeCellsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsSerials_data();
    void readsSerials();
    void readsTexts_data();
    void readsTexts();
    void refusesWhatIsNoDate_data();
    void refusesWhatIsNoDate();
    void readsConditions_data();
    void readsConditions();
    void roundsOnlyTheEndOfADay_data();
    void roundsOnlyTheEndOfADay();
    void refusesUnknownZones();
    void ordersOfDayAndMonth_data();
    void ordersOfDayAndMonth();
    void profileRoundTripsAndIsStrict();
};

namespace {

QString readAs(const QJsonValue& value, TimeColumn column, DateOnlyEnd rule = DateOnlyEnd::Exclusive)
{
    const auto read = importTime(value, column, {.zone = u"UTC"_s, .dateOnlyEnd = rule});
    if (!read)
        return QString::fromLatin1(read.error().reason);
    return read->instant ? toRfc3339(*read->instant) : u"unbounded"_s;
}

} // namespace

void TimeCellsTest::readsSerials_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("instant");
    // ECMA-376 part 1, 18.17.4.1; 41439 is from the sample workbooks.
    QTest::newRow("first day") << QJsonValue(1) << u"1900-01-01T00:00:00Z"_s;
    QTest::newRow("last day before the day that never was") << QJsonValue(59) << u"1900-02-28T00:00:00Z"_s;
    QTest::newRow("the day that never was") << QJsonValue(60) << u"BAD_DATE"_s;
    QTest::newRow("an hour of it") << QJsonValue(60.5) << u"BAD_DATE"_s;
    QTest::newRow("the day after it") << QJsonValue(61) << u"1900-03-01T00:00:00Z"_s;
    QTest::newRow("sample") << QJsonValue(41439) << u"2013-06-14T00:00:00Z"_s;
    QTest::newRow("as text") << QJsonValue(u"41439"_s) << u"2013-06-14T00:00:00Z"_s;
    QTest::newRow("noon") << QJsonValue(41439.5) << u"2013-06-14T12:00:00Z"_s;
    QTest::newRow("a third of a day") << QJsonValue(u"41439.3333333333"_s) << u"2013-06-14T08:00:00Z"_s;
    QTest::newRow("one second") << QJsonValue(41439 + 1.0 / 86400) << u"2013-06-14T00:00:01Z"_s;
    QTest::newRow("last day") << QJsonValue(2958465) << u"9999-12-31T00:00:00Z"_s;
    QTest::newRow("too late") << QJsonValue(2958466) << u"BAD_DATE"_s;
    QTest::newRow("zero") << QJsonValue(0) << u"BAD_DATE"_s;
    QTest::newRow("half a day") << QJsonValue(0.5) << u"BAD_DATE"_s;
    QTest::newRow("negative") << QJsonValue(-1) << u"BAD_DATE"_s;
    QTest::newRow("huge") << QJsonValue(1e300) << u"BAD_DATE"_s;
    QTest::newRow("exponent") << QJsonValue(u"4e4"_s) << u"BAD_DATE"_s;
}

void TimeCellsTest::readsSerials()
{
    QFETCH(QJsonValue, value);
    QTEST(readAs(value, TimeColumn::Start), "instant");
}

void TimeCellsTest::readsTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("instant");
    QTest::newRow("date") << u"2026-02-28"_s << u"2026-02-28T00:00:00Z"_s;
    QTest::newRow("leap day") << u"2028-02-29"_s << u"2028-02-29T00:00:00Z"_s;
    QTest::newRow("minutes") << u"2026-02-28T18:30"_s << u"2026-02-28T18:30:00Z"_s;
    QTest::newRow("blank instead of T") << u"2026-02-28 18:30:05"_s << u"2026-02-28T18:30:05Z"_s;
    QTest::newRow("small t and z") << u"2026-02-28t18:30:05z"_s << u"2026-02-28T18:30:05Z"_s;
    QTest::newRow("fraction") << u"2026-02-28T18:30:05.25Z"_s << u"2026-02-28T18:30:05.250Z"_s;
    QTest::newRow("nine digits") << u"2026-02-28T18:30:05.123456789Z"_s << u"2026-02-28T18:30:05.123Z"_s;
    QTest::newRow("offset without colon") << u"2026-02-28T18:30:05+0300"_s << u"2026-02-28T15:30:05Z"_s;
    QTest::newRow("blank before offset") << u"2026-02-28T18:30:05 +03:00"_s << u"2026-02-28T15:30:05Z"_s;
    QTest::newRow("midnight at the end") << u"2026-02-28T24:00:00"_s << u"2026-03-01T00:00:00Z"_s;
    QTest::newRow("blanks around") << u"  2026-02-28 \t"_s << u"2026-02-28T00:00:00Z"_s;
    QTest::newRow("farthest east") << u"2026-02-28T00:00:00+14:00"_s << u"2026-02-27T10:00:00Z"_s;
}

void TimeCellsTest::readsTexts()
{
    QFETCH(QString, text);
    QTEST(readAs(text, TimeColumn::Start), "instant");
}

void TimeCellsTest::refusesWhatIsNoDate_data()
{
    QTest::addColumn<QJsonValue>("value");
    for (const char* text : {"", " ", "soon", "TBD", "31/12/2026", "12-31-2026", "2026-2-1", "2026-02-30", "2026-13-01",
             "2026-00-10", "2026-01-00", "0000-01-01", "2026-01-01T25:00", "2026-01-01T24:00:01", "2026-01-01T12:60",
             "2026-01-01T12:00:60", "2026-01-01T12:00:00+15:00", "2026-01-01T12:00:00+02:60", "2026-01-01T", "2026-01",
             "2026-01-01Z", "20260101T000000Z", "2026-01-01T12", "2026-01-01T12:00:00 CET", "=TODAY()", "45000.5.1",
             "12345678", "٢٠٢٦-٠١-٠١", "2026–01–01"})
        QTest::newRow(*text ? text : "empty") << QJsonValue(QString::fromUtf8(text));
    QTest::newRow("null") << QJsonValue(QJsonValue::Null);
    QTest::newRow("true") << QJsonValue(true);
    QTest::newRow("list") << QJsonValue(QJsonArray {1});
    QTest::newRow("a million characters") << QJsonValue(QString(1'000'000, u'1'));
}

void TimeCellsTest::refusesWhatIsNoDate()
{
    QFETCH(QJsonValue, value);
    for (const TimeColumn column : {TimeColumn::Start, TimeColumn::End}) {
        const auto read = importTime(value, column, {});
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Invalid);
        QCOMPARE(read.error().reason, QByteArray("BAD_DATE"));
        QVERIFY2(read.error().detail.size() < 300, "a message quotes only the beginning");
    }
}

void TimeCellsTest::readsConditions_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("atStart"); // the condition, "unbounded" or "BAD_DATE"
    QTest::addColumn<QString>("atEnd");
    for (const auto& name : {u"ESTStart"_s, u"EST"_s, u"Broadcast"_s, u"Completed"_s, u"Theatrical"_s})
        QTest::newRow(name.toLatin1().constData()) << name << name << name;
    QTest::newRow("other case") << u" theatrical "_s << u"Theatrical"_s << u"Theatrical"_s;
    QTest::newRow("open") << u"open"_s << u"unbounded"_s << u"unbounded"_s;
    QTest::newRow("immediate") << u"IMMEDIATE"_s << u"unbounded"_s << u"BAD_DATE"_s;
    QTest::newRow("not a condition") << u"Theatrically"_s << u"BAD_DATE"_s << u"BAD_DATE"_s;
}

void TimeCellsTest::readsConditions()
{
    QFETCH(QString, text);
    const auto told = [&](TimeColumn column) {
        const auto read = importTime(text, column, {});
        if (!read)
            return QString::fromLatin1(read.error().reason);
        return read->instant ? u"an instant"_s : read->condition.isEmpty() ? u"unbounded"_s : read->condition;
    };
    QTEST(told(TimeColumn::Start), "atStart");
    QTEST(told(TimeColumn::End), "atEnd");
}

void TimeCellsTest::roundsOnlyTheEndOfADay_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("rounded");
    QTest::newRow("23:59") << u"2026-06-30T23:59"_s << true;
    QTest::newRow("23:59:59") << u"2026-06-30T23:59:59"_s << true;
    QTest::newRow("with a fraction") << u"2026-06-30T23:59:59.999"_s << true;
    QTest::newRow("with an offset") << u"2026-06-30T23:59:59Z"_s << true;
    QTest::newRow("a half minute before") << u"2026-06-30T23:59:30"_s << false;
    QTest::newRow("23:58") << u"2026-06-30T23:58"_s << false;
    QTest::newRow("midnight") << u"2026-07-01T00:00"_s << false;
}

void TimeCellsTest::roundsOnlyTheEndOfADay()
{
    QFETCH(QString, text);
    QFETCH(bool, rounded);
    const auto end = importTime(text, TimeColumn::End, {});
    QVERIFY(end);
    QCOMPARE(end->warning, rounded ? u"END_OF_DAY_ROUNDED"_s : QString());
    QCOMPARE(*end->instant == *parseRfc3339(u"2026-07-01T00:00:00Z"), rounded || text.contains(u"07-01"));
    QCOMPARE(importTime(text, TimeColumn::Start, {})->warning, QString());
}

void TimeCellsTest::refusesUnknownZones()
{
    for (const QString& zone : {u"Mars/Olympus"_s, u""_s, u"../../etc/passwd"_s, QString(5000, u'A'), u"Pariss"_s,
             u"europe/paris "_s, u"Foo3"_s}) {
        const auto read = importTime(u"2026-01-01"_s, TimeColumn::Start, {.zone = zone, .dateOnlyEnd = {}});
        QVERIFY2(!read, qPrintable(zone.left(20)));
        QCOMPARE(read.error().reason, QByteArray("BAD_ZONE"));
        QVERIFY(!timeProfileFromJson({{u"zone"_s, zone}}));
    }
}

void TimeCellsTest::ordersOfDayAndMonth_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("dates");
    QTest::addColumn<QString>("instant"); // or what the refusal says
    const auto row = [](const char* text, DateFormat dates, const QString& instant) {
        QTest::addRow("%s %s", text, qPrintable(nameOf(dates)))
            << QString::fromLatin1(text) << static_cast<int>(dates) << instant;
    };
    row("3/4/2026", DateFormat::DayFirst, u"2026-04-03T00:00:00Z"_s);
    row("3/4/2026", DateFormat::MonthFirst, u"2026-03-04T00:00:00Z"_s);
    row("31.12.2026 24:00", DateFormat::DayFirst, u"2027-01-01T00:00:00Z"_s);
    row("31.12.2026 24:01", DateFormat::DayFirst, u"with the day first"_s);
    row("12/31/2026 24:00 PM", DateFormat::MonthFirst, u"with the month first"_s);
    row("12/31/2026", DateFormat::DayFirst, u"with the day first"_s); // nobody need say again what was said
    row("31/12/2026", DateFormat::MonthFirst, u"with the month first"_s);
    row("31/12/2026", DateFormat::Iso, u"say with --dates"_s);
}

void TimeCellsTest::ordersOfDayAndMonth()
{
    QFETCH(QString, text);
    QFETCH(int, dates);
    QFETCH(QString, instant);
    const auto read = importTime(text, TimeColumn::Start, {.zone = u"UTC"_s, .dates = static_cast<DateFormat>(dates)});
    if (read)
        QCOMPARE(toRfc3339(*read->instant), instant);
    else
        QVERIFY2(read.error().detail.contains(instant), qPrintable(read.error().detail));
}

void TimeCellsTest::profileRoundTripsAndIsStrict()
{
    for (const DateOnlyEnd rule : {DateOnlyEnd::InclusiveDay, DateOnlyEnd::Exclusive}) {
        const TimeProfile profile {.zone = u"America/New_York"_s, .dateOnlyEnd = rule};
        QCOMPARE(*timeProfileFromJson(toJson(profile)), profile);
    }
    QVERIFY(!timeProfileFromJson({{u"date_only_end"_s, u"whenever"_s}}));
    QVERIFY(!timeProfileFromJson({{u"zone"_s, 3}}));
    QVERIFY(!timeProfileFromJson({{u"zones"_s, u"UTC"_s}}));
}

QTEST_GUILESS_MAIN(TimeCellsTest)
#include "tst_time_cells.moc"
