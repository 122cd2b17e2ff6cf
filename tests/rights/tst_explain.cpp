#include "core/rights/conflicts.h"
#include "core/rights/explain.h"
#include "core/rights/rule_set_json.h"
#include "random_world.h"

#include <QJsonArray>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

class ExplainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTheAnswerOfTheResolverAndEveryRuleOnThePath();
    void saysWhatItWouldTake();
    void saysWhatLiftsARestriction();
    void answersForASeriesByWhatIsBelow();
    void advisesOnGapsSuccessorsRatingsAndChildren();
    void boundsTenThousandWindowsOnOneTitle();
};

namespace {

Rule grant(const QString& id, const QString& scope, int from, int to)
{
    Rule rule;
    rule.id = WindowId(id);
    rule.scope = TitleId(scope);
    rule.territory.include = {u"FR"_s};
    rule.sites.all = rule.offers.all = true;
    rule.window = {RandomWorld::day(from), RandomWorld::day(to)};
    return rule;
}

Query ask(const QString& title, int day)
{
    Query query;
    query.title = TitleId(title);
    query.country = u"FR"_s;
    query.site = u"web"_s;
    query.offer = u"svod"_s;
    query.at = RandomWorld::day(day);
    return query;
}

RuleSet family()
{
    RuleSet rules;
    for (const QString& id : {u"film"_s, u"series"_s, u"e1"_s, u"e2"_s}) {
        Title title;
        title.id = TitleId(id);
        if (id == u"series")
            title.kind = TitleKind::Series;
        if (id.startsWith(u'e'))
            title.parent = TitleId(u"series"_s);
        rules.titles.push_back(title);
    }
    return rules;
}

QStringList codes(const std::vector<Remedy>& remedies)
{
    QStringList names;
    for (const Remedy& remedy : remedies)
        names.append(remedy.code);
    return names;
}

} // namespace

void ExplainTest::givesTheAnswerOfTheResolverAndEveryRuleOnThePath()
{
    for (quint32 seed = 0; seed < 40; ++seed) {
        RandomWorld world(seed);
        const RuleSet rules = world.rules();
        const Resolver resolver(rules);
        for (int i = 0; i < 50; ++i) {
            const Query query = world.query();
            const Explanation why = explain(resolver, query);
            QVERIFY(why.answer == resolver.resolve(query));
            QCOMPARE(why.remedies.empty(), why.answer.available);
            const auto deciders
                = std::count_if(why.trail.begin(), why.trail.end(), [](const TrailStep& step) { return step.decides; });
            const bool named = !why.grantedBy.isEmpty() || !why.answer.decidedBy.isEmpty();
            QCOMPARE(deciders, named ? 1 : 0);
            if (query.title == TitleId(u"film"_s))
                QCOMPARE(static_cast<qsizetype>(why.trail.size()),
                    std::count_if(rules.rules.begin(), rules.rules.end(),
                        [&query](const Rule& rule) { return rule.scope == query.title; }));
        }
    }
}

void ExplainTest::saysWhatItWouldTake()
{
    RuleSet rules = family();
    rules.rules = {grant(u"a"_s, u"film"_s, 5, 9)};
    rules.rules[0].territory.include = {u"DE"_s};
    const Explanation why = explain(Resolver(rules), ask(u"film"_s, 1));
    QCOMPARE(why.answer.reason, Reason::Territory);
    QCOMPARE(codes(why.remedies), (QStringList {u"ADD_TERRITORY"_s, u"WAIT_UNTIL"_s}));
    QCOMPARE(why.remedies[1].values.value(u"at").toString(), toRfc3339(RandomWorld::day(5)));
    QCOMPARE(codes(explain(Resolver(rules), ask(u"e1"_s, 1)).remedies), QStringList {u"ADD_RULE"_s});
    QCOMPARE(codes(explain(Resolver(rules), ask(u"series"_s, 1)).remedies),
        (QStringList {u"MAKE_CHILD_AVAILABLE"_s, u"ADD_RULE"_s}));
    QCOMPARE(codes(explain(Resolver(rules), ask(u"nobody"_s, 1)).remedies), QStringList {u"ADD_TITLE"_s});
    const QJsonObject json = toJson(why);
    QCOMPARE(json.value(u"reason").toString(), u"TERRITORY"_s);
    QCOMPARE(json.value(u"trail").toArray().at(0).toObject().value(u"outcome").toString(), u"TERRITORY"_s);
}

