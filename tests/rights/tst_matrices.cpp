#include "core/rights/resolver.h"
#include "core/rights/rule_set_json.h"

#include <QJsonArray>
#include <QTest>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

/// Tables of section 7.2 with every row in them: states, holdbacks, ratings, entitlements.
class MatricesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void grantNeedsApprovalAndAnActiveDeal_data();
    void grantNeedsApprovalAndAnActiveDeal();
    void denyActsUnlessItsDealIsDraftOrEnded_data();
    void denyActsUnlessItsDealIsDraftOrEnded();
    void heaviestDenyGivesTheReason();
    void holdbackFollowsItsEvent_data();
    void holdbackFollowsItsEvent();
    void ratingIsTheNearestThenTheFallbackThenThePolicy_data();
    void ratingIsTheNearestThenTheFallbackThenThePolicy();
    void ownerSeesWhatWasBought_data();
    void ownerSeesWhatWasBought();

private:
    static RuleSet oneFilm();
    static Query question();
};

namespace {

Instant day(int number)
{
    return Instant {std::chrono::days(20'000 + number)};
}

} // namespace

Q_DECLARE_METATYPE(vidimus::rights::DealStatus)
Q_DECLARE_METATYPE(vidimus::rights::RuleStatus)
Q_DECLARE_METATYPE(vidimus::rights::RestrictionKind)

RuleSet MatricesTest::oneFilm()
{
    RuleSet rules;
    Title film;
    film.id = TitleId(u"film"_s);
    rules.titles = {film};
    Rule grant;
    grant.id = WindowId(u"grant"_s);
    grant.scope = film.id;
    grant.territory.include = {u"WORLD"_s};
    grant.sites.all = grant.offers.all = true;
    rules.rules = {grant};
    return rules;
}

Query MatricesTest::question()
{
    Query query;
    query.title = TitleId(u"film"_s);
    query.country = u"LU"_s;
    query.site = u"web"_s;
    query.offer = u"svod"_s;
    query.at = day(0);
    return query;
}

void MatricesTest::grantNeedsApprovalAndAnActiveDeal_data()
{
    QTest::addColumn<RuleStatus>("rule");
    QTest::addColumn<DealStatus>("deal");
    QTest::addColumn<bool>("available");
    const char* ruleNames[] = {"pending", "approved", "revoked"};
    const char* dealNames[] = {"draft", "pending", "active", "suspended", "ended"};
    for (int rule = 0; rule < 3; ++rule) {
        for (int deal = 0; deal < 5; ++deal)
            QTest::addRow("%s rule, %s deal", ruleNames[rule], dealNames[deal]) << static_cast<RuleStatus>(
                rule) << static_cast<DealStatus>(deal) << (rule == 1 && deal == 2); // approved and active
    }
}

void MatricesTest::grantNeedsApprovalAndAnActiveDeal()
{
    QFETCH(RuleStatus, rule);
    QFETCH(DealStatus, deal);
    QFETCH(bool, available);
    RuleSet rules = oneFilm();
    Deal contract;
    contract.id = DealId(u"C"_s);
    contract.status = deal;
    rules.deals = {contract};
    rules.rules[0].deal = contract.id;
    rules.rules[0].status = rule;
    const Answer answer = Resolver(rules).resolve(question());
    QCOMPARE(answer.available, available);
    QCOMPARE(answer.reason, available ? Reason::None : Reason::Status);
    rules.rules[0].deal = DealId(u"no such"_s);
    QCOMPARE(Resolver(rules).resolve(question()).reason, Reason::Status);
}

void MatricesTest::denyActsUnlessItsDealIsDraftOrEnded_data()
{
    QTest::addColumn<DealStatus>("deal");
    QTest::addColumn<bool>("acts");
    QTest::newRow("draft") << DealStatus::Draft << false;
    QTest::newRow("pending") << DealStatus::Pending << true;
    QTest::newRow("active") << DealStatus::Active << true;
    QTest::newRow("suspended") << DealStatus::Suspended << true;
    QTest::newRow("ended") << DealStatus::Ended << false;
}

void MatricesTest::denyActsUnlessItsDealIsDraftOrEnded()
{
    QFETCH(DealStatus, deal);
    QFETCH(bool, acts);
    RuleSet rules = oneFilm();
    Deal contract;
    contract.id = DealId(u"C"_s);
    contract.status = deal;
    contract.term = {day(100), day(200)}; // a restriction is not clipped to the term
    rules.deals = {contract};
    Rule deny = rules.rules[0];
    deny.id = WindowId(u"deny"_s);
    deny.effect = Effect::Deny;
    deny.kind = RestrictionKind::Blackout;
    deny.deal = contract.id;
    rules.rules.push_back(deny);
    QCOMPARE(Resolver(rules).resolve(question()).reason, acts ? Reason::Blackout : Reason::None);
    rules.rules[1].status = RuleStatus::Pending;
    QVERIFY(Resolver(rules).resolve(question()).available);
    rules.rules[1].status = RuleStatus::Approved;
    rules.rules[1].deal = DealId(u"no such"_s); // fail closed
    QCOMPARE(Resolver(rules).resolve(question()).reason, Reason::Blackout);
}

void MatricesTest::heaviestDenyGivesTheReason()
{
    const Reason reasons[]
        = {Reason::Takedown, Reason::Regulatory, Reason::Blackout, Reason::Holdback, Reason::Embargo};
    for (int subset = 1; subset < 32; ++subset) {
        RuleSet rules = oneFilm();
        Reason expected = Reason::None;
        for (int kind = 4; kind >= 0; --kind) {
            if ((subset >> kind & 1) == 0)
                continue;
            Rule deny = rules.rules[0];
            deny.id = WindowId(u"z%1"_s.arg(9 - kind));
            deny.effect = Effect::Deny;
            deny.kind = static_cast<RestrictionKind>(kind);
            rules.rules.push_back(deny);
            expected = reasons[kind];
        }
        rules.rules[0].priority = 1000; // no priority lifts a deny
        QCOMPARE(Resolver(rules).resolve(question()).reason, expected);
        for (Rule& rule : rules.rules)
            rule.hard = false; // soft ones only warn
        const Answer warned = Resolver(rules).resolve(question());
        QVERIFY(warned.available);
        QCOMPARE(warned.warnings.size(), rules.rules.size() - 1);
    }
}

void MatricesTest::holdbackFollowsItsEvent_data()
{
    QTest::addColumn<int>("event"); // day; -1000: unknown
    QTest::addColumn<int>("days");
    QTest::addColumn<int>("firstFreeDay"); // 1000: never
    QTest::newRow("90 days after") << 15 << 90 << 105;
    QTest::newRow("the day itself") << 15 << 0 << 15;
    QTest::newRow("long ago") << -500 << 90 << -410;
    QTest::newRow("unknown event holds for ever") << -1000 << 90 << 1000;
}

void MatricesTest::holdbackFollowsItsEvent()
{
    QFETCH(int, event);
    QFETCH(int, days);
    QFETCH(int, firstFreeDay);
    RuleSet rules = oneFilm();
    Rule holdback = rules.rules[0];
    holdback.id = WindowId(u"holdback"_s);
    holdback.effect = Effect::Deny;
    holdback.kind = RestrictionKind::Holdback;
    holdback.offers = {.all = false, .names = {u"svod"_s}};
    holdback.window.end = day(-900); // "after" decides the end, not this
    holdback.after = AfterEvent {.event = u"theatrical"_s, .eventAt = {}, .days = days};
    if (event != -1000)
        holdback.after->eventAt = day(event);
    rules.rules.push_back(holdback);
    const Resolver resolver(rules);
    for (int at = -450; at < 300; at += 5) {
        Query query = question();
        query.at = day(at);
        QCOMPARE(resolver.resolve(query).available, at >= firstFreeDay);
        query.at = day(at) - Milliseconds(1);
        QCOMPARE(resolver.resolve(query).available, at - 1 >= firstFreeDay);
        query.offer = u"est"_s;
        QVERIFY(resolver.resolve(query).available);
    }
}

void MatricesTest::ratingIsTheNearestThenTheFallbackThenThePolicy_data()
{
    QTest::addColumn<QJsonObject>("episode"); // ratings
    QTest::addColumn<QJsonObject>("series");
    QTest::addColumn<QJsonObject>("fallback");
    QTest::addColumn<QJsonObject>("policy");
    QTest::addColumn<int>("age"); // the lowest viewer's limit that lets it through; 151: none does
    const auto ages = [](const QString& country, int age) { return QJsonObject {{country, age}}; };
    const QJsonObject none, lu = ages(u"LU"_s, 6), lu12 = ages(u"LU"_s, 12), nl = ages(u"NL"_s, 16),
                            be = ages(u"BE"_s, 10);
    const QJsonObject chain {{u"LU"_s, QJsonArray {u"NL"_s, u"BE"_s}}};
    const auto policy = [](const char* word) { return QJsonObject {{u"*"_s, QString::fromLatin1(word)}}; };
    QTest::newRow("its own") << lu << lu12 << none << none << 6;
    QTest::newRow("inherited") << none << lu12 << none << none << 12;
    QTest::newRow("its own is stricter") << lu12 << lu << none << none << 12;
    QTest::newRow("another country's does not count") << nl << none << none << none << 18;
    QTest::newRow("fallback") << nl << none << chain << none << 16;
    QTest::newRow("inherited own before fallback") << nl << lu << chain << none << 6;
    QTest::newRow("fallbacks in order") << be << nl << chain << none << 16;
    QTest::newRow("last fallback") << none << be << chain << none << 10;
    QTest::newRow("unrated is adult") << none << none << chain << none << 18;
    QTest::newRow("unrated is adult, as said") << none << none << none << policy("adult") << 18;
    QTest::newRow("unrated is allowed") << none << none << none << policy("allow") << 0;
    QTest::newRow("unrated is blocked") << none << none << none << policy("block") << 151;
    QTest::newRow("policy of the country")
        << none << none << none << QJsonObject {{u"*"_s, u"block"_s}, {u"LU"_s, u"allow"_s}} << 0;
}

void MatricesTest::ratingIsTheNearestThenTheFallbackThenThePolicy()
{
    QFETCH(QJsonObject, episode);
    QFETCH(QJsonObject, series);
    QFETCH(QJsonObject, fallback);
    QFETCH(QJsonObject, policy);
    QFETCH(int, age);
    const QJsonObject titles {{u"s"_s, QJsonObject {{u"kind"_s, u"series"_s}, {u"ratings"_s, series}}},
        {u"film"_s,
            QJsonObject {
                {u"kind"_s, u"episode"_s}, {u"parent"_s, u"s"_s}, {u"link"_s, u"part"_s}, {u"ratings"_s, episode}}}};
    RuleSet rules;
    const auto read
        = readContext({{u"titles"_s, titles}, {u"rating_fallback"_s, fallback}, {u"unrated_policy"_s, policy}}, rules);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().detail));
    rules.rules = oneFilm().rules;
    const Resolver resolver(rules);
    for (int limit = 0; limit <= 150; ++limit) {
        Query query = question();
        query.viewerMaxAge = limit;
        const Answer answer = resolver.resolve(query);
        QCOMPARE(answer.available, limit >= age);
        QCOMPARE(answer.reason, limit >= age ? Reason::None : Reason::Rating);
    }
    QVERIFY(resolver.resolve(question()).available); // a viewer without a limit
}

