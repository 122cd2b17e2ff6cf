#include "core/rights/rule_set_json.h"
#include "core/rights/snapshot_compiler.h"
#include "core/rights/validate.h"
#include "random_world.h"
#include "support/opened_snapshot.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

class SnapshotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheResolverOnRandomCells();
    void givesTheSameBytesForTheSameRulesInAnyOrder();
    void countsEachEpisodeOfASeries();
    void countsEveryCountryInOneWalk();
    void countsMoreTitlesThanDigitsHold();
    void dropsWhatCannotMatch();
    void compilesNothing();
};

void SnapshotTest::agreesWithTheResolverOnRandomCells()
{
    const int worlds = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 2000 : 100;
    int available = 0;
    for (int seed = 0; seed < worlds; ++seed) {
        RandomWorld world(static_cast<quint32>(seed));
        const RuleSet rules = world.rules();
        QVERIFY(validate(rules));
        const Resolver resolver(rules);
        const auto snapshot = compile(resolver, 7);
        QVERIFY(snapshot);
        const OpenedSnapshot opened(snapshot->bytes);
        for (int i = 0; i < 500; ++i) {
            const Query query = world.query();
            const Answer expected = resolver.resolve(query);
            const vav_answer actual = askState(opened.state, query);
            const QString terms = termsOf(actual);
            if (actual.available != expected.available || terms != expected.termsFrom.toString()
                || resolver.isAvailable(query) != expected.available)
                qWarning().noquote() << seed << toJson(query) << toJson(expected) << actual.available << terms
                                     << toJson(rules);
            QCOMPARE(actual.available, expected.available);
            QCOMPARE(terms, expected.termsFrom.toString());
            QCOMPARE(resolver.isAvailable(query), expected.available);
            QCOMPARE(expected.available, expected.reason == Reason::None);
            available += expected.available;
        }
    }
    QVERIFY(available > worlds * 10);
}

void SnapshotTest::givesTheSameBytesForTheSameRulesInAnyOrder()
{
    for (quint32 seed = 0; seed < 30; ++seed) {
        RandomWorld world(seed);
        RuleSet rules = world.rules();
        const auto first = compile(Resolver(rules), 1);
        std::reverse(rules.rules.begin(), rules.rules.end());
        std::reverse(rules.titles.begin(), rules.titles.end());
        std::reverse(rules.deals.begin(), rules.deals.end());
        std::reverse(rules.sites.begin(), rules.sites.end());
        const auto second = compile(Resolver(rules), 1);
        QVERIFY(first && second);
        QCOMPARE(second->bytes, first->bytes);
        QCOMPARE(second->sha256, first->sha256);
    }
}

void SnapshotTest::countsEachEpisodeOfASeries()
{
    RuleSet rules;
    Title series;
    series.id = TitleId(u"s"_s);
    series.kind = TitleKind::Series;
    rules.titles.push_back(series);
    for (int i = 0; i < 100; ++i) {
        Title episode;
        episode.id = TitleId(u"e%1"_s.arg(i));
        episode.kind = TitleKind::Episode;
        episode.parent = series.id;
        rules.titles.push_back(episode);
    }
    Rule rule;
    rule.id = WindowId(u"a"_s);
    rule.scope = series.id;
    rule.territory.include = {u"WORLD"_s};
    rule.sites.all = rule.offers.all = true;
    rules.rules.push_back(rule);
    const auto snapshot = compile(Resolver(rules), 1);
    QVERIFY(snapshot);
    QCOMPARE(snapshot->counts.titles, 101);
    QCOMPARE(snapshot->counts.windows, 100);
    QCOMPARE(snapshot->counts.territorySets, 1);
    QCOMPARE(snapshot->counts.bytes, snapshot->bytes.size());
    const OpenedSnapshot opened(snapshot->bytes);
    const vav_cell cell = vav_make_cell(opened.state, {"FR", 2}, {"", 0}, {"web", 3}, {"svod", 4}, 0);
    QCOMPARE(vav_count(opened.state, &cell), 101U);
}

