#include "core/rights/effect.h"
#include "core/rights/explain.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/snapshot_compiler.h"
#include "naive_oracle.h"
#include "random_world.h"
#include "support/opened_snapshot.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

/// Announced, pre-order and playable: three questions with windows of their own.
class QuestionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachHasItsOwnWindow_data();
    void eachHasItsOwnWindow();
    void restrictionsHideOrOnlyStop_data();
    void restrictionsHideOrOnlyStop();
    void ownersAreOnlyAskedAboutPlaying();
    void everyFormAgreesOnEachQuestion();
    void resolversLeadToEachOther();
    void travelsAsJson();
};

namespace {

/// Announced from day 1, to be ordered from 3 to 6, playable from 6 to 9.
RuleSet film()
{
    RuleSet rules;
    rules.sites = {u"web"_s};
    rules.offers = {u"est"_s};
    rules.titles = {Title {.id = TitleId(u"f"_s)}};
    Rule rule;
    rule.id = WindowId(u"a"_s);
    rule.scope = TitleId(u"f"_s);
    rule.territory.include = {u"FR"_s};
    rule.sites.all = rule.offers.all = true;
    rule.window = {RandomWorld::day(6), RandomWorld::day(9)};
    rule.preOrder = Window {RandomWorld::day(3), RandomWorld::day(6)};
    rule.announced = Window {RandomWorld::day(1), {}};
    rules.rules = {rule};
    return rules;
}

Query ask(Question question, int day)
{
    Query query {
        .title = TitleId(u"f"_s), .country = u"FR"_s, .site = u"web"_s, .offer = u"est"_s, .at = RandomWorld::day(day)};
    query.question = question;
    return query;
}

} // namespace

void QuestionsTest::eachHasItsOwnWindow_data()
{
    QTest::addColumn<int>("day");
    QTest::addColumn<bool>("announced");
    QTest::addColumn<bool>("preOrder");
    QTest::addColumn<bool>("playable");
    QTest::newRow("before all") << 0 << false << false << false;
    QTest::newRow("announced") << 1 << true << false << false;
    QTest::newRow("to be ordered") << 3 << true << true << false;
    QTest::newRow("the day it plays") << 6 << true << false << true;
    QTest::newRow("over, still spoken of") << 9 << true << false << false;
}

void QuestionsTest::eachHasItsOwnWindow()
{
    QFETCH(int, day);
    QFETCH(bool, announced);
    QFETCH(bool, preOrder);
    QFETCH(bool, playable);
    const Resolver resolver(film());
    for (const auto& [question, expected] :
        {std::pair(Question::Announced, announced), {Question::PreOrder, preOrder}, {Question::Playable, playable}}) {
        const Query query = ask(question, day);
        QCOMPARE(resolver.isAvailable(query), expected);
        QCOMPARE(resolver.resolve(query).available, expected);
        const Explanation explanation = explain(resolver, query);
        QCOMPARE(explanation.answer.available, expected);
        QCOMPARE(explanation.trail.size(), 1U);
        const OpenedSnapshot snapshot(compile(resolver.forQuestion(question), 1)->bytes);
        QCOMPARE(static_cast<int>(vav_question_of(snapshot.state)), static_cast<int>(question));
        QCOMPARE(askState(snapshot.state, query).available, expected);
    }
}

void QuestionsTest::restrictionsHideOrOnlyStop_data()
{
    QTest::addColumn<RestrictionKind>("kind");
    QTest::addColumn<bool>("hides");
    QTest::newRow("takedown") << RestrictionKind::Takedown << true;
    QTest::newRow("regulatory") << RestrictionKind::Regulatory << true;
    QTest::newRow("embargo") << RestrictionKind::Embargo << true;
    QTest::newRow("blackout") << RestrictionKind::Blackout << false;
    QTest::newRow("holdback") << RestrictionKind::Holdback << false;
}