void MatricesTest::ownerSeesWhatWasBought_data()
{
    QTest::addColumn<RestrictionKind>("kind");
    QTest::addColumn<bool>("plays");
    QTest::newRow("takedown") << RestrictionKind::Takedown << false;
    QTest::newRow("regulatory") << RestrictionKind::Regulatory << false;
    QTest::newRow("blackout") << RestrictionKind::Blackout << true;
    QTest::newRow("holdback") << RestrictionKind::Holdback << true;
    QTest::newRow("embargo") << RestrictionKind::Embargo << true;
}

void MatricesTest::ownerSeesWhatWasBought()
{
    QFETCH(RestrictionKind, kind);
    QFETCH(bool, plays);
    RuleSet rules = oneFilm();
    rules.rules[0].window.end = day(-10); // selling is over
    Rule deny = rules.rules[0];
    deny.id = WindowId(u"deny"_s);
    deny.effect = Effect::Deny;
    deny.kind = kind;
    deny.window = {};
    rules.rules.push_back(deny);
    Query query = question();
    query.entitlement = Entitlement {.kind = u"est"_s, .acquiredAt = day(-20), .expiresAt = {}};
    const Answer owned = Resolver(rules).resolve(query);
    QCOMPARE(owned.available, plays);
    QVERIFY(owned.termsFrom.isEmpty());
    query.entitlement->expiresAt = query.at; // a rental ends at its own expiry
    QVERIFY(!Resolver(rules).resolve(query).available);
    query.entitlement->expiresAt = query.at + Milliseconds(1);
    QCOMPARE(Resolver(rules).resolve(query).available, plays);
    query.entitlement = Entitlement {.kind = u"vod"_s, .acquiredAt = day(-1), .expiresAt = {}};
    QVERIFY(!Resolver(rules).resolve(query).available); // a rental without an end is none
    query.entitlement = Entitlement {.kind = u"est"_s, .acquiredAt = day(1), .expiresAt = {}};
    QVERIFY(!Resolver(rules).resolve(query).available); // not bought yet
}

QTEST_GUILESS_MAIN(MatricesTest)
#include "tst_matrices.moc"
