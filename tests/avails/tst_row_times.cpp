#include "core/avails/markup.h"
#include "core/avails/sheet_import.h"
#include "core/avails/xlsx_reader.h"
#include "core/rights/time_import.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;
using namespace vidimus::rights;

/// Windows that count from events, dates in each licensor's writing, and what is said of how each was read.
class RowTimesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsFromTheDateOfAHoldback();
    void countsFromTheStartOfSaleInAnyRow();
    void anUnknownEventIsNamed();
    void takesTheDateThatStaysInsideTheLicence();
    void readsDatesInTheStatedOrder_data();
    void readsDatesInTheStatedOrder();
    void refusesAWrongZoneOnce();
    void profileKeepsTheDates();
    void markedUpWorkbookTellsHowDatesWereRead();
};

namespace {

const QByteArray kHead = "ALID,Territory,LicenseType,Start,StartLag,End,EndLag,AvailID\n";

ImportPlan plan(const QByteArray& rows, const RuleSet& existing = {}, const ImportOptions& options = {})
{
    auto made = planCsvImport(kHead + rows, options, existing);
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    return *made;
}

const CellMessage* noteOf(const ImportPlan& made, const QString& code)
{
    const auto found = std::ranges::find(made.notes, code, &CellMessage::code);
    return found == made.notes.end() ? nullptr : &*found;
}

QString startOf(const ImportPlan& made, const QString& id)
{
    const auto rule = std::ranges::find(made.rules.added, WindowId(id), &Rule::id);
    return rule == made.rules.added.end() || !rule->window.start ? QString() : toRfc3339(*rule->window.start);
}

/// A film that is held back until so many days after it came to cinemas in some countries.
RuleSet withEvent(const QStringList& countries, const QString& day)
{
    RuleSet rules;
    rules.titles = {Title {.id = TitleId(u"film"_s), .ids = {{u"alid"_s, u"A1"_s}}}};
    Rule deny;
    deny.id = WindowId(u"holdback "_s + day);
    deny.effect = Effect::Deny;
    deny.kind = RestrictionKind::Holdback;
    deny.scope = TitleId(u"film"_s);
    deny.territory.include = countries;
    deny.sites.all = deny.offers.all = true;
    deny.after = AfterEvent {.event = u"theatrical"_s, .eventAt = parseRfc3339(day).value(), .days = 30};
    rules.rules = {deny};
    return rules;
}

} // namespace

void RowTimesTest::countsFromTheDateOfAHoldback()
{
    const RuleSet rules = withEvent({u"WORLD"_s}, u"2026-01-15T00:00:00Z"_s);
    const ImportPlan made = plan("A1,FR,VOD,Theatrical,P3M,Theatrical,P1Y,w\n", rules);
    QCOMPARE(made.accepted, 1);
    QCOMPARE(made.rules.added[0].scope, TitleId(u"film"_s));
    QCOMPARE(startOf(made, u"w"_s), u"2026-04-15T00:00:00Z"_s);
    QCOMPARE(toRfc3339(*made.rules.added[0].window.end), u"2027-01-15T00:00:00Z"_s);
    const CellMessage* note = noteOf(made, u"CONDITION_RESOLVED"_s);
    QVERIFY(note);
    QVERIFY(note->message.contains(u"2026-04-15T00:00:00Z"_s));
    QCOMPARE(startOf(plan("A1,FR,VOD,theatrical,-P7D,Open,,w\n", rules), u"w"_s), u"2026-01-08T00:00:00Z"_s);
    // The licensor's calendar: a day in Paris is one across the change of clocks.
    const ImportPlan paris = plan("A1,FR,VOD,Theatrical,P90D,Open,,w\n",
        withEvent({u"FR"_s}, u"2026-01-14T23:00:00Z"_s), {.times = {.zone = u"Europe/Paris"_s}});
    QCOMPARE(startOf(paris, u"w"_s), u"2026-04-14T22:00:00Z"_s);
}

void RowTimesTest::countsFromTheStartOfSaleInAnyRow()
{
    const ImportPlan made = plan("A1,FR,SVOD,ESTStart,P90D,Open,,later\nA1,FR DE,EST,2026-02-01,,Open,,sale\n");
    QCOMPARE(made.accepted, 2);
    QCOMPARE(startOf(made, u"later"_s), u"2026-05-02T00:00:00Z"_s);
    QCOMPARE(plan("A1,ES,SVOD,ESTStart,P90D,Open,,later\nA1,FR DE,EST,2026-02-01,,Open,,sale\n").rejected, 1);
}

