#include "core/base/json.h"
#include "core/moderation/policy.h"

#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace vidimus::moderation;
using namespace Qt::StringLiterals;

class TestPolicy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void defaultPolicyCoversWhatItMust();
    void findsByIdAndDigits();
    void childrenInheritRequirements();
    void roundTrips();
    void refusesWrongPolicies_data();
    void refusesWrongPolicies();
    void refusesDeepTreeWithoutRecursingForEver();
};

void TestPolicy::defaultPolicyCoversWhatItMust()
{
    const auto policy = defaultPolicy();
    QVERIFY2(policy, policy ? "" : qPrintable(policy.error().detail));
    for (const char* id :
        {"nudity", "hate", "violence", "spam", "minor_safety", "self_harm", "copyright", "dangerous_act", "other"})
        QVERIFY2(policy->find(QString::fromLatin1(id)), id);
    QCOMPARE(policy->reasons.size(), 9U);
    QVERIFY(policy->find(u"minor_safety.sexual")->requirements.secondReviewer);
}

void TestPolicy::findsByIdAndDigits()
{
    const Policy policy = *defaultPolicy();
    QCOMPARE(policy.byDigits(u"3")->id, u"violence"_s);
    QCOMPARE(policy.byDigits(u"31")->id, u"violence.graphic"_s);
    QVERIFY(!policy.byDigits(u""));
    QVERIFY(!policy.byDigits(u"0"));
    QVERIFY(!policy.byDigits(u"319"));
    QVERIFY(!policy.find(u"violence.nothing"));
}

void TestPolicy::childrenInheritRequirements()
{
    const auto policy = loadPolicy(R"({"schema":"vidimus.policy/1","id":"p","version":"7","title":"P","reasons":[
        {"id":"a","digit":1,"title":"A","requires":{"note":true,"min_watched_share":0.5},"children":[
            {"id":"a.b","digit":2,"title":"B"},
            {"id":"a.c","digit":3,"title":"C","requires":{"note":false,"second_reviewer":true}}]}]})");
    QVERIFY(policy);
    QCOMPARE(policy->find(u"a.b")->requirements, (Requirements {.note = true, .minWatchedShare = 0.5}));
    QCOMPARE(policy->find(u"a.c")->requirements,
        (Requirements {.note = false, .secondReviewer = true, .minWatchedShare = 0.5}));
}

void TestPolicy::roundTrips()
{
    const Policy policy = *defaultPolicy();
    const auto again = policyFromJson(toJson(policy));
    QVERIFY(again);
    QCOMPARE(*again, policy);
}

void TestPolicy::refusesWrongPolicies_data()
{
    QTest::addColumn<QString>("reasons");
    QTest::addColumn<QString>("place");
    QTest::newRow("no reasons") << u"[]"_s << u"reasons"_s;
    QTest::newRow("not an object") << u"[7]"_s << u"reasons[0]"_s;
    QTest::newRow("no id") << uR"([{"digit":1,"title":"A"}])"_s << u"reasons[0].id"_s;
    QTest::newRow("id with capitals") << uR"([{"id":"A","digit":1,"title":"A"}])"_s << u"reasons[0].id"_s;
    QTest::newRow("id with path") << uR"([{"id":"a/../b","digit":1,"title":"A"}])"_s << u"reasons[0].id"_s;
    QTest::newRow("digit 0") << uR"([{"id":"a","digit":0,"title":"A"}])"_s << u"reasons[0].digit"_s;
    QTest::newRow("digit 10") << uR"([{"id":"a","digit":10,"title":"A"}])"_s << u"reasons[0].digit"_s;
    QTest::newRow("same digit twice") << uR"([{"id":"a","digit":1,"title":"A"},{"id":"b","digit":1,"title":"B"}])"_s
                                      << u"reasons[1].digit"_s;
    QTest::newRow("same id below")
        << uR"([{"id":"a","digit":1,"title":"A","children":[{"id":"a","digit":1,"title":"B"}]}])"_s
        << u"reasons[0].children[0].id"_s;
    QTest::newRow("empty title") << uR"([{"id":"a","digit":1,"title":" "}])"_s << u"reasons[0].title"_s;
    QTest::newRow("unknown member") << uR"([{"id":"a","digit":1,"title":"A","colour":"red"}])"_s << u"reasons[0]"_s;
    QTest::newRow("share above 1") << uR"([{"id":"a","digit":1,"title":"A","requires":{"min_watched_share":1.5}}])"_s
                                   << u"reasons[0].requires.min_watched_share"_s;
    QTest::newRow("ten children") << u"[%1]"_s.arg(QStringList(10, u"{}"_s).join(u',')) << u"reasons"_s;
}

void TestPolicy::refusesWrongPolicies()
{
    QFETCH(QString, reasons);
    QFETCH(QString, place);
    const QString json
        = uR"({"schema":"vidimus.policy/1","id":"p","version":"1","title":"P","reasons":%1})"_s.arg(reasons);
    const auto policy = loadPolicy(json.toUtf8());
    QVERIFY(!policy);
    QCOMPARE(policy.error().code, ErrorCode::Invalid);
    QVERIFY2(policy.error().detail.startsWith(place), qPrintable(policy.error().detail));
}

void TestPolicy::refusesDeepTreeWithoutRecursingForEver()
{
    QByteArray reasons = "[]";
    for (int i = 0; i < 300; ++i)
        reasons
            = "[{\"id\":\"a" + QByteArray::number(i) + "\",\"digit\":1,\"title\":\"A\",\"children\":" + reasons + "}]";
    const auto policy
        = loadPolicy(R"({"schema":"vidimus.policy/1","id":"p","version":"1","title":"P","reasons":)" + reasons + "}");
    QVERIFY(!policy);
    QVERIFY(!loadPolicy("{}"));
    QVERIFY(!loadPolicy(""));
    QVERIFY(!loadPolicy(R"({"schema":"vidimus.policy/2"})"));
}

QTEST_GUILESS_MAIN(TestPolicy)
#include "tst_policy.moc"
