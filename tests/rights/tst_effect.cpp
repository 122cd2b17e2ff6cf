#include "core/rights/effect.h"
#include "core/rights/rule_set_json.h"
#include "random_world.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

class EffectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isExactlyTheDifferenceOfTheAnswers();
    void isEmptyForRulesWithEqualAnswers();
    void countsWhatIsLiveNow();
    void tellsAllFromTheUnnamedOnes();
    void tenThousandWindowsOfOneTitleAreOneStepEach();
};

namespace {

/// How many blocks of a list hold the cell.
int covering(const std::vector<CellRange>& ranges, const Query& query)
{
    const QString place = query.subdivision.isEmpty() ? query.country : query.subdivision;
    const auto named = [](const QStringList& names, const QString& name, bool known) {
        return names.contains(known ? name : u"*"_s);
    };
    int count = 0;
    for (const CellRange& range : ranges) {
        count += range.title == query.title && range.countries.contains(place)
            && named(range.sites, query.site, query.site != u"new site")
            && named(range.offers, query.offer, query.offer != u"new offer") && range.window.contains(query.at);
    }
    return count;
}

} // namespace

void EffectTest::isExactlyTheDifferenceOfTheAnswers()
{
    int changes = 0, everySite = 0;
    for (quint32 seed = 0; seed < 200; ++seed) {
        RandomWorld world(seed);
        const RuleSet rules = world.rules();
        const Resolver before(rules);
        const Resolver after(world.edited(rules));
        const auto effects = effectOf(before, after, RandomWorld::day(5));
        QVERIFY(effects);
        for (const auto* ranges : {&effects->gained, &effects->lost}) {
            for (const CellRange& range : *ranges) {
                QCOMPARE(range.allSites, range.sites.size() == 4);
                everySite += range.allSites;
                QCOMPARE(range.allOffers, range.offers.size() == 3);
            }
        }
        for (int i = 0; i < 400; ++i) {
            Query query = world.query();
            if (query.country == u"QQ" || query.country == u"fr")
                continue;
            query.subdivision.clear();
            const int expected = int(after.isAvailable(query)) - int(before.isAvailable(query));
            QCOMPARE(covering(effects->gained, query), expected > 0 ? 1 : 0);
            QCOMPARE(covering(effects->lost, query), expected < 0 ? 1 : 0);
            changes += expected != 0;
        }
    }
    QVERIFY(changes > 100);
    QVERIFY(everySite > 0);
}

void EffectTest::isEmptyForRulesWithEqualAnswers()
{
    RandomWorld world(3);
    RuleSet rules = world.rules();
    const Resolver before(rules);
    Rule revoked = rules.rules.front();
    revoked.id = WindowId(u"one more"_s);
    revoked.status = RuleStatus::Revoked;
    rules.rules.push_back(revoked);
    const auto effects = effectOf(before, Resolver(rules), RandomWorld::day(1));
    QVERIFY(effects);
    QVERIFY(effects->gained.empty() && effects->lost.empty());
    QCOMPARE(effects->titlesChanged, 0);
}

void EffectTest::countsWhatIsLiveNow()
{
    RuleSet rules;
    rules.sites = {u"web"_s};
    rules.offers = {u"svod"_s};
    Title film;
    film.id = TitleId(u"f"_s);
    rules.titles = {film};
    Rule rule;
    rule.id = WindowId(u"a"_s);
    rule.scope = film.id;
    rule.territory.include = {u"FR"_s, u"DE"_s};
    rule.sites.names = {u"web"_s};
    rule.offers.names = {u"svod"_s};
    rule.window = {RandomWorld::day(0), RandomWorld::day(9)};
    rules.rules = {rule};
    const Resolver before(rules);
    rules.rules[0].territory.include = {u"FR"_s};
    rules.rules[0].window.end = RandomWorld::day(12);
    const auto effects = effectOf(before, Resolver(rules), RandomWorld::day(5));
    QVERIFY(effects);
    QCOMPARE(effects->lost.size(), 1U);
    QCOMPARE(effects->lost[0],
        (CellRange {film.id, {u"DE"_s}, {u"web"_s}, {u"svod"_s}, {RandomWorld::day(0), RandomWorld::day(9)}}));
    QCOMPARE(effects->gained.size(), 1U);
    QCOMPARE(effects->gained[0].window, (Window {RandomWorld::day(9), RandomWorld::day(12)}));
    QCOMPARE(effects->liveLost, 1);
    QCOMPARE(effects->liveGained, 0);
}

