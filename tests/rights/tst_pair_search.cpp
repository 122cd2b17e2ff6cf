#include "core/rights/conflict_scan_p.h"
#include "random_world.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

namespace {

/// Many rules on few titles, alike in so many ways that each kind of pair comes up often.
RuleSet crowd(quint32 seed)
{
    RandomWorld random(seed);
    RuleSet rules = random.rules();
    const auto pick = [&random](const QStringList& list) { return list[random.below(static_cast<int>(list.size()))]; };
    const int count = 20 + random.below(60);
    for (int i = 0; i < count; ++i) {
        if (!rules.rules.empty() && random.below(4) == 0) { // the same again, or nearly
            Rule copy = rules.rules[static_cast<std::size_t>(random.below(static_cast<int>(rules.rules.size())))];
            copy.id = WindowId(u"copy %1"_s.arg(i));
            copy.exclusive = copy.effect == Effect::Allow && random.below(2) == 0;
            rules.rules.push_back(copy);
            continue;
        }
        Rule rule;
        rule.id = WindowId(u"crowd %1"_s.arg(random.below(100'000)) + u' ' + QString::number(i));
        rule.scope = TitleId(pick({u"film"_s, u"1x1"_s, u"season 1"_s, u"series"_s}));
        rule.effect = random.below(6) == 0 ? Effect::Deny : Effect::Allow;
        rule.hard = rule.effect == Effect::Allow || random.below(3) > 0;
        rule.applies = static_cast<Applies>(random.below(3));
        rule.territory.include = {pick({u"WORLD"_s, u"EU"_s, u"FR"_s, u"DE"_s, u"CA"_s, u"CA-QC"_s, u"JP"_s})};
        rule.sites.all = random.below(2) == 0;
        rule.sites.names = rule.sites.all ? QStringList() : QStringList {pick({u"web"_s, u"tv"_s})};
        rule.offers.all = random.below(2) == 0;
        rule.offers.names = rule.offers.all ? QStringList() : QStringList {pick({u"svod"_s, u"est"_s})};
        const int start = random.below(8);
        rule.window = {RandomWorld::day(start), RandomWorld::day(start + 1 + random.below(8))};
        if (random.below(5) == 0)
            rule.window.end.reset();
        rule.priority = random.below(3);
        rule.exclusive = rule.effect == Effect::Allow && random.below(2) == 0;
        if (random.below(3) > 0)
            rule.deal = DealId(u"d%1"_s.arg(random.below(3)));
        if (random.below(3) == 0)
            rule.terms = {{u"price"_s, random.below(2)}};
        if (random.below(4) == 0)
            rule.provenance = Provenance {.licensor = u"L%1"_s.arg(random.below(3))};
        rule.status = random.below(6) == 0 ? RuleStatus::Pending : RuleStatus::Approved;
        rules.rules.push_back(rule);
    }
    return rules;
}

QStringList told(const Conflicts& conflicts)
{
    QStringList list;
    for (const Conflict& conflict : conflicts.list)
        list.append(QString::fromUtf8(QJsonDocument(toJson(conflict)).toJson(QJsonDocument::Compact)));
    list.sort();
    return list;
}

Rule always(const QString& id, const QString& country)
{
    Rule rule;
    rule.id = WindowId(id);
    rule.scope = TitleId(u"film"_s);
    rule.territory.include = {country};
    rule.sites.all = true;
    rule.offers.all = true;
    return rule;
}

RuleSet film()
{
    RuleSet rules;
    rules.titles = {{.id = TitleId(u"film"_s)}};
    return rules;
}

} // namespace

/// The search that leaves out what cannot be a pair, beside the one that looks at every two.
class PairSearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatASearchOverAllPairsFinds();
    void listsAThousandOfATitleAndCountsTheRest();
    void saysWhenItStoppedCounting();
    void oneTitleLeavesRoomForTheOthers();
    void manyWindowsWithoutConflictAreLookedAtToTheEnd();
};

void PairSearchTest::findsWhatASearchOverAllPairsFinds()
{
    std::map<ConflictCode, int> met;
    for (quint32 seed = 1; seed <= 400; ++seed) {
        const CompiledRules rules = CompiledRules::from(crowd(seed));
        const Conflicts every = scanConflicts(rules, {}, PairSearch::EveryTwo);
        const Conflicts sweep = scanConflicts(rules, {}, PairSearch::Sweep);
        QVERIFY(every.more.empty() && !every.truncated);
        QVERIFY2(told(sweep) == told(every), qPrintable(u"seed %1"_s.arg(seed)));
        QVERIFY(sweep.more.empty() && !sweep.truncated);
        for (const Conflict& conflict : every.list)
            ++met[conflict.code];
    }
    for (const ConflictCode code : {ConflictCode::Duplicate, ConflictCode::ExclusiveOverlap, ConflictCode::Shadowed})
        QVERIFY2(met[code] > 1000, qPrintable(conflictCodeName(code) + u' ' + QString::number(met[code])));
}

void PairSearchTest::listsAThousandOfATitleAndCountsTheRest()
{
    RuleSet rules = film();
    for (int i = 0; i < 100; ++i)
        rules.rules.push_back(always(u"w%1"_s.arg(i), u"FR"_s));
    for (const PairSearch search : {PairSearch::EveryTwo, PairSearch::Sweep, PairSearch::Quickest}) {
        const Conflicts conflicts = scanConflicts(CompiledRules::from(rules), {}, search);
        QCOMPARE(conflicts.list.size(), kMaxConflictsOfTitle);
        QCOMPARE(conflicts.more.size(), 1U);
        QCOMPARE(conflicts.more[0], (MoreConflicts {.title = TitleId(u"film"_s), .count = 100 * 99 / 2 - 1000}));
    }
    const QJsonObject json = toJson(findConflicts(rules).more[0]);
    QCOMPARE(json[u"title"].toString(), u"film"_s);
    QCOMPARE(json[u"count"].toInteger(), 3950);
    QCOMPARE(json[u"sentence"].toString(), u"\"film\" has 3950 more conflicts than are listed."_s);
}

void PairSearchTest::saysWhenItStoppedCounting()
{
    RuleSet rules = film();
    for (int i = 0; i < 5000; ++i)
        rules.rules.push_back(always(u"w%1"_s.arg(i), u"FR"_s));
    const Conflicts conflicts = findConflicts(rules); // twelve million pairs say the same
    QCOMPARE(conflicts.more.size(), 1U);
    QVERIFY(conflicts.more[0].atLeast);
    QVERIFY(conflicts.more[0].count >= 900'000);
    QVERIFY(toJson(conflicts.more[0])[u"sentence"].toString().contains(u"at least"_s));
    CancelSource source;
    source.cancel();
    QVERIFY(findConflicts(rules, source.token()).list.size() <= kMaxConflictsOfTitle);
}

void PairSearchTest::oneTitleLeavesRoomForTheOthers()
{
    RuleSet rules = film();
    rules.titles.push_back({.id = TitleId(u"other"_s)});
    for (int i = 0; i < 200; ++i)
        rules.rules.push_back(always(u"w%1"_s.arg(i), u"FR"_s));
    for (int i = 0; i < 2; ++i) {
        rules.rules.push_back(always(u"other %1"_s.arg(i), u"FR"_s));
        rules.rules.back().scope = TitleId(u"other"_s);
    }
    const Conflicts conflicts = findConflicts(rules);
    QCOMPARE(conflicts.list.size(), kMaxConflictsOfTitle + 1);
    QVERIFY(!conflicts.truncated);
}

void PairSearchTest::manyWindowsWithoutConflictAreLookedAtToTheEnd()
{
    RuleSet rules = film();
    for (int i = 0; i < 20'000; ++i) { // at one time, of other deals: none decides for another
        rules.deals.push_back({.id = DealId(u"d%1"_s.arg(i)), .licensor = u"North"_s});
        rules.rules.push_back(always(u"w%1"_s.arg(i), i % 2 == 0 ? u"FR"_s : u"DE"_s));
        rules.rules.back().deal = rules.deals.back().id;
        rules.rules.back().exclusive = i % 3 == 0;
    }
    // A restriction that leaves nothing of one of them, and one pair that exclude each other.
    Rule deny = always(u"deny"_s, u"JP"_s);
    deny.effect = Effect::Deny;
    rules.rules.push_back(always(u"denied"_s, u"JP"_s));
    rules.rules.push_back(deny);
    for (const QString& id : {u"x 1"_s, u"x 2"_s}) {
        rules.rules.push_back(always(id, u"PL"_s));
        rules.rules.back().exclusive = true;
        rules.rules.back().provenance = Provenance {.licensor = id};
        rules.rules.back().deal = DealId(id == u"x 1" ? u"d0"_s : u"d1"_s);
    }
    const Conflicts conflicts = findConflicts(rules);
    QVERIFY(conflicts.more.empty() && !conflicts.truncated);
    QCOMPARE(conflicts.list.size(), 2U);
    QCOMPARE(conflicts.list[0].rules, (std::vector {WindowId(u"x 1"_s), WindowId(u"x 2"_s)}));
    QCOMPARE(conflicts.list[1].rules, (std::vector {WindowId(u"denied"_s), WindowId(u"deny"_s)}));
}

QTEST_GUILESS_MAIN(PairSearchTest)
#include "tst_pair_search.moc"
