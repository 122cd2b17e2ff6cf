#include "core/base/sha256.h"
#include "core/rights/flatten_rules.h"
#include "core/rights/snapshot_compiler.h"
#include "core/rights/snapshot_encoder.h"
#include "support/opened_snapshot.h"

#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>
#include <memory>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

/// Bytes that no compiler of ours wrote: an error or an answer, never a crash. Run under AddressSanitizer as well.
class HostileSnapshotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opensAFile();
    void refusesWhatIsNoSnapshot();
    void refusesEveryTruncation();
    void refusesEveryFlippedByte();
    void survivesEveryFlippedByteWithAFittingChecksum();
    void refusesABrokenDelta();
    void survivesEveryFlippedByteOfADeltaWithAFittingChecksum();
    void refusesOtherSignatures();
    void survivesRandomPayloads();

private:
    QByteArray m_snapshot;
    DeltaPair m_delta;
};

namespace {

RuleSet sampleRules()
{
    RuleSet rules;
    rules.sites = {u"web"_s, u"tv"_s};
    rules.offers = {u"svod"_s};
    const auto add = [&rules](const QString& id, TitleKind kind, const QString& parent) {
        Title title;
        title.id = TitleId(id);
        title.kind = kind;
        title.parent = TitleId(parent);
        rules.titles.push_back(title);
    };
    add(u"film"_s, TitleKind::Film, {});
    add(u"series"_s, TitleKind::Series, {});
    add(u"episode"_s, TitleKind::Episode, u"series"_s);
    for (int i = 0; i < 4; ++i) {
        Rule rule;
        rule.id = WindowId(u"r%1"_s.arg(i));
        rule.effect = i == 3 ? Effect::Deny : Effect::Allow;
        rule.scope = rules.titles[static_cast<std::size_t>(i % 3)].id;
        rule.territory = {{u"WORLD"_s, u"US-CA"_s}, {u"CA-QC"_s, i == 2 ? u"US"_s : u"FR"_s}};
        rule.sites = {.all = i == 1, .names = {u"web"_s}};
        rule.offers.all = true;
        rule.window.start = Instant {Milliseconds {i * 1000}};
        rule.window.end = Instant {Milliseconds {90000}};
        rules.rules.push_back(rule);
    }
    return rules;
}

/// A title more, one less, new sets, dates and terms.
RuleSet changedRules()
{
    RuleSet rules = sampleRules();
    rules.titles.front().id = TitleId(u"other film"_s);
    rules.rules.front().scope = rules.titles.front().id;
    rules.rules[1].territory = {{u"JP"_s, u"CA-ON"_s}, {}};
    rules.rules[1].sites = {.all = false, .names = {u"tv"_s}};
    rules.rules[2].window.end = Instant {Milliseconds {123456}};
    rules.rules[2].id = WindowId(u"another"_s);
    return rules;
}

/// Asks everything there is to ask.
unsigned askAll(const vav_state* state)
{
    unsigned available = 0;
    for (const char* place : {"FR", "CA", "XX"}) {
        for (const char* subdivision : {"", "CA-QC", "US-CA"}) {
            for (const std::int64_t at : {std::int64_t {0}, std::int64_t {2500}, INT64_MAX, INT64_MIN}) {
                const vav_cell cell
                    = vav_make_cell(state, textOf(place), textOf(subdivision), textOf("web"), textOf("svod"), at);
                available += vav_count(state, &cell);
                const std::uint32_t candidates[] = {0, 1, 2, 3, 77, VAV_NO_TITLE};
                std::uint32_t found[2];
                available += static_cast<unsigned>(vav_list(state, &cell, candidates, 6, found, 2, nullptr));
                std::uint32_t cursor = 0;
                available += static_cast<unsigned>(vav_list_from(state, &cell, &cursor, found, 2));
                for (const char* id : {"film", "series", "episode", "other film", "nobody", ""}) {
                    const std::uint32_t title = vav_find_title(state, textOf(id));
                    const vav_answer answer = vav_ask(state, title, &cell);
                    for (std::size_t i = 0; i < answer.terms_from.length; ++i)
                        available += answer.terms_from.data[i] == 'r';
                    char name[16];
                    available += static_cast<unsigned>(vav_title_id(state, title, name, sizeof name));
                }
            }
        }
    }
    vav_planes* planes = vav_make_planes(state);
    if (planes) {
        const vav_cell cell = vav_make_cell(state, textOf("FR"), textOf(""), textOf("web"), textOf("svod"), 0);
        available += vav_planes_count(planes, state, &cell);
    }
    vav_free_planes(planes);
    return available;
}

/// A heap copy of exactly the size, so that a sanitizer sees one byte too far.
struct Exact {
    std::unique_ptr<char[]> bytes;
    std::size_t size;
    explicit Exact(const QByteArray& from)
        : bytes(std::make_unique<char[]>(static_cast<std::size_t>(from.size())))
        , size(static_cast<std::size_t>(from.size()))
    {
        std::memcpy(bytes.get(), from.constData(), size);
    }
};

vav_status open(const QByteArray& bytes)
{
    const Exact copy(bytes);
    vav_reader* reader = nullptr;
    const vav_status status = vav_open_bytes(&reader, copy.bytes.get(), copy.size, nullptr);
    if (status == VAV_OK) {
        const vav_state* state = vav_acquire(reader);
        (void)askAll(state);
        vav_release(state);
    }
    vav_close(reader);
    return status;
}

/// On top of a good snapshot; after a refusal the old state answers as before.
vav_status apply(const QByteArray& snapshot, const QByteArray& delta)
{
    const Exact copy(delta);
    const OpenedSnapshot opened(snapshot);
    const unsigned before = askAll(opened.state);
    const vav_status status = vav_apply_bytes(opened.reader, copy.bytes.get(), copy.size);
    const vav_state* now = vav_acquire(opened.reader);
    const unsigned after = askAll(now);
    if (status != VAV_OK && (before != after || vav_version(now) != 3))
        qFatal("a refused delta changed something");
    vav_release(now);
    return status;
}

void refit(QByteArray& bytes)
{
    bytes.replace(8, 32, sha256(QByteArrayView(bytes).sliced(104)));
}

} // namespace

