#include "core/avails/rights_reports.h"
#include "core/avails/xlsx_reader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;

/// The reply to a licensor, and what may really be played.
class RightsReportsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void replySaysWhatBecameOfEachGrant();
    void whatIsTakenDownIsNotLive();
    void replyNamesWhatTheLicensorNamed();
    void reportFollowsTheAnswers();
    void reportIsCutToLicensorTerritoryAndPeriod();
    void ordersAndAnnouncementsAreQuestionsOfTheirOwn();
    void seriesAreFoldedIntoWhatIsBelow();
    void formulasStayText();
};

namespace {

const Instant kNow {Milliseconds {1'767'225'600'000}};

Instant day(int number)
{
    return kNow + std::chrono::days(number);
}

rights::Rule grant(const QString& id, const QString& deal, int from, int to)
{
    rights::Rule rule;
    rule.id = WindowId(id);
    rule.scope = TitleId(u"film"_s);
    rule.deal = DealId(deal);
    rule.territory.include = {u"FR"_s, u"DE"_s};
    rule.sites.names = {u"web"_s};
    rule.offers.names = {u"svod"_s};
    rule.window = {day(from), day(to)};
    return rule;
}

rights::RuleSet base()
{
    rights::RuleSet rules;
    rules.sites = {u"web"_s};
    rules.offers = {u"svod"_s};
    rules.titles = {rights::Title {.id = TitleId(u"film"_s), .name = u"=A film"_s}};
    for (const QString& id : {u"a"_s, u"b"_s}) {
        rights::Deal deal;
        deal.id = DealId(id);
        deal.licensor = u"Licensor "_s + id;
        rules.deals.push_back(deal);
    }
    return rules;
}

QString cell(const SheetTable& sheet, std::size_t row, const QString& column)
{
    return sheet.rows[row].cells[sheet.rows[0].cells.indexOf(column)];
}

} // namespace

void RightsReportsTest::replySaysWhatBecameOfEachGrant()
{
    rights::RuleSet rules = base();
    rules.rules = {grant(u"live"_s, u"a"_s, -1, 5), grant(u"over"_s, u"a"_s, -9, -5), grant(u"later"_s, u"a"_s, 3, 5),
        grant(u"revoked"_s, u"a"_s, -1, 5), grant(u"pending"_s, u"a"_s, -1, 5), grant(u"other"_s, u"b"_s, -1, 5)};
    rules.rules[3].status = rights::RuleStatus::Revoked;
    rules.rules[4].status = rights::RuleStatus::Pending;
    rules.rules[0].provenance = rights::Provenance {.file = u"list.xlsx"_s, .sheet = u"Movies"_s, .row = 7};
    const SheetTable reply = statusReply(rules, {.licensor = u"licensor A"_s, .territory = {}, .period = {}}, kNow);
    QCOMPARE(reply.rows.size(), 6U);
    const QStringList expected {u"Approved"_s, u"Expired"_s, u"Approved"_s, u"Revoked"_s, u"Pending"_s};
    for (std::size_t i = 0; i < 5; ++i) {
        QCOMPARE(cell(reply, i + 1, u"TitleStatus"_s), expected[static_cast<qsizetype>(i)]);
        QCOMPARE(cell(reply, i + 1, u"LiveNow"_s), i == 0 ? u"Yes"_s : u"No"_s);
    }
    QCOMPARE(cell(reply, 1, u"Row"_s), u"7"_s);
    QCOMPARE(cell(reply, 1, u"AvailID"_s), u"live"_s);
    rules.deals[0].status = rights::DealStatus::Ended;
    QCOMPARE(cell(statusReply(rules, {}, kNow), 1, u"TitleStatus"_s), u"Expired"_s);
}

