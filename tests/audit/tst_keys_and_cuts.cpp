#include "core/audit/log_entry.h"
#include "core/audit/log_verifier.h"
#include "core/audit/merkle_hash.h"
#include "core/base/json.h"

#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace vidimus::audit;
using namespace Qt::StringLiterals;

/// Logs over several keys, cut logs, and entries and heads that are no longer what was written.
class TestKeysAndCuts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void verifiesOverAChangeOfKeys();
    void distrustedKeyFailsItsHeadsOnly();
    void everyCutIsFound();
    void headMeansExactlyItsMembers_data();
    void headMeansExactlyItsMembers();
    void twoHeadsOfOneSizeMustAgree();
    void headOverNothingIsChecked();
    void refusesEntries_data();
    void refusesEntries();
    void refusesEveryTruncatedEntry();
    void entryKeepsWhateverWasDecided();
    void countsOnAfterAFault();

private:
    [[nodiscard]] SignedHead headOver(std::size_t size, const SigningKey& key) const;
    const SigningKey m_old = SigningKey::generate();
    const SigningKey m_new = SigningKey::generate();
    std::vector<QByteArray> m_leaves;
};

namespace {

QByteArray leaf(std::uint64_t sequence)
{
    LogEntry entry;
    entry.sequence = sequence;
    entry.at = Instant(Milliseconds(1'700'000'000'000 + qint64(sequence)));
    entry.actor = u"ana"_s;
    entry.action = u"decide"_s;
    entry.subject = u"asset:%1"_s.arg(sequence);
    return leafBytes(entry);
}

} // namespace

SignedHead TestKeysAndCuts::headOver(std::size_t size, const SigningKey& key) const
{
    MerkleTree tree;
    for (std::size_t i = 0; i < size; ++i)
        tree.add(m_leaves[i]);
    return signHead(size, tree.root(), Instant(Milliseconds(1'700'000'000'000)), key);
}

void TestKeysAndCuts::initTestCase()
{
    for (std::uint64_t i = 1; i <= 30; ++i)
        m_leaves.push_back(leaf(i));
}

void TestKeysAndCuts::verifiesOverAChangeOfKeys()
{
    const std::vector<SignedHead> heads {headOver(10, m_old), headOver(20, m_new), headOver(30, m_new)};
    const LogReport report = verifyLog(m_leaves, {heads, {}, {m_old.publicKey(), m_new.publicKey()}});
    QCOMPARE(report.result, LogResult::Verified);
    QCOMPARE(report.anchoredTo, 30U);
    // Heads may arrive in any order.
    const std::vector<SignedHead> mixed {heads[2], heads[0], heads[1]};
    QCOMPARE(verifyLog(m_leaves, {mixed, {heads[1]}, {m_new.publicKey(), m_old.publicKey()}}).anchoredTo, 30U);
}

void TestKeysAndCuts::distrustedKeyFailsItsHeadsOnly()
{
    const LogReport report = verifyLog(m_leaves, {{headOver(10, m_old), headOver(20, m_new)}, {}, {m_new.publicKey()}});
    QCOMPARE(report.result, LogResult::BadHead);
    QCOMPARE(*report.firstBad, 10U);
    QVERIFY(report.detail.contains(u"not trusted"_s));
    QVERIFY(!report.isSound());
    QCOMPARE(verifyLog(m_leaves, {{headOver(20, m_new)}, {}, {m_new.publicKey()}}).result, LogResult::Verified);
}

void TestKeysAndCuts::everyCutIsFound()
{
    const std::vector<SignedHead> heads {headOver(10, m_old), headOver(30, m_old)};
    for (std::size_t kept = 0; kept < 30; ++kept) {
        const LogReport report = verifyLog(std::span(m_leaves).first(kept), {heads, {}, {m_old.publicKey()}});
        QCOMPARE(report.result, LogResult::Cut);
        QCOMPARE(*report.firstBad, kept + 1);
        QCOMPARE(report.anchoredTo, kept >= 10 ? 10U : 0U);
    }
    // The head of the tail cut off together with the tail: only the copy elsewhere knows.
    const auto cut = std::span(m_leaves).first(15);
    QCOMPARE(verifyLog(cut, {{heads[0]}, {}, {m_old.publicKey()}}).result, LogResult::Verified);
    QCOMPARE(verifyLog(cut, {{heads[0]}, {heads[1]}, {m_old.publicKey()}}).result, LogResult::Cut);
}

void TestKeysAndCuts::headMeansExactlyItsMembers_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    const auto zeros = [](int bytes) { return QJsonValue(QString(bytes * 2, u'0')); };
    QTest::newRow("size") << u"size"_s << QJsonValue(29);
    QTest::newRow("root") << u"root"_s << zeros(32);
    QTest::newRow("time") << u"at"_s << QJsonValue(u"2020-01-01T00:00:00Z"_s);
    QTest::newRow("key") << u"public_key"_s << zeros(32);
    QTest::newRow("signature") << u"signature"_s << zeros(64);
}

