#include "core/base/json.h"
#include "core/rights/conflicts.h"
#include "core/rights/effect.h"
#include "core/rights/pre_order.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/territory.h"
#include "core/rights/validate.h"
#include "random_world.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

/// Random rule sets through JSON, through the conflict scan beside a search over all pairs, and through the comparison
/// of answers.
class JsonAndConflictsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonKeepsEverything();
    void jsonRefusesEveryMemberItDoesNotKnow();
    void jsonRefusesEveryWrongType();
    void conflictsAreThoseOfASearchOverAllPairs();
    void conflictsDoNotDependOnOrder();
    void equalAnswersCompareEqual();
    void comparisonIsTheDifferenceCellByCell();
    void atomsReadAsTheyAreWritten();

private:
    static RuleSet world(quint32 seed);
};

namespace {

/// code and rules of a conflict, as one text.
QString tell(const Conflict& conflict)
{
    QStringList ids;
    for (const WindowId& id : conflict.rules)
        ids.append(id.toString());
    return conflictCodeName(conflict.code) + u' ' + ids.join(u' ');
}

Instant startOf(const Window& window)
{
    return window.start.value_or(Instant::min());
}

Instant endOf(const Window& window)
{
    return window.end.value_or(Instant::max());
}

bool lies(const Window& inner, const Window& outer)
{
    return startOf(outer) <= startOf(inner) && endOf(inner) <= endOf(outer);
}

} // namespace

/// A random world with the members that the resolver does not look at filled in as well.
RuleSet JsonAndConflictsTest::world(quint32 seed)
{
    RandomWorld random(seed);
    RuleSet rules = random.rules();
    for (Title& title : rules.titles) {
        title.name = random.below(2) == 0 ? QString() : u"Ein \"Titel\"\n天"_s;
        if (random.below(3) == 0)
            title.number = random.below(100);
        if (random.below(3) == 0)
            title.ratings = {{u"FR"_s, random.below(19)}, {u"DE"_s, 0}};
        if (random.below(3) == 0)
            title.ids = {{u"alid"_s, u"md:alid:%1"_s.arg(random.below(99))}};
    }
    for (Deal& deal : rules.deals)
        deal.territories = random.below(2) == 0 ? QStringList() : QStringList {u"FR"_s, u"EU@1"_s};
    for (Rule& rule : rules.rules) {
        rule.exclusive = random.below(4) != 0;
        if (random.below(3) == 0)
            rule.terms = {{u"license_type"_s, u"EST"_s}, {u"price"_s, 9.99}};
        if (random.below(3) == 0)
            rule.provenance = Provenance {u"a.csv"_s, u"Avails"_s, 4};
    }
    rules.ratingFallback = {{u"RE"_s, {u"FR"_s}}};
    rules.unratedPolicy = {{u"*"_s, UnratedPolicy::Allow}, {u"JP"_s, UnratedPolicy::Block}};
    return rules;
}

void JsonAndConflictsTest::jsonKeepsEverything()
{
    for (quint32 seed = 0; seed < 100; ++seed) {
        RuleSet rules = world(seed);
        const QByteArray text = vidimus::toJson(toJson(rules));
        const auto json = parseJsonObject(text);
        QVERIFY(json);
        auto read = ruleSetFromJson(*json);
        QVERIFY2(read, qPrintable(read ? QString() : read.error().detail));
        QCOMPARE(vidimus::toJson(toJson(*read)), text);
        for (RuleSet* set : {&rules, &*read}) { // an object's members have no order
            std::ranges::sort(set->titles, {}, [](const Title& one) { return one.id.toString(); });
            std::ranges::sort(set->deals, {}, [](const Deal& one) { return one.id.toString(); });
        }
        QVERIFY(*read == rules);
    }
}

void JsonAndConflictsTest::jsonRefusesEveryMemberItDoesNotKnow()
{
    const RuleSet rules = world(7);
    const auto with = [](QJsonObject object) {
        object.insert(u"surprise"_s, 1);
        return object;
    };
    QVERIFY(!ruleSetFromJson(with(toJson(rules))));
    for (const Rule& rule : rules.rules) {
        QVERIFY(ruleFromJson(toJson(rule)));
        const auto read = ruleFromJson(with(toJson(rule)), u"rules[3]"_s);
        QVERIFY(!read);
        QVERIFY2(read.error().detail.startsWith(u"rules[3].surprise"_s), qPrintable(read.error().detail));
    }
    QVERIFY(!titleFromJson(TitleId(u"t"_s), with(toJson(rules.titles[0]))));
    QVERIFY(!dealFromJson(DealId(u"d"_s), with(toJson(rules.deals[0]))));
}

