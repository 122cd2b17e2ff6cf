#include "core/rights/explain.h"
#include "core/rights/resolver.h"
#include "core/rights/rule_set_json.h"
#include "naive_oracle.h"
#include "random_world.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

/// The resolver and the explanation against the reference read word by word.
class OracleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAsTheReferenceSays();
    void answersDoNotDependOnTheOrderOfRules();
    void explanationNamesTheDecidingRule();
    void liftingEveryRemedyHelps();

private:
    static RuleSet world(RandomWorld& random);
    static Query question(RandomWorld& random);
};

/// A random world with ratings, fallbacks and policies as well.
RuleSet OracleTest::world(RandomWorld& random)
{
    RuleSet rules = random.rules();
    const QStringList rated {u"FR"_s, u"DE"_s, u"CA"_s, u"NL"_s};
    for (Title& title : rules.titles) {
        for (const QString& country : rated) {
            if (random.below(4) == 0)
                title.ratings.insert(country, random.below(5) * 4);
        }
    }
    if (random.below(2) == 0)
        rules.ratingFallback = {{u"RE"_s, {u"FR"_s, u"NL"_s}}, {u"GB"_s, {u"NL"_s}}};
    for (const QString& country : {u"*"_s, u"JP"_s, u"RE"_s}) {
        if (random.below(3) == 0)
            rules.unratedPolicy.insert(country, static_cast<UnratedPolicy>(random.below(3)));
    }
    return rules;
}

Query OracleTest::question(RandomWorld& random)
{
    Query query = random.query();
    if (random.below(3) == 0)
        query.viewerMaxAge = random.below(20);
    if (random.below(5) == 0) {
        Entitlement owned;
        owned.kind = random.below(2) == 0 ? u"est"_s : u"vod"_s;
        if (random.below(2) == 0)
            owned.acquiredAt = RandomWorld::day(random.below(20));
        if (random.below(2) == 0)
            owned.expiresAt = RandomWorld::day(random.below(20));
        query.entitlement = owned;
    }
    return query;
}

void OracleTest::answersAsTheReferenceSays()
{
    const quint32 worlds = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 3000 : 150;
    QMap<Reason, int> seen;
    for (quint32 seed = 0; seed < worlds; ++seed) {
        RandomWorld random(seed);
        const RuleSet rules = world(random);
        const Resolver resolver(rules);
        const NaiveOracle oracle(rules);
        for (int i = 0; i < 200; ++i) {
            const Query query = question(random);
            const Answer expected = oracle.answer(query);
            const Answer actual = resolver.resolve(query);
            if (actual != expected)
                qWarning().noquote() << seed << toJson(query) << toJson(expected) << toJson(rules);
            QCOMPARE(toJson(actual), toJson(expected));
            QCOMPARE(resolver.isAvailable(query), expected.available);
            ++seen[expected.reason];
        }
    }
    // Every reason was met, so every branch was compared.
    for (int i = 0; i <= static_cast<int>(Reason::NoAvailableChild); ++i)
        QVERIFY2(seen.value(static_cast<Reason>(i)) > 0, qPrintable(reasonCode(static_cast<Reason>(i))));
}

void OracleTest::answersDoNotDependOnTheOrderOfRules()
{
    for (quint32 seed = 500; seed < 540; ++seed) {
        RandomWorld random(seed);
        RuleSet rules = world(random);
        const Resolver first(rules);
        std::mt19937 shuffle(seed);
        std::ranges::shuffle(rules.rules, shuffle);
        std::ranges::shuffle(rules.titles, shuffle);
        std::ranges::shuffle(rules.deals, shuffle);
        std::ranges::shuffle(rules.groups, shuffle);
        const Resolver second(rules);
        for (int i = 0; i < 100; ++i) {
            const Query query = question(random);
            QCOMPARE(toJson(second.resolve(query)), toJson(first.resolve(query)));
        }
    }
}

void OracleTest::explanationNamesTheDecidingRule()
{
    int decided = 0;
    for (quint32 seed = 600; seed < 660; ++seed) {
        RandomWorld random(seed);
        const Resolver resolver(world(random));
        for (int i = 0; i < 100; ++i) {
            const Query query = question(random);
            const Explanation explanation = explain(resolver, query);
            QCOMPARE(explanation.answer, resolver.resolve(query));
            const WindowId decider
                = explanation.answer.available ? explanation.grantedBy : explanation.answer.decidedBy;
            const auto deciding = std::ranges::count_if(explanation.trail, &TrailStep::decides);
            QCOMPARE(deciding, decider.isEmpty() ? 0 : 1);
            for (const TrailStep& step : explanation.trail) {
                if (!step.decides)
                    continue;
                QCOMPARE(step.rule, decider);
                QCOMPARE(step.outcome, u"MATCHED"_s);
                ++decided;
            }
            QCOMPARE(explanation.remedies.empty(), explanation.answer.available);
        }
    }
    QVERIFY(decided > 100);
}

/// Following "add this territory", "add this site", … of the one grant there is makes the title available.
void OracleTest::liftingEveryRemedyHelps()
{
    RuleSet rules;
    Title film;
    film.id = TitleId(u"f"_s);
    rules.titles = {film};
    Rule grant;
    grant.id = WindowId(u"a"_s);
    grant.scope = film.id;
    grant.status = RuleStatus::Pending;
    grant.territory.include = {u"DE"_s};
    grant.window = {RandomWorld::day(0), RandomWorld::day(5)};
    rules.rules = {grant};
    Query query;
    query.title = film.id;
    query.country = u"FR"_s;
    query.site = u"web"_s;
    query.offer = u"svod"_s;
    query.at = RandomWorld::day(7);
    QStringList followed;
    for (const Remedy& remedy : explain(Resolver(rules), query).remedies) {
        Rule& rule = rules.rules[0];
        if (remedy.code == u"APPROVE_RULE")
            rule.status = RuleStatus::Approved;
        else if (remedy.code == u"ADD_TERRITORY")
            rule.territory.include.append(remedy.values.value(u"territory").toString());
        else if (remedy.code == u"ADD_SITE")
            rule.sites.names.append(remedy.values.value(u"site").toString());
        else if (remedy.code == u"ADD_OFFER")
            rule.offers.names.append(remedy.values.value(u"offer").toString());
        else if (remedy.code == u"EXTEND_END")
            rule.window.end = RandomWorld::day(8);
        followed.append(remedy.code);
    }
    QCOMPARE(followed,
        (QStringList {u"APPROVE_RULE"_s, u"ADD_TERRITORY"_s, u"ADD_SITE"_s, u"ADD_OFFER"_s, u"EXTEND_END"_s}));
    QVERIFY(Resolver(rules).resolve(query).available);
}

QTEST_GUILESS_MAIN(OracleTest)
#include "tst_oracle.moc"
