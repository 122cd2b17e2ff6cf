#include "core/avails/calendar_export.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;

namespace {

Instant at(const QString& text)
{
    return parseRfc3339(text).value();
}

rights::RuleSet someRules()
{
    rights::RuleSet rules;
    rules.titles = {{.id = TitleId(u"T1"_s), .name = u"Harbour; Light, \\the\nFilm – "_s + QString(80, u'ü')}};
    rules.deals = {{.id = DealId(u"K-1"_s), .licensor = u"Lantern"_s}};
    rights::Rule rule {.id = WindowId(u"w1"_s), .scope = TitleId(u"T1"_s), .deal = DealId(u"K-1"_s)};
    rule.territory.include = {u"FR"_s};
    rule.offers.names = {u"svod"_s};
    rule.window = {at(u"2026-01-01T00:00:00Z"_s), at(u"2026-06-30T22:00:00Z"_s)};
    rules.rules.push_back(rule);
    rule.id = WindowId(u"w2"_s);
    rule.territory.include = {u"DE"_s};
    rule.window.end.reset();
    rules.rules.push_back(rule);
    rule.id = WindowId(u"w3"_s);
    rule.status = rights::RuleStatus::Revoked;
    rules.rules.push_back(rule);
    rule.id = WindowId(u"w4"_s);
    rule.effect = rights::Effect::Deny;
    rule.status = rights::RuleStatus::Approved;
    rules.rules.push_back(rule);
    return rules;
}

const Instant kStamp = at(u"2026-02-01T00:00:00Z"_s);

/// Lines with their folds undone.
QStringList linesOf(const QByteArray& calendar)
{
    return QString::fromUtf8(calendar).replace(u"\r\n "_s, QString()).split(u"\r\n"_s, Qt::SkipEmptyParts);
}

} // namespace

class CalendarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesOneEventForEachStartAndEnd();
    void keepsTheFormsOfTheStandard();
    void narrowsByLicensorTerritoryAndPeriod();
    void ordersAndAnnouncementsAreOccasionsOfTheirOwn();
};

void CalendarTest::givesOneEventForEachStartAndEnd()
{
    const QStringList lines = linesOf(exportCalendar(someRules(), {}, kStamp));
    QCOMPARE(lines.count(u"BEGIN:VEVENT"_s), 3); // an open end has no event, revoked and denied windows neither
    QCOMPARE(lines.count(u"DTSTART:20260101T000000Z"_s), 2);
    QCOMPARE(lines.count(u"DTSTART:20260630T220000Z"_s), 1);
    QCOMPARE(lines.count(u"BEGIN:VALARM"_s), 5);
    QVERIFY(lines.contains(u"TRIGGER:-P90D"_s));
    QCOMPARE(lines.filter(QRegularExpression(u"^UID:"_s)).removeDuplicates(), 0);
    QCOMPARE(exportCalendar(someRules(), {}, kStamp), exportCalendar(someRules(), {}, kStamp));
}

void CalendarTest::keepsTheFormsOfTheStandard()
{
    const QByteArray calendar = exportCalendar(someRules(), {}, kStamp);
    QVERIFY(calendar.endsWith("END:VCALENDAR\r\n"));
    for (const QByteArray& line : calendar.split('\n')) {
        QVERIFY2(line.chopped(line.endsWith('\r') ? 1 : 0).size() <= 75, line.constData());
        QVERIFY(line.isEmpty() || line.endsWith('\r'));
        // No letter is cut by a fold.
        QCOMPARE(QString::fromUtf8(line).toUtf8(), line);
    }
    const QStringList summaries = linesOf(calendar).filter(u"SUMMARY:"_s);
    QVERIFY2(
        summaries[0].startsWith(u"SUMMARY:Starts: Harbour\\; Light\\, \\\\the\\nFilm –"_s), qPrintable(summaries[0]));
    QVERIFY(summaries[0].endsWith(u"üü (FR\\, svod)"_s));
}

void CalendarTest::narrowsByLicensorTerritoryAndPeriod()
{
    const auto events = [](const GrantFilter& filter) {
        return linesOf(exportCalendar(someRules(), filter, kStamp)).count(u"BEGIN:VEVENT"_s);
    };
    QCOMPARE(events({.licensor = u"lantern"_s}), 3);
    QCOMPARE(events({.licensor = u"Other"_s}), 0);
    QCOMPARE(events({.territory = u"DE"_s}), 1);
    QCOMPARE(events({.period = {at(u"2026-02-01T00:00:00Z"_s), std::nullopt}}), 1);
    QCOMPARE(events({.period = {std::nullopt, at(u"2026-01-01T00:00:00Z"_s)}}), 0); // half-open: it ends as they begin
    QCOMPARE(events({.period = {std::nullopt, at(u"2026-01-01T00:00:00.001Z"_s)}}), 2);
}

void CalendarTest::ordersAndAnnouncementsAreOccasionsOfTheirOwn()
{
    rights::RuleSet rules = someRules();
    rules.rules.resize(1);
    rules.rules[0].announced = rights::Window {at(u"2025-10-01T00:00:00Z"_s), std::nullopt};
    rules.rules[0].preOrder = rights::Window {at(u"2025-11-01T00:00:00Z"_s), at(u"2026-01-01T00:00:00Z"_s)};
    QStringList lines = linesOf(exportCalendar(rules, {}, kStamp));
    QCOMPARE(lines.count(u"BEGIN:VEVENT"_s), 4);
    QVERIFY(lines.contains(u"DTSTART:20251001T000000Z"_s) && lines.contains(u"CATEGORIES:ANNOUNCEMENT"_s));
    QVERIFY(lines.contains(u"DTSTART:20251101T000000Z"_s) && lines.contains(u"CATEGORIES:PRE-ORDER START"_s));
    QCOMPARE(lines.filter(QRegularExpression(u"^UID:"_s)).removeDuplicates(), 0);
    // A grant that takes orders alone has no start and no end of playing.
    rules.rules[0].window = {rules.rules[0].preOrder->end, rules.rules[0].preOrder->end};
    rules.rules[0].announced.reset();
    lines = linesOf(exportCalendar(rules, {}, kStamp));
    QCOMPARE(lines.count(u"BEGIN:VEVENT"_s), 1);
    QVERIFY(lines.contains(u"CATEGORIES:PRE-ORDER START"_s));
}

QTEST_GUILESS_MAIN(CalendarTest)
#include "tst_calendar.moc"