void QuestionsTest::restrictionsHideOrOnlyStop()
{
    QFETCH(RestrictionKind, kind);
    QFETCH(bool, hides);
    RuleSet rules = film();
    Rule deny = rules.rules.front();
    deny.id = WindowId(u"deny"_s);
    deny.effect = Effect::Deny;
    deny.kind = kind;
    deny.window = {};
    deny.announced.reset();
    deny.preOrder.reset();
    rules.rules.push_back(deny);
    const Resolver resolver(rules);
    QVERIFY(!resolver.isAvailable(ask(Question::Playable, 7)));
    QCOMPARE(resolver.isAvailable(ask(Question::PreOrder, 4)), !hides);
    QCOMPARE(resolver.isAvailable(ask(Question::Announced, 4)), !hides);
}

void QuestionsTest::ownersAreOnlyAskedAboutPlaying()
{
    const Resolver resolver(film());
    for (const Question question : {Question::Playable, Question::PreOrder, Question::Announced}) {
        Query query = ask(question, 0);
        query.entitlement = Entitlement {.kind = u"est"_s, .acquiredAt = {}, .expiresAt = {}};
        QCOMPARE(resolver.isAvailable(query), question == Question::Playable);
    }
}

void QuestionsTest::everyFormAgreesOnEachQuestion()
{
    int available = 0;
    for (quint32 seed = 0; seed < 40; ++seed) {
        RandomWorld world(seed);
        const RuleSet rules = world.rules();
        const Resolver resolver(rules);
        for (const Question question : {Question::PreOrder, Question::Announced}) {
            // Written out here again, and asked of the reference read word by word.
            RuleSet moved = rules;
            std::erase_if(moved.rules, [&](Rule& rule) {
                if (rule.effect == Effect::Deny)
                    return rule.kind == RestrictionKind::Blackout || rule.kind == RestrictionKind::Holdback;
                const auto window = question == Question::PreOrder ? rule.preOrder : rule.announced;
                rule.window = window.value_or(Window {});
                return !window.has_value();
            });
            const NaiveOracle oracle(moved);
            const OpenedSnapshot snapshot(compile(resolver.forQuestion(question), 1)->bytes);
            for (int i = 0; i < 100; ++i) {
                Query query = world.query();
                const Answer expected = oracle.answer(query);
                query.question = question;
                QCOMPARE(toJson(resolver.resolve(query)), toJson(expected));
                QCOMPARE(askState(snapshot.state, query).available, expected.available);
                available += expected.available;
            }
        }
    }
    QVERIFY(available > 100);
}

void QuestionsTest::resolversLeadToEachOther()
{
    const Resolver playable(film());
    const Resolver announced = playable.forQuestion(Question::Announced);
    QCOMPARE(announced.question(), Question::Announced);
    QVERIFY(announced.isAvailable(ask(Question::Playable, 1))); // takes every query for its own question
    QVERIFY(announced.forQuestion(Question::PreOrder).isAvailable(ask(Question::PreOrder, 3)));
    QVERIFY(!announced.forQuestion(Question::PreOrder).isAvailable(ask(Question::PreOrder, 1)));
    QVERIFY(announced.forQuestion(Question::Playable).isAvailable(ask(Question::Playable, 6)));
    const auto effects = effectOf(announced, playable, RandomWorld::day(0));
    QVERIFY(effects);
    QCOMPARE(effects->lost.size(), 2U); // before it plays and after
}

void QuestionsTest::travelsAsJson()
{
    const Query query = ask(Question::PreOrder, 3);
    const auto back = queryFromJson(toJson(query));
    QVERIFY(back);
    QCOMPARE(back->question, Question::PreOrder);
    QJsonObject wrong = toJson(query);
    wrong[u"question"_s] = u"perhaps"_s;
    QVERIFY(!queryFromJson(wrong));
    const RuleSet rules = film();
    const auto same = ruleSetFromJson(toJson(rules));
    QVERIFY(same);
    QVERIFY(same->rules == rules.rules);
}

QTEST_GUILESS_MAIN(QuestionsTest)
#include "tst_questions.moc"
