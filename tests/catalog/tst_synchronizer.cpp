#include "catalog/memory_outbox.h"
#include "core/catalog/operation_payload.h"
#include "core/catalog/synchronizer.h"

#include <QHash>
#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::catalog;
using namespace Qt::StringLiterals;

namespace {

class ManualClock : public Clock {
public:
    Instant now() const override { return time; }
    Instant time {Milliseconds {1'700'000'000'000}};
};

/// A catalog that remembers keys, behind a network that loses requests, answers and patience.
class ChaosCatalog : public OperationSender {
public:
    explicit ChaosCatalog(std::uint64_t seed, int faultPercent)
        : m_random(seed)
        , m_faultPercent(faultPercent)
    {
    }

    SendOutcome send(const Operation& operation, const CancelToken&) override
    {
        const int dice = static_cast<int>(m_random() % 100);
        const Error lost {ErrorCode::Unavailable, u"cut"_s, "no_connection"};
        if (dice < m_faultPercent / 2)
            return {.kind = SendOutcome::Kind::Retry, .error = lost, .retryAfter = {}, .body = {}}; // never arrived
        for (int copies = dice % 7 == 0 ? 2 : 1; copies > 0; --copies) { // the network may double it
            if (!m_keys.contains(operation.id)) {
                m_keys.insert(operation.id);
                effects[operation.title].append(operation.id);
            }
        }
        if (dice < m_faultPercent) { // the answer is lost, or the server is busy after all
            return {.kind = SendOutcome::Kind::Retry,
                .error = lost,
                .retryAfter = dice % 2 == 0 ? std::optional(Milliseconds {7'000}) : std::nullopt,
                .body = {}};
        }
        return {.kind = SendOutcome::Kind::Done, .error = {}, .retryAfter = {}, .body = {}};
    }

    QHash<TitleId, QList<OperationId>> effects;

private:
    std::mt19937_64 m_random;
    int m_faultPercent;
    QSet<OperationId> m_keys;
};

/// Answers as it is told, per title.
class ScriptedSender : public OperationSender {
public:
    SendOutcome send(const Operation& operation, const CancelToken&) override
    {
        sent.append(operation.id);
        return {.kind = answers.value(operation.title, SendOutcome::Kind::Done),
            .error = {ErrorCode::Conflict, u"x"_s, "x"},
            .retryAfter = {},
            .body = {{u"version"_s, 3}}};
    }
    QHash<TitleId, SendOutcome::Kind> answers;
    QList<OperationId> sent;
};

Operation operationOn(const QString& title, Instant now)
{
    return makeOperation(Withdraw {PublicationId(newUuid()), TitleId(title), {}}, now);
}

} // namespace

class TestSynchronizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deliversEachEffectOnceThroughChaos();
    void keepsTheOrderOfATitleAndLetsOthersPass();
    void pausesEverythingWhenSignInIsNeeded();
    void obeysRetryAfterAndGrowsItsBackOff();
    void holdsOperationsUntilTheirTime();
};

void TestSynchronizer::deliversEachEffectOnceThroughChaos()
{
    const int seeds = qEnvironmentVariableIntValue("VIDIMUS_LONG") == 1 ? 1000 : 50;
    const int count = seeds == 1000 ? 1000 : 200;
    for (int seed = 1; seed <= seeds; ++seed) {
        ManualClock clock;
        test::MemoryOutbox outbox;
        ChaosCatalog catalog(static_cast<std::uint64_t>(seed), 10 + seed % 60);
        std::mt19937_64 random(static_cast<std::uint64_t>(seed) * 7919);
        QHash<TitleId, QList<OperationId>> expected;
        for (int i = 0; i < count; ++i) {
            const Operation operation = operationOn(u"t%1"_s.arg(random() % 9), clock.time);
            expected[operation.title].append(operation.id);
            outbox.add(operation);
        }
        for (int round = 0;; ++round) {
            QVERIFY2(round < 20'000, "it does not come to an end");
            // A new synchronizer each time is what a restart looks like: nothing but the store survives.
            Synchronizer synchronizer(outbox, catalog, clock, {}, [&random] { return random(); });
            const auto report = synchronizer.drain();
            QVERIFY(report);
            if (random() % 5 == 0) { // killed between the answer and its note: it is sent again
                for (Operation& operation : outbox.operations) {
                    if (operation.state == OperationState::Done && random() % 3 == 0
                        && catalog.effects.value(operation.title).last() == operation.id)
                        operation.state = OperationState::Waiting;
                }
            }
            const auto next = outbox.nextReadyAt();
            if (!*next)
                break;
            clock.time = std::max(clock.time, **next);
        }
        QCOMPARE(catalog.effects, expected);
    }
}

void TestSynchronizer::keepsTheOrderOfATitleAndLetsOthersPass()
{
    ManualClock clock;
    test::MemoryOutbox outbox;
    ScriptedSender sender;
    const Operation refused = operationOn(u"a"_s, clock.time);
    const Operation behind = operationOn(u"a"_s, clock.time);
    const Operation conflicting = operationOn(u"b"_s, clock.time);
    const Operation free1 = operationOn(u"c"_s, clock.time);
    const Operation free2 = operationOn(u"c"_s, clock.time);
    for (const Operation& operation : {refused, behind, conflicting, free1, free2})
        outbox.add(operation);
    sender.answers
        = {{TitleId(u"a"_s), SendOutcome::Kind::NeedsPerson}, {TitleId(u"b"_s), SendOutcome::Kind::Conflict}};
    const auto report = Synchronizer(outbox, sender, clock).drain();
    QCOMPARE(report->sent, 2);
    QCOMPARE(report->needPerson, 1);
    QCOMPARE(report->conflicts, 1);
    QVERIFY(!report->nextReadyAt);
    QVERIFY(!sender.sent.contains(behind.id));
    QVERIFY(sender.sent.indexOf(free1.id) < sender.sent.indexOf(free2.id));
    QCOMPARE(outbox.find(conflicting.id).serverState.value("version"_L1).toInt(), 3);
    sender.answers.clear();
    QVERIFY(outbox.retry(refused.id, clock.time));
    QCOMPARE(Synchronizer(outbox, sender, clock).drain()->sent, 2);
    QVERIFY(sender.sent.indexOf(behind.id) > sender.sent.lastIndexOf(refused.id));
}

void TestSynchronizer::pausesEverythingWhenSignInIsNeeded()
{
    ManualClock clock;
    test::MemoryOutbox outbox;
    ScriptedSender sender;
    for (const QString& title : {u"a"_s, u"b"_s, u"c"_s})
        outbox.add(operationOn(title, clock.time));
    sender.answers = {{TitleId(u"a"_s), SendOutcome::Kind::SignIn}};
    const auto report = Synchronizer(outbox, sender, clock).drain();
    QVERIFY(report->signInNeeded);
    QCOMPARE(sender.sent.size(), 1);
    QCOMPARE(outbox.counts()->waiting, 3);
}

void TestSynchronizer::obeysRetryAfterAndGrowsItsBackOff()
{
    const RetryPolicy policy;
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
    QCOMPARE(backOff(policy, 1, 0, std::nullopt), Milliseconds {0});
    for (int attempts = 1; attempts < 100; ++attempts)
        QVERIFY(backOff(policy, attempts, kMost, std::nullopt) <= policy.cap);
    QCOMPARE(backOff(policy, 1, 2'000, std::nullopt), Milliseconds {2'000});
    QCOMPARE(backOff(policy, 1, 2'001, std::nullopt), Milliseconds {0}); // uniform over [0, 2000]
    QCOMPARE(backOff(policy, 60, 300'000, std::nullopt), policy.cap);
    QCOMPARE(backOff(policy, 1, 5, Milliseconds {9'000}), Milliseconds {9'000});
}

void TestSynchronizer::holdsOperationsUntilTheirTime()
{
    ManualClock clock;
    test::MemoryOutbox outbox;
    ScriptedSender sender;
    Operation held = operationOn(u"a"_s, clock.time);
    held.notBefore = clock.time + std::chrono::seconds(10);
    outbox.add(held);
    const auto early = Synchronizer(outbox, sender, clock).drain();
    QCOMPARE(early->sent, 0);
    QCOMPARE(*early->nextReadyAt, held.notBefore);
    clock.time = held.notBefore;
    QCOMPARE(Synchronizer(outbox, sender, clock).drain()->sent, 1);
}

QTEST_GUILESS_MAIN(TestSynchronizer)
#include "tst_synchronizer.moc"