void HostileSnapshotTest::initTestCase()
{
    auto image = imageOf(Resolver(sampleRules()));
    QVERIFY(image);
    const auto snapshot = encodeSnapshot(*image, 3);
    QVERIFY(snapshot);
    m_snapshot = *snapshot;
    QVERIFY(flattenAll(*image, Resolver(changedRules())));
    const auto delta = encodeStep(*image, image->takeStep(), 3, 4);
    QVERIFY(delta);
    m_delta = *delta;
    QCOMPARE(m_delta.titles, 3);
    QCOMPARE(apply(m_snapshot, m_delta.forward), VAV_OK);
    QCOMPARE(apply(m_snapshot, m_delta.reverse), VAV_WRONG_BASE);
}

void HostileSnapshotTest::opensAFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.snapshot"_s);
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(m_snapshot);
    file.close();
    const OpenedSnapshot opened(path);
    QCOMPARE(opened.status, VAV_OK);
    QCOMPARE(vav_version(opened.state), 3U);
    QCOMPARE(vav_title_count(opened.state), 3U);
    QCOMPARE(vav_partition(opened.state).length, 0U);
    QVERIFY(vav_query(opened.state, textOf("film"), textOf("DE"), textOf("web"), textOf("svod"), 500).available);
    QVERIFY(!vav_query(opened.state, textOf("film"), textOf("FR"), textOf("web"), textOf("svod"), 500).available);
    QVERIFY(askAll(opened.state) > 0);
    vav_close(nullptr);
}

void HostileSnapshotTest::refusesWhatIsNoSnapshot()
{
    const QTemporaryDir folder;
    QCOMPARE(OpenedSnapshot(u"/nowhere/at/all"_s).status, VAV_IO);
    QCOMPARE(OpenedSnapshot(folder.path()).status, VAV_IO);
    QCOMPARE(open({}), VAV_NOT_A_SNAPSHOT);
    QCOMPARE(open("VIDAVAIL"), VAV_NOT_A_SNAPSHOT);
    QCOMPARE(open(QByteArray(4096, 'x')), VAV_NOT_A_SNAPSHOT);
    QCOMPARE(open(m_delta.forward), VAV_NOT_A_SNAPSHOT);
    QByteArray newer = m_snapshot;
    newer[104] = 3;
    QCOMPARE(open(newer), VAV_WRONG_VERSION);
}

void HostileSnapshotTest::refusesEveryTruncation()
{
    for (qsizetype size = 0; size < m_snapshot.size(); ++size) {
        QByteArray cut = m_snapshot.left(size);
        QVERIFY(open(cut) != VAV_OK);
        if (size > 104) {
            refit(cut);
            QVERIFY(open(cut) != VAV_OK);
        }
    }
    QByteArray longer = m_snapshot + QByteArray(8, 0);
    refit(longer);
    QCOMPARE(open(longer), VAV_CORRUPT);
}

void HostileSnapshotTest::refusesEveryFlippedByte()
{
    for (qsizetype at = 0; at < m_snapshot.size(); ++at) {
        if (at >= 40 && at < 104)
            continue; // the signature, which nobody asked to be looked at
        QByteArray flipped = m_snapshot;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x41);
        QVERIFY(open(flipped) != VAV_OK);
    }
}