void RightsReportsTest::whatIsTakenDownIsNotLive()
{
    rights::RuleSet rules = base();
    rules.rules = {grant(u"one"_s, u"a"_s, -1, 5)};
    rights::Rule deny = grant(u"deny"_s, QString(), -2, 9);
    deny.effect = rights::Effect::Deny;
    rules.rules.push_back(deny);
    const auto live = [&rules] { return cell(statusReply(rules, {}, kNow), 1, u"LiveNow"_s); };
    QCOMPARE(statusReply(rules, {}, kNow).rows.size(), 2U); // a restriction is nothing that a licensor gave
    QCOMPARE(live(), u"No"_s);
    rules.rules[1].territory.include = {u"DE"_s};
    QCOMPARE(live(), u"Yes"_s); // in FR
    rules.rules[0].territory.include = {u"WORLD"_s};
    rules.rules[1].territory.include = {u"WORLD"_s};
    QCOMPARE(live(), u"No"_s);
    rules.rules[1].hard = false;
    QCOMPARE(live(), u"Yes"_s);
    // A grant of a series is live where one of its episodes is, unless a season goes its own way.
    rules.rules.resize(1);
    rules.titles.push_back({.id = TitleId(u"series"_s), .kind = rights::TitleKind::Series});
    rules.titles.push_back(
        {.id = TitleId(u"season"_s), .kind = rights::TitleKind::Season, .parent = TitleId(u"series"_s)});
    rules.rules[0].scope = TitleId(u"series"_s);
    QCOMPARE(live(), u"No"_s);
    rules.titles.push_back(
        {.id = TitleId(u"e1"_s), .kind = rights::TitleKind::Episode, .parent = TitleId(u"season"_s)});
    QCOMPARE(live(), u"Yes"_s);
    rules.titles[2].allowMode = rights::AllowMode::Replace;
    QCOMPARE(live(), u"No"_s);
}

void RightsReportsTest::replyNamesWhatTheLicensorNamed()
{
    rights::RuleSet rules = base();
    rules.titles[0].ids = {{u"alid"_s, u"md:alid:film"_s}};
    rules.rules = {grant(u"w1/1234"_s, u"a"_s, -1, 5), grant(u"w2"_s, u"a"_s, -1, 5)};
    rules.rules[0].terms = {{u"avail_id"_s, u"w1"_s}};
    rules.rules[0].territory = {{u"WORLD"_s}, {u"RU"_s}};
    rules.rules[1].terms = {{u"alid"_s, u"md:alid:film:vod"_s}};
    const SheetTable reply = statusReply(rules, {}, kNow);
    QCOMPARE(cell(reply, 1, u"AvailID"_s), u"w1"_s);
    QCOMPARE(cell(reply, 1, u"ALID"_s), u"md:alid:film"_s);
    QCOMPARE(cell(reply, 1, u"Territory"_s), u"ZZ"_s);
    QCOMPARE(cell(reply, 1, u"TerritoryExclusion"_s), u"RU"_s);
    QCOMPARE(cell(reply, 2, u"ALID"_s), u"md:alid:film:vod"_s);
}

void RightsReportsTest::reportFollowsTheAnswers()
{
    rights::RuleSet rules = base();
    rules.rules = {grant(u"one"_s, u"a"_s, 0, 5), grant(u"two"_s, u"b"_s, 5, 9)};
    rights::Rule deny = grant(u"deny"_s, QString(), 2, 3);
    deny.effect = rights::Effect::Deny;
    deny.territory.include = {u"DE"_s};
    rules.rules.push_back(deny);
    const auto report = availabilityReport(rules, {});
    QVERIFY(report);
    QStringList rows;
    for (std::size_t i = 1; i < report->rows.size(); ++i)
        rows.append(report->rows[i].cells.join(u'|'));
    rows.sort();
    const auto at = [](int number) { return toRfc3339(day(number)); };
    QStringList wanted {u"film|=A film|FR|web|svod|%1|%2|Playable|"_s.arg(at(0), at(9)),
        u"film|=A film|DE|web|svod|%1|%2|Playable|"_s.arg(at(0), at(2)),
        u"film|=A film|DE|web|svod|%1|%2|Playable|"_s.arg(at(3), at(9))};
    wanted.sort();
    QCOMPARE(rows, wanted); // touching windows of two licensors are one, the restriction cuts
}

