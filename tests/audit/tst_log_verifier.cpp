#include "core/audit/log_entry.h"
#include "core/audit/log_verifier.h"
#include "core/audit/merkle_hash.h"
#include "core/base/json.h"

#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::audit;
using namespace Qt::StringLiterals;

class TestLogVerifier : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void soundLogIsVerified();
    void tellsAnchoredFromUnanchored();
    void namesTheEntryWhenHashIsStored();
    void refusesForeignAndForgedHeads();
    void findsEveryTampering();
    void findsRestoredOldBackupByKnownHead();
    void entryRoundTripsAndRefusesHostileBytes();
    void headRoundTrips();
    void headIsDueByCountAndAge();
    void reportHasTheContractsMembers();

private:
    [[nodiscard]] std::vector<SignedHead> headsOf(std::span<const QByteArray> leaves, std::size_t every) const;
    SigningKey m_key = SigningKey::generate();
    std::vector<QByteArray> m_leaves;
    std::vector<SignedHead> m_heads;
};

namespace {

QByteArray leaf(std::uint64_t sequence, const QString& what)
{
    return leafBytes({.sequence = sequence,
        .at = Instant(Milliseconds(1'700'000'000'000 + qint64(sequence) * 7)),
        .actor = u"ana"_s,
        .action = u"decide"_s,
        .subject = u"asset:%1"_s.arg(sequence % 9),
        .before = QJsonValue(),
        .after = QJsonObject {{u"verdict"_s, what}}});
}

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t limit)
{
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

/// One tampering of one of the kinds of promise R21; \a kind 0..6.
std::vector<QByteArray> tampered(std::vector<QByteArray> leaves, Random& random, std::size_t kind)
{
    const std::size_t at = below(random, leaves.size() - 1);
    switch (kind) {
    case 0: { // a flipped bit
        QByteArray& bytes = leaves[at];
        const std::size_t place = below(random, static_cast<std::size_t>(bytes.size()));
        bytes[static_cast<qsizetype>(place)] = static_cast<char>(bytes.at(qsizetype(place)) ^ (1 << below(random, 8)));
        break;
    }
    case 1: // a changed entry, well formed
        leaves[at] = leaf(at + 1, u"changed"_s);
        break;
    case 2: // deleted
        leaves.erase(leaves.begin() + qsizetype(at));
        break;
    case 3: // inserted
        leaves.insert(leaves.begin() + qsizetype(at), leaf(at + 1, u"inserted"_s));
        break;
    case 4: // reordered
        std::swap(leaves[at], leaves[at + 1]);
        break;
    case 5: // a cut tail
        leaves.resize(at + 1 == leaves.size() ? at : at + 1);
        break;
    default: // a suffix rewritten to the same length, with right sequence numbers
        for (std::size_t i = at; i < leaves.size(); ++i)
            leaves[i] = leaf(i + 1, u"rewritten"_s);
    }
    return leaves;
}

} // namespace

std::vector<SignedHead> TestLogVerifier::headsOf(std::span<const QByteArray> leaves, std::size_t every) const
{
    std::vector<SignedHead> heads;
    MerkleTree tree;
    for (const QByteArray& bytes : leaves) {
        tree.add(bytes);
        if (tree.size() % every == 0 || tree.size() == leaves.size())
            heads.push_back(signHead(tree.size(), tree.root(), Instant(Milliseconds(1'700'000'000'000)), m_key));
    }
    return heads;
}

void TestLogVerifier::initTestCase()
{
    for (std::uint64_t i = 1; i <= 64; ++i)
        m_leaves.push_back(leaf(i, u"pass"_s));
    m_heads = headsOf(m_leaves, 10);
}

void TestLogVerifier::soundLogIsVerified()
{
    const LogReport report = verifyLog(m_leaves, {m_heads, {m_heads.back()}, {m_key.publicKey()}});
    QCOMPARE(report.result, LogResult::Verified);
    QCOMPARE(report.entries, 64U);
    QCOMPARE(report.anchoredTo, 64U);
    QVERIFY(!report.firstBad);
    const LogReport empty = verifyLog({}, {});
    QCOMPARE(empty.result, LogResult::Unanchored);
    QVERIFY(empty.isSound());
}

void TestLogVerifier::tellsAnchoredFromUnanchored()
{
    const LogReport report = verifyLog(m_leaves, {{m_heads[4]}, {}, {m_key.publicKey()}});
    QCOMPARE(report.result, LogResult::Verified);
    QCOMPARE(report.anchoredTo, 50U);
    QCOMPARE(verifyLog(m_leaves, {}).result, LogResult::Unanchored);
}

void TestLogVerifier::namesTheEntryWhenHashIsStored()
{
    LogVerifier verifier({m_heads, {}, {m_key.publicKey()}});
    for (std::size_t i = 0; i < m_leaves.size(); ++i)
        verifier.add(i == 22 ? leaf(23, u"changed"_s) : m_leaves[i], leafHash(m_leaves[i]));
    const LogReport report = verifier.finish();
    QCOMPARE(report.result, LogResult::BadEntry);
    QCOMPARE(*report.firstBad, 23U);
    QCOMPARE(report.anchoredTo, 20U);
    QCOMPARE(report.entries, 64U);
}