void ExplainTest::saysWhatLiftsARestriction()
{
    RuleSet rules = family();
    rules.rules = {grant(u"a"_s, u"film"_s, 0, 9), grant(u"n"_s, u"film"_s, 0, 3)};
    rules.rules[1].effect = Effect::Deny;
    rules.rules[1].kind = RestrictionKind::Holdback;
    Explanation why = explain(Resolver(rules), ask(u"film"_s, 1));
    QCOMPARE(why.answer.decidedBy, WindowId(u"n"_s));
    QCOMPARE(codes(why.remedies), (QStringList {u"WAIT_UNTIL"_s, u"LIFT_RESTRICTION"_s}));
    rules.rules[1].after = AfterEvent {.event = u"theatrical"_s, .eventAt = {}, .days = 3};
    why = explain(Resolver(rules), ask(u"film"_s, 1));
    QCOMPARE(codes(why.remedies), (QStringList {u"SET_EVENT_DATE"_s, u"LIFT_RESTRICTION"_s}));
}

void ExplainTest::answersForASeriesByWhatIsBelow()
{
    RuleSet rules = family();
    rules.rules = {grant(u"early"_s, u"e1"_s, 0, 3), grant(u"late"_s, u"e2"_s, 5, 9)};
    const Resolver resolver(rules);
    Explanation why = explain(resolver, ask(u"series"_s, 6));
    QVERIFY(why.answer.available);
    QCOMPARE(why.through, TitleId(u"e2"_s));
    QCOMPARE(why.grantedBy, WindowId(u"late"_s));
    QCOMPARE(why.trail.size(), 1U);
    QVERIFY(why.trail[0].decides);
    QCOMPARE(toJson(why).value(u"decided_by").toString(), u"late"_s);
    QVERIFY(toJson(why).value(u"terms_from").isNull());
    why = explain(resolver, ask(u"series"_s, 4));
    QCOMPARE(why.answer.reason, Reason::NoAvailableChild);
    QCOMPARE(why.trail.size(), 1U);
    QVERIFY(!why.trail[0].decides);
    QCOMPARE(why.remedies[0].values.value(u"title").toString(), why.through.toString());
    QVERIFY(toJson(why).value(u"decided_by").isNull());
    // A film's yes names its grant too, and a restriction on the series is its own reason.
    why = explain(resolver, ask(u"e1"_s, 1));
    QVERIFY(why.through.isEmpty());
    QCOMPARE(toJson(why).value(u"decided_by").toString(), u"early"_s);
    rules.rules.push_back(grant(u"stop"_s, u"series"_s, 0, 9));
    rules.rules.back().effect = Effect::Deny;
    why = explain(Resolver(rules), ask(u"series"_s, 6));
    QVERIFY(why.through.isEmpty());
    QCOMPARE(toJson(why).value(u"decided_by").toString(), u"stop"_s);
}

void ExplainTest::advisesOnGapsSuccessorsRatingsAndChildren()
{
    RuleSet rules = family();
    rules.titles[2].ratings.insert(u"FR"_s, 12);
    rules.rules = {grant(u"a"_s, u"film"_s, 0, 3), grant(u"b"_s, u"film"_s, 5, 9), grant(u"c"_s, u"e1"_s, 0, 9)};
    rules.rules[2].window.end.reset();
    const Conflicts advice = findAdvice(rules, RandomWorld::day(1));
    QStringList lines;
    for (const Conflict& one : advice.list)
        lines.append(conflictCodeName(one.code) + u' ' + one.title.toString());
    QCOMPARE(lines,
        (QStringList {u"GAP film"_s, u"NO_SUCCESSOR film"_s, u"RATING_MISSING film"_s, u"CHILD_WITHOUT_RIGHTS e2"_s}));
    QCOMPARE(advice.list[0].window, (Window {RandomWorld::day(3), RandomWorld::day(5)}));
    QCOMPARE(toJson(advice.list[1]).value(u"to"), QJsonValue(QJsonValue::Null));
    QVERIFY(findAdvice(rules, RandomWorld::day(400)).list.size() < advice.list.size());
}

void ExplainTest::boundsTenThousandWindowsOnOneTitle()
{
    RuleSet rules = family();
    for (int i = 0; i < 10'000; ++i) {
        Rule rule = grant(u"w%1"_s.arg(i), u"film"_s, i, i + 1);
        rule.priority = i % 7;
        rules.rules.push_back(rule);
    }
    const Resolver resolver(rules);
    QCOMPARE(resolver.resolve(ask(u"film"_s, 4321)).termsFrom, WindowId(u"w4321"_s));
    QCOMPARE(explain(resolver, ask(u"film"_s, 10'000)).answer.reason, Reason::Expired);
    QVERIFY(findConflicts(rules).list.empty());
    for (Rule& rule : rules.rules)
        rule.window = {};
    const Conflicts conflicts = findConflicts(rules);
    QCOMPARE(conflicts.list.size(), kMaxConflictsOfTitle);
    QCOMPARE(conflicts.more.size(), 1U);
}

QTEST_GUILESS_MAIN(ExplainTest)
#include "tst_explain.moc"
