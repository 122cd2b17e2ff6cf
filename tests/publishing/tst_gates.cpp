#include "core/publishing/gate.h"
#include "core/publishing/publication.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::publishing;
using namespace Qt::StringLiterals;

namespace {

PublishingFacts goodFacts()
{
    PublishingFacts facts;
    facts.assetSha256 = facts.decidedSha256 = facts.renditionsOfSha256 = "aa";
    facts.verdict = "pass";
    facts.renditionCount = 2;
    facts.hasPoster = true;
    facts.checkVerdict = "pass";
    facts.windowCount = 1;
    facts.availableSomewhere = true;
    facts.countriesNow = {u"DE"_s, u"FR"_s};
    return facts;
}

Gate gateOf(const PublishingFacts& facts, const QByteArray& id)
{
    for (const Gate& gate : evaluateGates(facts)) {
        if (gate.id == id)
            return gate;
    }
    return {};
}

} // namespace

class TestGates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void letsAGoodTitleThrough();
    void blocks_data();
    void blocks();
    void warnsWithoutBlocking();
    void uncheckedIsSaidAndNotPassed();
    void publicationSteps_data();
    void publicationSteps();
    void repeatingAStepIsSafe();
};

void TestGates::letsAGoodTitleThrough()
{
    const auto gates = evaluateGates(goodFacts());
    QVERIFY(mayPublish(gates));
    for (const Gate& gate : gates)
        QCOMPARE(gate.state, GateState::Passed);
    QCOMPARE(gateOf(goodFacts(), "rights").detail, u"DE, FR"_s);
    QCOMPARE(toJson(gates).size(), static_cast<qsizetype>(gates.size()));
}

void TestGates::blocks_data()
{
    QTest::addColumn<PublishingFacts>("facts");
    QTest::addColumn<QByteArray>("gate");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, auto change, const char* gate, const char* why) {
        PublishingFacts facts = goodFacts();
        change(facts);
        QTest::newRow(name) << facts << QByteArray(gate) << QByteArray(why);
    };
    row("no asset", [](auto& f) { f.assetSha256.clear(); }, "moderation", "asset_missing");
    row("not decided", [](auto& f) { f.decidedSha256.clear(); }, "moderation", "moderation_missing");
    row("other version", [](auto& f) { f.decidedSha256 = "bb"; }, "moderation", "moderation_of_other_version");
    row("rejected", [](auto& f) { f.verdict = "reject"; }, "moderation", "moderation_not_passed");
    row("escalated", [](auto& f) { f.verdict = "escalate"; }, "moderation", "moderation_not_passed");
    row("no rights", [](auto& f) { f.windowCount = 0; }, "rights", "no_rights");
    row("expired", [](auto& f) { f.availableSomewhere = false; }, "rights", "not_licensed");
    row("no renditions", [](auto& f) { f.renditionCount = 0; }, "renditions", "no_renditions");
    row("old renditions", [](auto& f) { f.renditionsOfSha256 = "bb"; }, "renditions", "renditions_of_other_version");
    row(
        "checks fail",
        [](auto& f) {
            f.checkVerdict = "fail";
            f.failedChecks = 2;
        },
        "checks", "checks_failed");
}

void TestGates::blocks()
{
    QFETCH(PublishingFacts, facts);
    QFETCH(QByteArray, gate);
    QVERIFY(!mayPublish(evaluateGates(facts)));
    QCOMPARE(gateOf(facts, gate).state, GateState::Blocks);
    QTEST(gateOf(facts, gate).why, "why");
    QVERIFY(!gateOf(facts, gate).fix.isEmpty());
}

void TestGates::warnsWithoutBlocking()
{
    PublishingFacts facts = goodFacts();
    facts.availableSomewhere = false;
    facts.nextStart = *parseRfc3339(u"2027-01-01T00:00:00Z");
    facts.hasPoster = false;
    facts.rightsConflicts = 1;
    facts.checkVerdict = "warn";
    for (const char* id : {"rights", "poster", "rights_conflicts", "checks"})
        QCOMPARE(gateOf(facts, id).state, GateState::Warns);
    QCOMPARE(gateOf(facts, "rights").detail, u"2027-01-01T00:00:00Z"_s);
    QVERIFY(mayPublish(evaluateGates(facts)));
}

void TestGates::uncheckedIsSaidAndNotPassed()
{
    PublishingFacts facts = goodFacts();
    facts.checkVerdict.clear();
    QCOMPARE(gateOf(facts, "checks").state, GateState::NotEvaluated);
    facts.checkVerdict = "not_evaluated";
    QCOMPARE(gateOf(facts, "checks").state, GateState::NotEvaluated);
}

void TestGates::publicationSteps_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("allowed"); // letters of Plan, Build, Announce, SeeLive, Fail, Withdraw that are allowed
    QTest::newRow("planned") << 0 << u"PBAFW"_s;
    QTest::newRow("building") << 1 << u"BAFW"_s;
    QTest::newRow("announced") << 2 << u"ASFW"_s;
    QTest::newRow("live") << 3 << u"ASW"_s;
    QTest::newRow("failed") << 4 << u"PFW"_s;
    QTest::newRow("withdrawn") << 5 << u"PW"_s;
}

void TestGates::publicationSteps()
{
    QFETCH(int, state);
    QFETCH(QString, allowed);
    const QList<std::pair<QChar, PublicationEvent>> events {{u'P', PublicationEvent::Plan},
        {u'B', PublicationEvent::Build}, {u'A', PublicationEvent::Announce}, {u'S', PublicationEvent::SeeLive},
        {u'F', PublicationEvent::Fail}, {u'W', PublicationEvent::Withdraw}};
    for (const auto& [letter, event] : events) {
        const auto after = advance(static_cast<PublicationState>(state), event);
        QVERIFY2(after.has_value() == allowed.contains(letter), qPrintable(QString(letter)));
        if (!after)
            QCOMPARE(after.error().code, ErrorCode::Conflict);
    }
}

void TestGates::repeatingAStepIsSafe()
{
    QCOMPARE(*advance(PublicationState::Live, PublicationEvent::Announce), PublicationState::Live);
    QCOMPARE(*advance(PublicationState::Live, PublicationEvent::SeeLive), PublicationState::Live);
    QCOMPARE(*advance(PublicationState::Withdrawn, PublicationEvent::Withdraw), PublicationState::Withdrawn);
    for (int i = 0; i < 6; ++i) {
        const auto state = static_cast<PublicationState>(i);
        QCOMPARE(*publicationStateFromName(publicationStateName(state)), state);
    }
    QVERIFY(!publicationStateFromName("gone"));
}

QTEST_GUILESS_MAIN(TestGates)
#include "tst_gates.moc"