void TestLogVerifier::refusesForeignAndForgedHeads()
{
    const SigningKey other = SigningKey::generate();
    QCOMPARE(verifyLog(m_leaves, {m_heads, {}, {other.publicKey()}}).result, LogResult::BadHead);
    SignedHead forged = m_heads.back();
    forged.root = leafHash("x");
    QCOMPARE(verifyLog(m_leaves, {{forged}, {}, {m_key.publicKey()}}).result, LogResult::BadHead);
}

void TestLogVerifier::findsEveryTampering()
{
    const bool isLong = qEnvironmentVariableIsSet("VIDIMUS_LONG");
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    Random random(seed);
    for (int i = 0; i < (isLong ? 10'000 : 500); ++i) {
        const std::size_t kind = static_cast<std::size_t>(i) % 7;
        const auto leaves = tampered(m_leaves, random, kind);
        const LogReport report = verifyLog(leaves, {m_heads, {}, {m_key.publicKey()}});
        QVERIFY2(!report.isSound(), qPrintable(u"tampering %1 of kind %2 was not found"_s.arg(i).arg(kind)));
        QVERIFY(report.firstBad.has_value());
        // What is reported as anchored was not touched.
        for (std::size_t k = 0; k < report.anchoredTo; ++k)
            QCOMPARE(leaves[k], m_leaves[k]);
    }
}

void TestLogVerifier::findsRestoredOldBackupByKnownHead()
{
    // An old backup is sound in itself; only a head kept elsewhere tells.
    const std::span old = std::span(m_leaves).first(40);
    const auto heads = headsOf(old, 10);
    QCOMPARE(verifyLog(old, {heads, {}, {m_key.publicKey()}}).result, LogResult::Verified);
    const LogReport report = verifyLog(old, {heads, {m_heads.back()}, {m_key.publicKey()}});
    QCOMPARE(report.result, LogResult::Cut);
    QCOMPARE(*report.firstBad, 41U);
    QCOMPARE(report.anchoredTo, 40U);
}

void TestLogVerifier::entryRoundTripsAndRefusesHostileBytes()
{
    const auto entry = logEntryFromLeaf(m_leaves[5]);
    QVERIFY(entry);
    QCOMPARE(leafBytes(*entry), m_leaves[5]);
    const QByteArray good = m_leaves[5];
    for (const QByteArray& bad : {QByteArray(), QByteArray("{}"), QByteArray("[1]"), good + " ", good.chopped(1),
             QByteArray(good).replace("\"ana\"", "7"), QByteArray(good).replace("\"sequence\":6", "\"sequence\":0"),
             QByteArray(good).replace("\"sequence\":6", "\"extra\":1,\"sequence\":6"),
             QByteArray(good).replace("\"before\":null,", ""), QByteArray(good).replace("Z\"", "\"")}) {
        QVERIFY(bad != good);
        const auto read = logEntryFromLeaf(bad);
        QVERIFY2(!read, bad.constData());
        QCOMPARE(read.error().code, ErrorCode::Invalid);
    }
}

void TestLogVerifier::headRoundTrips()
{
    const auto head = signedHeadFromJson(toJson(m_heads[2]));
    QVERIFY(head);
    QCOMPARE(*head, m_heads[2]);
    QVERIFY(isSignatureValid(*head));
    QJsonObject shortRoot = toJson(m_heads[2]);
    shortRoot[u"root"_s] = u"abcd"_s;
    QVERIFY(!signedHeadFromJson(shortRoot));
    QJsonObject negative = toJson(m_heads[2]);
    negative[u"size"_s] = -1;
    QVERIFY(!signedHeadFromJson(negative));
}

void TestLogVerifier::headIsDueByCountAndAge()
{
    const HeadPolicy policy;
    const Instant start {Milliseconds {1'000'000}};
    QVERIFY(!policy.isDue(5, start + std::chrono::hours(1), 5, start));
    QVERIFY(!policy.isDue(1004, start, 5, start));
    QVERIFY(policy.isDue(1005, start, 5, start));
    QVERIFY(!policy.isDue(6, start + std::chrono::seconds(59), 5, start));
    QVERIFY(policy.isDue(6, start + std::chrono::seconds(60), 5, start));
    QVERIFY(policy.isDue(6, start - std::chrono::seconds(1), 5, start));
}

void TestLogVerifier::reportHasTheContractsMembers()
{
    const QJsonObject report = toJson(verifyLog(m_leaves, {m_heads, {}, {m_key.publicKey()}}));
    QCOMPARE(vidimus::toJson(report),
        QByteArray("{\"anchored_to\":64,\"detail\":\"\",\"entries\":64,\"first_bad\":null,\"result\":\"verified\"}"));
}

QTEST_GUILESS_MAIN(TestLogVerifier)
#include "tst_log_verifier.moc"