void TestKeysAndCuts::headMeansExactlyItsMembers()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject json = toJson(headOver(30, m_old));
    QVERIFY(isSignatureValid(*signedHeadFromJson(json)));
    json[member] = value;
    const auto head = signedHeadFromJson(json);
    QVERIFY(head);
    QVERIFY(!isSignatureValid(*head));
    QCOMPARE(verifyLog(m_leaves, {{*head}, {}, {m_old.publicKey()}}).result, LogResult::BadHead);
    for (const QJsonValue& bad : {QJsonValue(), QJsonValue(u"xyz"_s), QJsonValue(true)}) {
        json[member] = bad;
        QVERIFY(!signedHeadFromJson(json));
    }
    json.remove(member);
    QVERIFY(!signedHeadFromJson(json));
}

void TestKeysAndCuts::twoHeadsOfOneSizeMustAgree()
{
    MerkleTree other;
    for (std::uint64_t i = 1; i <= 10; ++i)
        other.add(leaf(i + 100));
    const SignedHead split = signHead(10, other.root(), Instant {}, m_old);
    const LogReport report = verifyLog(m_leaves, {{headOver(10, m_old)}, {split}, {m_old.publicKey()}});
    QCOMPARE(report.result, LogResult::Rewritten);
    QCOMPARE(report.anchoredTo, 0U);
}

void TestKeysAndCuts::headOverNothingIsChecked()
{
    const LogAnchors good {{signHead(0, emptyRoot(), Instant {}, m_old)}, {}, {m_old.publicKey()}};
    QCOMPARE(verifyLog(m_leaves, good).result, LogResult::Unanchored); // it covers nothing
    const LogAnchors bad {{signHead(0, leafHash("x"), Instant {}, m_old)}, {}, {m_old.publicKey()}};
    QCOMPARE(verifyLog(m_leaves, bad).result, LogResult::Rewritten);
}

void TestKeysAndCuts::refusesEntries_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("blank") << QByteArray(",\"actor\"") << QByteArray(", \"actor\"");
    QTest::newRow("member twice") << QByteArray("\"actor\":\"ana\"")
                                  << QByteArray("\"actor\":\"bob\",\"actor\":\"ana\"");
    QTest::newRow("number as text") << QByteArray("\"sequence\":1,") << QByteArray("\"sequence\":\"1\",");
    QTest::newRow("number with a point") << QByteArray("\"sequence\":1,") << QByteArray("\"sequence\":1.0,");
    QTest::newRow("escaped letter") << QByteArray("\"ana\"") << QByteArray("\"\\u0061na\"");
    QTest::newRow("other order") << QByteArray("{\"action\":\"decide\",\"actor\":\"ana\"")
                                 << QByteArray("{\"actor\":\"ana\",\"action\":\"decide\"");
    QTest::newRow("time zone") << QByteArray("Z\",\"before\"") << QByteArray("+00:00\",\"before\"");
    QTest::newRow("no longer text") << QByteArray("ana") << QByteArray("a\xFFna");
    QTest::newRow("sequence of another entry") << QByteArray("\"sequence\":1,") << QByteArray("\"sequence\":2,");
}

void TestKeysAndCuts::refusesEntries()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QByteArray bytes = m_leaves[0];
    QVERIFY2(bytes.contains(from), bytes.constData());
    bytes.replace(from, to);
    std::vector<QByteArray> leaves = m_leaves;
    leaves[0] = bytes;
    const LogReport report = verifyLog(leaves, {});
    QCOMPARE(report.result, LogResult::BadEntry);
    QCOMPARE(*report.firstBad, 1U);
}

void TestKeysAndCuts::refusesEveryTruncatedEntry()
{
    const QByteArray& whole = m_leaves[3];
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto read = logEntryFromLeaf(QByteArrayView(whole).first(size));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Invalid);
    }
}

void TestKeysAndCuts::entryKeepsWhateverWasDecided()
{
    LogEntry entry;
    entry.sequence = 9'007'199'254'740'991; // 2^53 − 1, the last whole number of JSON
    entry.at = kMaxInstant;
    entry.actor = u"\u0000\u001f\"\\/ é \U0001F600"_s;
    entry.action = QString();
    entry.before = QJsonArray {1.5, QJsonValue(), QJsonObject {{u""_s, u"\u2028"_s}}, 1e21, -0.0};
    entry.after = QJsonObject {{u"\uE000"_s, 1}, {u"\U0001F600"_s, 2}};
    const QByteArray bytes = leafBytes(entry);
    const auto read = logEntryFromLeaf(bytes);
    QVERIFY2(read, bytes.constData());
    QCOMPARE(leafBytes(*read), bytes);
    QCOMPARE(read->actor, entry.actor);
    QCOMPARE(read->after.toObject().value(u"\U0001F600").toInt(), 2);
    QCOMPARE(read->at, entry.at);
}

void TestKeysAndCuts::countsOnAfterAFault()
{
    LogVerifier verifier({});
    for (std::size_t i = 0; i < m_leaves.size(); ++i)
        verifier.add(i == 4 ? QByteArray("garbage") : m_leaves[i]);
    const LogReport report = verifier.finish();
    QCOMPARE(report.entries, 30U);
    QCOMPARE(*report.firstBad, 5U); // the first, though more do not fit after it
    QCOMPARE(toJson(report).value(u"result").toString(), u"bad_entry"_s);
}

QTEST_GUILESS_MAIN(TestKeysAndCuts)
#include "tst_keys_and_cuts.moc"