/// Against asking every title in every country one by one.
void SnapshotTest::countsEveryCountryInOneWalk()
{
    int available = 0;
    for (quint32 seed = 0; seed < 40; ++seed) {
        RandomWorld world(seed);
        const RuleSet rules = world.rules();
        const auto snapshot = compile(Resolver(rules), 1);
        QVERIFY(snapshot);
        const OpenedSnapshot opened(snapshot->bytes);
        const Query query = world.query();
        const QByteArray site = query.site.toUtf8(), offer = query.offer.toUtf8();
        const auto cellIn = [&](const QByteArray& country) {
            return vav_make_cell(opened.state, textOf(country), {"", 0}, textOf(site), textOf(offer),
                query.at.time_since_epoch().count());
        };
        std::vector<std::uint32_t> counts(VAV_COUNTRY_CODES, 77);
        const vav_cell any = cellIn("ZZ");
        vav_count_countries(opened.state, &any, counts.data());
        for (int code = 0; code < kCountryCodes; ++code) {
            const QByteArray country = atomToText(static_cast<TerritoryAtom>(code) << 16).toLatin1();
            const vav_cell cell = cellIn(country);
            std::uint32_t expected = 0;
            for (const Title& title : rules.titles) {
                const QByteArray id = title.id.toString().toUtf8();
                expected += !isContainer(title.kind)
                    && vav_is_available(opened.state, vav_find_title(opened.state, textOf(id)), &cell);
            }
            QCOMPARE(counts[static_cast<std::size_t>(code)], expected);
            QCOMPARE(vav_count_played(opened.state, &cell), expected);
            available += static_cast<int>(expected);
        }
        const vav_cell foreign {};
        vav_count_countries(opened.state, &foreign, counts.data());
        QVERIFY(std::ranges::all_of(counts, [](std::uint32_t count) { return count == 0; }));
    }
    QVERIFY(available > 1000);
}

/// More titles than the digits of a column hold at once.
void SnapshotTest::countsMoreTitlesThanDigitsHold()
{
    RuleSet rules;
    for (int i = 0; i < 1000; ++i) {
        Title title;
        title.id = TitleId(u"t%1"_s.arg(i));
        rules.titles.push_back(title);
        Rule rule;
        rule.id = WindowId(u"r%1"_s.arg(i));
        rule.scope = title.id;
        rule.territory.include = i % 3 == 0 ? QStringList {u"DE"_s, u"FR"_s} : QStringList {u"FR"_s};
        rule.sites.all = rule.offers.all = true;
        rules.rules.push_back(rule);
    }
    const auto snapshot = compile(Resolver(rules), 1);
    QVERIFY(snapshot);
    const OpenedSnapshot opened(snapshot->bytes);
    const vav_cell cell = vav_make_cell(opened.state, {"", 0}, {"", 0}, {"web", 3}, {"svod", 4}, 0);
    std::vector<std::uint32_t> counts(VAV_COUNTRY_CODES);
    vav_count_countries(opened.state, &cell, counts.data());
    const auto in = [&counts](const char* code) {
        return counts[static_cast<std::size_t>(26 * (code[0] - 'A') + code[1] - 'A')];
    };
    QCOMPARE(in("FR"), 1000U);
    QCOMPARE(in("DE"), 334U);
    QCOMPARE(in("PL"), 0U);
}

void SnapshotTest::dropsWhatCannotMatch()
{
    RandomWorld world(1);
    RuleSet rules = world.rules();
    for (Rule& rule : rules.rules)
        rule.status = RuleStatus::Revoked;
    const auto snapshot = compile(Resolver(rules), 1);
    QVERIFY(snapshot);
    QCOMPARE(snapshot->counts.windows, 0);
    QCOMPARE(snapshot->counts.territorySets, 0);
}

void SnapshotTest::compilesNothing()
{
    const auto snapshot = compile(Resolver(RuleSet {}), 42);
    QVERIFY(snapshot);
    const OpenedSnapshot opened(snapshot->bytes);
    QCOMPARE(vav_version(opened.state), 42U);
    QCOMPARE(vav_title_count(opened.state), 0U);
    QVERIFY(!vav_query(opened.state, {"x", 1}, {"FR", 2}, {"web", 3}, {"svod", 4}, 0).available);
}

QTEST_GUILESS_MAIN(SnapshotTest)
#include "tst_snapshot.moc"