void EffectTest::tellsAllFromTheUnnamedOnes()
{
    RuleSet rules;
    rules.sites = {u"web"_s};
    rules.offers = {u"svod"_s, u"est"_s};
    rules.titles = {Title {.id = TitleId(u"f"_s)}};
    Rule rule;
    rule.id = WindowId(u"a"_s);
    rule.scope = TitleId(u"f"_s);
    rule.territory.include = {u"FR"_s};
    rule.sites.all = true;
    rule.offers.names = {u"svod"_s, u"est"_s};
    const Resolver none(rules);
    rules.rules = {rule};
    const Resolver named(rules);
    rules.rules[0].offers = {.all = true, .names = {}};
    const Resolver all(rules);
    const auto others = effectOf(named, all, RandomWorld::day(0));
    const auto both = effectOf(none, all, RandomWorld::day(0));
    QVERIFY(others && both);
    QCOMPARE(others->gained.size(), 1U);
    QCOMPARE(others->gained[0].offers, QStringList(u"*"_s));
    QVERIFY(others->gained[0].allSites && !others->gained[0].allOffers);
    QCOMPARE(both->gained[0].offers, (QStringList {u"*"_s, u"est"_s, u"svod"_s}));
    QVERIFY(both->gained[0].allSites && both->gained[0].allOffers);
}

void EffectTest::tenThousandWindowsOfOneTitleAreOneStepEach()
{
    RuleSet rules;
    rules.titles = {Title {.id = TitleId(u"film"_s)}};
    const QStringList countries {u"FR"_s, u"DE"_s, u"ES"_s, u"IT"_s};
    for (int i = 0; i < 10'000; ++i) {
        Rule rule;
        rule.id = WindowId(u"w%1"_s.arg(i));
        rule.scope = TitleId(u"film"_s);
        rule.territory.include = {countries[i % 4]};
        rule.sites.all = rule.offers.all = true;
        rule.window = {RandomWorld::day(i), RandomWorld::day(i + 2)}; // two days of four, so that none touches the next
        rules.rules.push_back(rule);
    }
    RuleSet none = rules;
    none.rules.clear();
    const Instant now = RandomWorld::day(5);
    const Resolver all(rules);
    const auto gained = effectOf(Resolver(none), all, now);
    QVERIFY(gained);
    QVERIFY(effectOf(all, all, now)->gained.empty()); // also against itself
    QCOMPARE(gained->gained.size(), 10'000U);
    QVERIFY(gained->lost.empty());
    QCOMPARE(gained->gained[0].window, (Window {RandomWorld::day(0), RandomWorld::day(2)}));
    QCOMPARE(gained->liveGained, 2); // those of the days before and of today, for every site and offer
    // A restriction over the same days takes what it covers, in one country, and a window within it stays lost.
    RuleSet denied = rules;
    Rule deny = rules.rules[4];
    deny.id = WindowId(u"deny"_s);
    deny.effect = Effect::Deny;
    deny.window = {RandomWorld::day(4), RandomWorld::day(9)};
    denied.rules.push_back(deny);
    const auto lost = effectOf(Resolver(rules), Resolver(denied), now);
    QVERIFY(lost);
    QVERIFY(lost->gained.empty());
    QCOMPARE(lost->lost.size(), 2U);
    QCOMPARE(lost->lost[0].countries, QStringList {u"FR"_s});
    QCOMPARE(lost->lost[0].window, (Window {RandomWorld::day(4), RandomWorld::day(6)}));
    QCOMPARE(lost->lost[1].window, (Window {RandomWorld::day(8), RandomWorld::day(9)}));
}

QTEST_GUILESS_MAIN(EffectTest)
#include "tst_effect.moc"