void JsonAndConflictsTest::jsonRefusesEveryWrongType()
{
    int refused = 0;
    for (quint32 seed = 20; seed < 30; ++seed) {
        for (const Rule& rule : world(seed).rules) {
            const QJsonObject good = toJson(rule);
            for (const QString& name : good.keys()) {
                for (const QJsonValue& value :
                    {QJsonValue(1e300), QJsonValue(-0.5), QJsonValue(u"?"_s), QJsonValue(QJsonArray {QJsonArray {}})}) {
                    if (name == u"id" || name == u"scope" || name == u"deal") {
                        if (value.isString())
                            continue; // any text is an id
                    }
                    QJsonObject bad = good;
                    bad[name] = value;
                    const auto read = ruleFromJson(bad);
                    QVERIFY2(!read, qPrintable(name));
                    QCOMPARE(read.error().code, ErrorCode::Invalid);
                    ++refused;
                }
            }
        }
    }
    QVERIFY(refused > 1000);
}

/// The codes whose meaning can be said in a line or two each, looked for over all pairs of rules.
void JsonAndConflictsTest::conflictsAreThoseOfASearchOverAllPairs()
{
    QMap<QString, int> met;
    for (quint32 seed = 100; seed < 300; ++seed) {
        const RuleSet rules = world(seed);
        const auto dealOf = [&rules](const Rule& rule) -> const Deal* {
            const auto found = std::ranges::find(rules.deals, rule.deal, &Deal::id);
            return found == rules.deals.end() ? nullptr : &*found;
        };
        QSet<QString> expected;
        for (const Rule& rule : rules.rules) {
            const Deal* deal = dealOf(rule);
            if (rule.status == RuleStatus::Revoked || (deal && deal->status == DealStatus::Ended))
                continue;
            const Window& window = isPreOrderOnly(rule) ? *rule.preOrder : rule.window;
            if (window.isEmpty())
                expected.insert(u"EMPTY_WINDOW "_s + rule.id.toString());
            else if (rule.effect == Effect::Allow && deal && !lies(window, deal->term))
                expected.insert(u"OUTSIDE_DEAL_TERM "_s + rule.id.toString());
        }
        QSet<QString> found;
        const Conflicts conflicts = findConflicts(rules);
        QVERIFY(!conflicts.truncated);
        for (const Conflict& conflict : conflicts.list) {
            ++met[conflictCodeName(conflict.code)];
            if (conflict.code == ConflictCode::EmptyWindow || conflict.code == ConflictCode::OutsideDealTerm)
                found.insert(tell(conflict));
            if (conflict.code != ConflictCode::ExclusiveOverlap)
                continue;
            // What is reported is true: both are exclusive, of two licensors, and overlap in time.
            const auto first = std::ranges::find(rules.rules, conflict.rules[0], &Rule::id);
            const auto second = std::ranges::find(rules.rules, conflict.rules[1], &Rule::id);
            QVERIFY(first->exclusive && second->exclusive && first->id < second->id);
            QVERIFY(startOf(first->window) < endOf(second->window) && startOf(second->window) < endOf(first->window));
            QVERIFY(!conflict.territories.isEmpty());
            QVERIFY(!dealOf(*first) || !dealOf(*second) || dealOf(*first)->licensor != dealOf(*second)->licensor);
        }
        QCOMPARE(found, expected);
    }
    for (const char* code : {"EMPTY_WINDOW", "OUTSIDE_DEAL_TERM", "EXCLUSIVE_OVERLAP", "SHADOWED"})
        QVERIFY2(met.value(QString::fromLatin1(code)) > 3, code);
}

void JsonAndConflictsTest::conflictsDoNotDependOnOrder()
{
    for (quint32 seed = 300; seed < 330; ++seed) {
        RuleSet rules = world(seed);
        const auto told = [](const Conflicts& conflicts) {
            QStringList list;
            for (const Conflict& conflict : conflicts.list)
                list.append(tell(conflict) + conflict.territories.join(u','));
            return list;
        };
        const QStringList first = told(findConflicts(rules));
        std::ranges::reverse(rules.rules);
        std::ranges::reverse(rules.deals);
        std::ranges::reverse(rules.titles);
        QCOMPARE(told(findConflicts(rules)), first);
    }
}