void HostileSnapshotTest::survivesEveryFlippedByteWithAFittingChecksum()
{
    int refused = 0;
    for (qsizetype at = 104; at < m_snapshot.size(); ++at) {
        for (const int mask : {0x01, 0x80, 0xFF}) {
            QByteArray flipped = m_snapshot;
            flipped[at] = static_cast<char>(flipped[at] ^ mask);
            refit(flipped);
            refused += open(flipped) != VAV_OK;
        }
    }
    QVERIFY(refused > 500);
}

void HostileSnapshotTest::refusesABrokenDelta()
{
    for (qsizetype size = 0; size < m_delta.forward.size(); ++size) {
        QByteArray cut = m_delta.forward.left(size);
        QVERIFY(apply(m_snapshot, cut) != VAV_OK);
        if (size > 120) {
            qToLittleEndian<quint64>(static_cast<quint64>(size), cut.data() + 112);
            refit(cut);
            QVERIFY(apply(m_snapshot, cut) != VAV_OK);
        }
    }
    for (qsizetype at = 0; at < m_delta.forward.size(); ++at) {
        if (at >= 40 && at < 104)
            continue;
        QByteArray flipped = m_delta.forward;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x41);
        QVERIFY(apply(m_snapshot, flipped) != VAV_OK);
    }
    QByteArray longer = m_delta.forward + '\1';
    qToLittleEndian<quint64>(static_cast<quint64>(longer.size()), longer.data() + 112);
    refit(longer);
    QCOMPARE(apply(m_snapshot, longer), VAV_CORRUPT);
}

void HostileSnapshotTest::survivesEveryFlippedByteOfADeltaWithAFittingChecksum()
{
    int refused = 0;
    for (qsizetype at = 104; at < m_delta.forward.size(); ++at) {
        for (const int mask : {0x01, 0x02, 0x10, 0x80, 0xFF}) {
            QByteArray flipped = m_delta.forward;
            flipped[at] = static_cast<char>(flipped[at] ^ mask);
            refit(flipped);
            refused += apply(m_snapshot, flipped) != VAV_OK;
        }
    }
    QVERIFY(refused > 300);
}

void HostileSnapshotTest::refusesOtherSignatures()
{
    const SigningKey key = SigningKey::generate(), other = SigningKey::generate();
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(key.publicKey().constData());
    auto image = imageOf(Resolver(sampleRules()));
    QVERIFY(image);
    const auto good = encodeSnapshot(*image, 3, &key);
    const auto foreign = encodeSnapshot(*image, 3, &other);
    const auto unsignedOne = encodeSnapshot(*image, 3);
    QVERIFY(good && foreign && unsignedOne);
    OpenedSnapshot opened(*good, bytes);
    QCOMPARE(opened.status, VAV_OK);
    QCOMPARE(OpenedSnapshot(*foreign, bytes).status, VAV_BAD_SIGNATURE);
    QCOMPARE(OpenedSnapshot(*unsignedOne, bytes).status, VAV_BAD_SIGNATURE);
    QCOMPARE(OpenedSnapshot(*good).status, VAV_OK); // nobody asked
    QByteArray flipped = *good;
    flipped[70] = static_cast<char>(flipped[70] ^ 1);
    QCOMPARE(OpenedSnapshot(flipped, bytes).status, VAV_BAD_SIGNATURE);
    QVERIFY(flattenAll(*image, Resolver(changedRules())));
    const ImageStep step = image->takeStep();
    const auto byOther = encodeStep(*image, step, 3, 4, &other);
    const auto byKey = encodeStep(*image, step, 3, 4, &key);
    QVERIFY(byOther && byKey);
    QCOMPARE(opened.apply(byOther->forward), VAV_BAD_SIGNATURE);
    QCOMPARE(vav_version(opened.state), 3U);
    QCOMPARE(opened.apply(byKey->forward), VAV_OK);
    QCOMPARE(vav_version(opened.state), 4U);
    QCOMPARE(opened.apply(byKey->forward), VAV_WRONG_BASE);
    QCOMPARE(opened.apply(byOther->reverse), VAV_BAD_SIGNATURE);
    QCOMPARE(opened.apply(byKey->reverse), VAV_OK);
    QCOMPARE(vav_version(opened.state), 3U);
}

void HostileSnapshotTest::survivesRandomPayloads()
{
    quint32 seed = 1;
    const auto next = [&seed] { return (seed = seed * 1664525 + 1013904223) >> 16; };
    const int rounds = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 200'000 : 5'000;
    int refused = 0;
    for (int round = 0; round < rounds; ++round) {
        QByteArray delta = m_delta.forward;
        for (quint32 flips = 1 + next() % 6; flips > 0; --flips) {
            const qsizetype at = 168 + static_cast<qsizetype>(next()) % (delta.size() - 168);
            delta[at] = static_cast<char>(next());
        }
        refit(delta);
        refused += apply(m_snapshot, delta) != VAV_OK;
    }
    QVERIFY(refused > rounds / 4);
}

QTEST_GUILESS_MAIN(HostileSnapshotTest)
#include "tst_hostile_snapshot.moc"