void RightsReportsTest::reportIsCutToLicensorTerritoryAndPeriod()
{
    rights::RuleSet rules = base();
    rules.rules = {grant(u"one"_s, u"a"_s, 0, 5), grant(u"two"_s, u"b"_s, 5, 9)};
    const auto report
        = availabilityReport(rules, {.licensor = u"Licensor a"_s, .territory = u"DE"_s, .period = {day(2), day(7)}});
    QVERIFY(report);
    QCOMPARE(report->rows.size(), 2U);
    QCOMPARE(cell(*report, 1, u"Territories"_s), u"DE"_s);
    QCOMPARE(cell(*report, 1, u"From"_s), toRfc3339(day(2)));
    QCOMPARE(cell(*report, 1, u"To"_s), toRfc3339(day(5)));
    QCOMPARE(availabilityReport(rules, {.licensor = u"nobody"_s})->rows.size(), 1U);
    QCOMPARE(availabilityReport(rules, {.territory = u"JP"_s})->rows.size(), 1U);
}

void RightsReportsTest::ordersAndAnnouncementsAreQuestionsOfTheirOwn()
{
    rights::RuleSet rules = base();
    rules.rules = {grant(u"one"_s, u"a"_s, 5, 9)};
    rules.rules[0].territory.include = {u"FR"_s};
    rules.rules[0].preOrder = rights::Window {day(2), day(5)};
    rules.rules[0].announced = rights::Window {day(0), day(9)};
    const auto report = availabilityReport(rules, {});
    QVERIFY(report);
    QMap<QString, QString> spans;
    for (std::size_t i = 1; i < report->rows.size(); ++i)
        spans.insert(cell(*report, i, u"Question"_s), cell(*report, i, u"From"_s) + u' ' + cell(*report, i, u"To"_s));
    const auto span = [](int from, int to) { return toRfc3339(day(from)) + u' ' + toRfc3339(day(to)); };
    const QMap<QString, QString> wanted {
        {u"Playable"_s, span(5, 9)}, {u"Pre-order"_s, span(2, 5)}, {u"Announced"_s, span(0, 9)}};
    QCOMPARE(spans, wanted);
    // What takes orders alone is in the reply with the time of the orders.
    rules.rules[0].window = {day(5), day(5)};
    const SheetTable reply = statusReply(rules, {.territory = u"FR"_s}, day(3));
    QCOMPARE(reply.rows.size(), 2U);
    QCOMPARE(cell(reply, 1, u"Start"_s), toRfc3339(day(2)));
    QCOMPARE(cell(reply, 1, u"LiveNow"_s), u"Yes"_s);
}

void RightsReportsTest::seriesAreFoldedIntoWhatIsBelow()
{
    rights::RuleSet rules = base();
    rules.titles.push_back({.id = TitleId(u"series"_s), .name = u"S"_s, .kind = rights::TitleKind::Series});
    rules.titles.push_back(
        {.id = TitleId(u"season"_s), .kind = rights::TitleKind::Season, .parent = TitleId(u"series"_s)});
    rules.titles.push_back(
        {.id = TitleId(u"e1"_s), .kind = rights::TitleKind::Episode, .parent = TitleId(u"season"_s)});
    rules.rules = {grant(u"all"_s, u"a"_s, 0, 5)};
    rules.rules[0].scope = TitleId(u"series"_s);
    rules.rules[0].announced = rights::Window {day(-5), day(5)};
    const auto report = availabilityReport(rules, {});
    QVERIFY(report);
    QCOMPARE(report->rows.size(), 3U); // playable and announced
    for (std::size_t row = 1; row < 3; ++row) {
        QCOMPARE(cell(*report, row, u"Title"_s), u"e1"_s);
        QCOMPARE(cell(*report, row, u"LevelsAbove"_s), u"2"_s);
    }
}

void RightsReportsTest::formulasStayText()
{
    rights::RuleSet rules = base();
    rules.rules = {grant(u"one"_s, u"a"_s, 0, 5)};
    const SheetTable reply = statusReply(rules, {}, kNow);
    QVERIFY(toCsv(reply).contains("'=A film"));
    const auto workbook = toXlsx(reply);
    QVERIFY(workbook);
    const auto back = readXlsx(*workbook);
    QVERIFY(back);
    QCOMPARE(back->front().rows.size(), reply.rows.size());
}

QTEST_GUILESS_MAIN(RightsReportsTest)
#include "tst_rights_reports.moc"