void RowTimesTest::anUnknownEventIsNamed()
{
    const ImportPlan made = plan("A1,FR,VOD,Broadcast,P3M,Open,,w\n", withEvent({u"FR"_s}, u"2026-01-15T00:00:00Z"_s));
    QCOMPARE(made.accepted, 0);
    QCOMPARE(made.errors[0].code, u"CONDITION_NEEDS_EVENT"_s);
    QVERIFY(made.errors[0].message.contains(u"Broadcast"_s));
    QCOMPARE(made.errors[0].column, u"Start"_s);
    const ImportPlan partly
        = plan("A1,FR DE,VOD,Theatrical,,Open,,w\n", withEvent({u"FR"_s}, u"2026-01-15T00:00:00Z"_s));
    QCOMPARE(partly.errors.at(0).code, u"CONDITION_NEEDS_EVENT"_s); // known in one of two countries
    const ImportPlan lag = plan("A1,FR,VOD,Theatrical,soon,Open,,w\n", withEvent({u"FR"_s}, u"2026-01-15T00:00:00Z"_s));
    QCOMPARE(lag.errors.at(0).code, u"BAD_DURATION"_s);
    QCOMPARE(lag.errors.at(0).column, u"StartLag"_s);
}

void RowTimesTest::takesTheDateThatStaysInsideTheLicence()
{
    RuleSet rules = withEvent({u"FR"_s, u"DE"_s}, u"2026-01-15T00:00:00Z"_s);
    rules.rules.push_back(withEvent({u"FR"_s}, u"2026-03-01T00:00:00Z"_s).rules[0]);
    const ImportPlan made = plan("A1,FR,VOD,Theatrical,,Theatrical,P1Y,w\n", rules);
    QCOMPARE(made.accepted, 1);
    QCOMPARE(startOf(made, u"w"_s), u"2026-03-01T00:00:00Z"_s);
    QCOMPARE(toRfc3339(*made.rules.added[0].window.end), u"2027-01-15T00:00:00Z"_s);
}

void RowTimesTest::readsDatesInTheStatedOrder_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<DateFormat>("format");
    QTest::addColumn<QString>("read"); // empty: refused
    QTest::addColumn<bool>("told"); // that it can be read in two ways
    const auto row = [](const char* cell, DateFormat format, const char* read, bool told) {
        QTest::addRow("%s %s", qPrintable(nameOf(format)), cell)
            << QString::fromLatin1(cell) << format << QString::fromLatin1(read) << told;
    };
    row("3/4/2026", DateFormat::MonthFirst, "2026-03-04T00:00:00Z", true);
    row("3/4/2026", DateFormat::DayFirst, "2026-04-03T00:00:00Z", true);
    row("03.04.2026", DateFormat::DayFirst, "2026-04-03T00:00:00Z", true);
    row("03-04-2026 18:30", DateFormat::DayFirst, "2026-04-03T18:30:00Z", true);
    row("31/12/2026", DateFormat::DayFirst, "2026-12-31T00:00:00Z", false);
    row("12/31/2026", DateFormat::MonthFirst, "2026-12-31T00:00:00Z", false);
    row("4/4/2026", DateFormat::MonthFirst, "2026-04-04T00:00:00Z", false);
    row("1/2/2026 12:00 AM", DateFormat::MonthFirst, "2026-01-02T00:00:00Z", true);
    row("1/2/2026 12:15 pm", DateFormat::MonthFirst, "2026-01-02T12:15:00Z", true);
    row("1/2/2026 11:59:30 PM", DateFormat::MonthFirst, "2026-01-02T23:59:30Z", true);
    row("2026-03-04", DateFormat::MonthFirst, "2026-03-04T00:00:00Z", false);
    row("46085", DateFormat::Iso, "2026-03-04T00:00:00Z", true);
    row("46085", DateFormat::Serial, "2026-03-04T00:00:00Z", false);
    row("31/12/2026", DateFormat::MonthFirst, "", false);
    row("31/12/2026", DateFormat::Iso, "", false);
    row("3/4/2026", DateFormat::Serial, "", false);
    row("29/2/2026", DateFormat::DayFirst, "", false);
    row("3/4/26", DateFormat::DayFirst, "", false);
    row("3/4.2026", DateFormat::DayFirst, "", false);
    row("3/4/2026 13:00 PM", DateFormat::DayFirst, "", false);
    row("0/0/2026", DateFormat::DayFirst, "", false);
}