void JsonAndConflictsTest::equalAnswersCompareEqual()
{
    for (quint32 seed = 400; seed < 430; ++seed) {
        const RuleSet rules = world(seed);
        RuleSet other = rules; // other words for the same
        for (Rule& rule : other.rules) {
            rule.id = WindowId(u"renamed "_s + rule.id.toString());
            rule.terms = {};
            rule.exclusive = false;
            std::ranges::reverse(rule.territory.include);
        }
        std::ranges::reverse(other.rules);
        const auto effects = effectOf(Resolver(rules), Resolver(other), RandomWorld::day(3));
        QVERIFY(effects);
        QVERIFY(effects->gained.empty() && effects->lost.empty());
        QCOMPARE(effects->liveGained + effects->liveLost, 0);
    }
}

void JsonAndConflictsTest::comparisonIsTheDifferenceCellByCell()
{
    Universe universe;
    universe.countries = {u"FR"_s, u"CA"_s, u"CA-QC"_s, u"XX"_s};
    universe.sites = {u"web"_s, u"elsewhere"_s};
    universe.offers = {u"svod"_s, u"est"_s};
    for (int i = 0; i < 20; i += 3)
        universe.instants.push_back(RandomWorld::day(i));
    std::size_t changed = 0;
    for (quint32 seed = 500; seed < 570; ++seed) {
        RandomWorld random(seed);
        const RuleSet rules = random.rules();
        const Resolver before(rules), after(random.edited(rules));
        std::vector<TitleId> titles;
        for (const Title& title : rules.titles)
            titles.push_back(title.id);
        const CellChanges changes = compareAnswers(before, after, titles, universe);
        std::size_t gained = 0, lost = 0;
        for (const TitleId& title : titles) {
            for (const QString& place : universe.countries) {
                for (const QString& site : universe.sites) {
                    for (const QString& offer : universe.offers) {
                        for (const Instant at : universe.instants) {
                            Query query;
                            query.title = title;
                            query.country = place.left(2);
                            query.subdivision = place.size() > 2 ? place : QString();
                            query.site = site;
                            query.offer = offer;
                            query.at = at;
                            const int change = int(after.isAvailable(query)) - int(before.isAvailable(query));
                            const Cell cell {title, place, site, offer, at};
                            QCOMPARE(std::ranges::count(changes.gained, cell), change > 0 ? 1 : 0);
                            QCOMPARE(std::ranges::count(changes.lost, cell), change < 0 ? 1 : 0);
                            gained += change > 0;
                            lost += change < 0;
                        }
                    }
                }
            }
        }
        QCOMPARE(changes.gained.size(), gained);
        QCOMPARE(changes.lost.size(), lost);
        changed += gained + lost;
    }
    QVERIFY(changed > 50);
}

void JsonAndConflictsTest::atomsReadAsTheyAreWritten()
{
    QSet<TerritoryAtom> seen;
    const QString letters = u"09AZMQ"_s;
    for (const QString& country : {u"AA"_s, u"FR"_s, u"ZZ"_s}) {
        QStringList texts {country};
        for (const QChar a : letters) {
            texts.append(country + u'-' + a);
            for (const QChar b : letters) {
                texts.append(country + u'-' + a + b);
                for (const QChar c : letters)
                    texts.append(country + u'-' + a + b + c);
            }
        }
        for (const QString& text : texts) {
            const TerritoryAtom atom = atomFromText(text);
            QCOMPARE(atomToText(atom), text);
            QCOMPARE(isSubdivision(atom), text.size() > 2);
            QVERIFY2(!seen.contains(atom), qPrintable(text));
            seen.insert(atom);
        }
    }
    for (const char* text : {"", "F", "fr", "FRA", "FR-", "FR-abc", "FR-ABCD", "FR_A", "F1", "FR-A ", "ФР", "FR-É"})
        QCOMPARE(atomFromText(QString::fromUtf8(text)), kNoAtom);
}

QTEST_GUILESS_MAIN(JsonAndConflictsTest)
#include "tst_json_and_conflicts.moc"
