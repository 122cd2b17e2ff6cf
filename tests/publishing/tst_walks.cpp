#include "core/publishing/gate.h"
#include "core/publishing/publication.h"

#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::publishing;
using namespace Qt::StringLiterals;

/// Properties over all combinations of facts and all ways through the states.
class TestWalks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingUnseenPasses();
    void oneBlockIsEnoughAndNoOtherThingIs();
    void moreFactsInOrderNeverBlockMore();
    void everyGateSaysHowToGoOn();
    void liveIsReachedOnlyThroughAnnounced();
    void withdrawnStaysWithdrawnUntilPlanned();
    void lateMessagesDoNotUndo();
    void refusalsNameTheState();
};

namespace {

const QByteArray kVersion = "aa", kOther = "bb";

/// One of 2·3·5·3·2·5·3·2 combinations of facts.
PublishingFacts factsOf(int number)
{
    const auto draw = [&number](int choices) {
        const int choice = number % choices;
        number /= choices;
        return choice;
    };
    PublishingFacts facts;
    if (draw(2) == 0)
        facts.assetSha256 = kVersion;
    if (const int decided = draw(3))
        facts.decidedSha256 = decided == 1 ? kVersion : kOther;
    facts.verdict = QByteArrayList {"pass", "clear", "reject", "escalate", ""}[draw(5)];
    if (const int made = draw(3)) {
        facts.renditionsOfSha256 = made == 1 ? kVersion : kOther;
        facts.renditionCount = 3;
    }
    facts.hasPoster = draw(2) == 0;
    facts.checkVerdict = QByteArrayList {"pass", "warn", "fail", "not_evaluated", ""}[draw(5)];
    facts.windowCount = draw(3);
    facts.availableSomewhere = facts.windowCount == 2;
    if (draw(2) == 0)
        facts.nextStart = Instant {Milliseconds {1}};
    return facts;
}

constexpr int kCombinations = 2 * 3 * 5 * 3 * 2 * 5 * 3 * 2;

/// The rule in one breath, written apart from the gates.
bool isFit(const PublishingFacts& facts)
{
    return facts.assetSha256 == kVersion && facts.decidedSha256 == kVersion
        && (facts.verdict == "pass" || facts.verdict == "clear") && facts.renditionCount > 0
        && facts.renditionsOfSha256 == kVersion && facts.checkVerdict != "fail" && facts.windowCount > 0
        && (facts.availableSomewhere || facts.nextStart);
}

GateState stateOf(const std::vector<Gate>& gates, const QByteArray& id)
{
    for (const Gate& gate : gates) {
        if (gate.id == id)
            return gate.state;
    }
    return GateState::NotEvaluated;
}

} // namespace

void TestWalks::nothingUnseenPasses()
{
    const auto gates = evaluateGates({});
    QVERIFY(!mayPublish(gates));
    for (const char* id : {"moderation", "rights", "renditions"})
        QCOMPARE(stateOf(gates, id), GateState::Blocks);
    QCOMPARE(stateOf(gates, "checks"), GateState::NotEvaluated);
}

void TestWalks::oneBlockIsEnoughAndNoOtherThingIs()
{
    int fit = 0;
    for (int number = 0; number < kCombinations; ++number) {
        const PublishingFacts facts = factsOf(number);
        QCOMPARE(mayPublish(evaluateGates(facts)), isFit(facts));
        fit += isFit(facts);
    }
    QVERIFY(fit > 20 && fit < kCombinations / 2);
}

void TestWalks::moreFactsInOrderNeverBlockMore()
{
    for (int number = 0; number < kCombinations; ++number) {
        PublishingFacts facts = factsOf(number);
        if (!mayPublish(evaluateGates(facts)))
            continue;
        facts.hasPoster = true;
        facts.checkVerdict = "pass";
        facts.availableSomewhere = true;
        QVERIFY(mayPublish(evaluateGates(facts)));
        facts.decidedSha256 = kOther; // another version of the film comes in: the decision was not about it
        QVERIFY(!mayPublish(evaluateGates(facts)));
    }
}

void TestWalks::everyGateSaysHowToGoOn()
{
    QByteArrayList order;
    for (int number = 0; number < kCombinations; ++number) {
        QByteArrayList ids;
        for (const Gate& gate : evaluateGates(factsOf(number))) {
            ids.append(gate.id);
            QVERIFY(!gate.why.isEmpty());
            QCOMPARE(gate.fix.isEmpty(), gate.state == GateState::Passed);
        }
        if (order.isEmpty())
            order = ids;
        QCOMPARE(ids, order); // always all, always in one order
    }
    QCOMPARE(order.size(), 6);
}

void TestWalks::liveIsReachedOnlyThroughAnnounced()
{
    std::mt19937 random(5);
    int live = 0;
    for (int walk = 0; walk < 3000; ++walk) {
        PublicationState state = PublicationState::Planned;
        PublicationState before = state;
        for (int step = 0; step < 12; ++step) {
            const auto after = advance(state, static_cast<PublicationEvent>(random() % 6));
            if (!after)
                continue;
            before = state;
            state = *after;
            if (state == PublicationState::Live && before != PublicationState::Live) {
                QCOMPARE(before, PublicationState::Announced);
                ++live;
            }
        }
    }
    QVERIFY(live > 100);
}

void TestWalks::withdrawnStaysWithdrawnUntilPlanned()
{
    for (int i = 0; i < 6; ++i) {
        const auto event = static_cast<PublicationEvent>(i);
        const auto after = advance(PublicationState::Withdrawn, event);
        if (event == PublicationEvent::Plan)
            QCOMPARE(*after, PublicationState::Planned);
        else if (event == PublicationEvent::Withdraw)
            QCOMPARE(*after, PublicationState::Withdrawn);
        else
            QVERIFY(!after); // a late "accepted" or "seen" does not bring a title back
        QCOMPARE(*advance(static_cast<PublicationState>(i), PublicationEvent::Withdraw), PublicationState::Withdrawn);
    }
}

void TestWalks::lateMessagesDoNotUndo()
{
    QCOMPARE(*advance(PublicationState::Live, PublicationEvent::Announce), PublicationState::Live);
    QVERIFY(!advance(PublicationState::Live, PublicationEvent::Fail));
    QVERIFY(!advance(PublicationState::Live, PublicationEvent::Build));
    QVERIFY(!advance(PublicationState::Failed, PublicationEvent::SeeLive));
}

void TestWalks::refusalsNameTheState()
{
    const auto refused = advance(PublicationState::Withdrawn, PublicationEvent::SeeLive);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(refused.error().detail.contains(u"withdrawn"_s));
    for (const char* name : {"", "Live", "live ", "lives"})
        QCOMPARE(publicationStateFromName(name).error().code, ErrorCode::Invalid);
}

QTEST_GUILESS_MAIN(TestWalks)
#include "tst_walks.moc"