void RowTimesTest::readsDatesInTheStatedOrder()
{
    QFETCH(QString, cell);
    QFETCH(DateFormat, format);
    QFETCH(QString, read);
    QFETCH(bool, told);
    const ImportPlan made = plan("A1,FR,EST," + cell.toUtf8() + ",,Open,,w\n", {}, {.times = {.dates = format}});
    QCOMPARE(made.accepted, read.isEmpty() ? 0 : 1);
    if (read.isEmpty()) {
        QCOMPARE(made.errors.at(0).code, u"BAD_DATE"_s);
        return;
    }
    QCOMPARE(startOf(made, u"w"_s), read);
    const CellMessage* note = noteOf(made, u"DATE_READ_AS"_s);
    QCOMPARE(note != nullptr, told);
    if (note)
        QVERIFY2(note->message.contains(read), qPrintable(note->message));
}

void RowTimesTest::refusesAWrongZoneOnce()
{
    const auto made
        = planCsvImport(kHead + "A1,FR,EST,2026-01-01,,Open,,w\n", {.times = {.zone = u"Europe/Pariss"_s}}, {});
    QVERIFY(!made);
    QCOMPARE(made.error().reason, "BAD_ZONE");
    QVERIFY2(made.error().detail.contains(u"Europe/Paris?"_s), qPrintable(made.error().detail));
    QVERIFY(checkZone(u"berlin"_s).error().detail.contains(u"Europe/Berlin"_s));
    QVERIFY(checkZone(u"America/New_York"_s));
    QVERIFY(!checkZone(QString()));
    QVERIFY(!checkZone(QString(100'000, u'x')));
}

void RowTimesTest::profileKeepsTheDates()
{
    const TimeProfile profile {
        .zone = u"Europe/Paris"_s, .dateOnlyEnd = DateOnlyEnd::Exclusive, .dates = DateFormat::DayFirst};
    const auto read = timeProfileFromJson(toJson(profile));
    QVERIFY(read);
    QCOMPARE(*read, profile);
    QCOMPARE(timeProfileFromJson({})->dates, DateFormat::Iso); // one that was kept before
    QVERIFY(!timeProfileFromJson({{u"dates"_s, u"american"_s}}));
}

void RowTimesTest::markedUpWorkbookTellsHowDatesWereRead()
{
    const QByteArray csv = kHead + "A1,FR,EST,46085,,2026-12-31,,w\nA1,DE,EST,=TODAY(),,Open,,v\n";
    const auto sheet = readCsvSheet(csv, u"Avails"_s);
    const auto made = planImport({&*sheet, 1}, {}, {});
    QVERIFY(made);
    const CellMessage* end = noteOf(*made, u"END_INCLUDES_DAY"_s);
    QVERIFY(end);
    QCOMPARE(end->place, 5);
    QCOMPARE(made->errors.size(), 1U);
    QCOMPARE(made->errors.at(0).code, u"FORMULA"_s);
    QCOMPARE(made->errors.at(0).column, u"Start"_s);
    QCOMPARE(made->errors.at(0).place, 3);
    const auto bytes = markUp({&*sheet, 1}, *made);
    QVERIFY(bytes);
    const auto back = readXlsx(*bytes);
    QVERIFY(back);
    const QString first = back->at(0).rows.at(1).cells.last(), second = back->at(0).rows.at(2).cells.last();
    QVERIFY2(first.contains(u"End: "_s) && first.contains(u"2027-01-01T00:00:00Z"_s), qPrintable(first));
    QVERIFY2(first.contains(u"Start: a number counts the days"_s), qPrintable(first));
    QVERIFY2(second.startsWith(u"Start: "_s), qPrintable(second));
    QCOMPARE(back->at(0).rows.at(2).cells.at(3), u"=TODAY()"_s); // a text, as it is seen in the cell
}

QTEST_GUILESS_MAIN(RowTimesTest)
#include "tst_row_times.moc"
