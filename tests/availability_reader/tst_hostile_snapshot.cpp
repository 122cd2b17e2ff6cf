#include "core/availability_reader/availability_reader.h"
#include "core/availability_reader/sha256.h"
#include "core/base/sha256.h"
#include "core/rights/snapshot_compiler.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

/// Bytes that no compiler of ours wrote: an error or an answer, never a crash. Run under AddressSanitizer as well.
class HostileSnapshotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensAFile();
    void refusesWhatIsNoSnapshot();
    void refusesEveryTruncation();
    void refusesEveryFlippedByte();
    void survivesEveryFlippedByteWithAFittingChecksum();
    void hashesLikeTheStandard_data();
    void hashesLikeTheStandard();
};

namespace {

QByteArray sample()
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
    return compile(Resolver(rules), 3)->bytes;
}

/// Asks everything there is to ask.
unsigned askAll(const vav_snapshot& snapshot)
{
    unsigned available = 0;
    for (const char* place : {"FR", "CA", "XX"}) {
        for (const char* subdivision : {"", "CA-QC", "US-CA"}) {
            for (const std::int64_t at : {std::int64_t {0}, std::int64_t {2500}, INT64_MAX, INT64_MIN}) {
                const vav_cell cell = vav_make_cell(
                    &snapshot, {place, 2}, {subdivision, std::strlen(subdivision)}, {"web", 3}, {"svod", 4}, at);
                available += vav_count(&snapshot, &cell);
                const std::uint32_t candidates[] = {0, 1, 2, 3, 77, VAV_NO_TITLE};
                std::uint32_t found[2];
                available += static_cast<unsigned>(vav_list(&snapshot, &cell, candidates, 6, found, 2));
                for (const char* id : {"film", "series", "episode", "nobody", ""}) {
                    const std::uint32_t title = vav_find_title(&snapshot, {id, std::strlen(id)});
                    const vav_answer answer = vav_ask(&snapshot, title, &cell);
                    for (std::size_t i = 0; i < answer.terms_from.length; ++i)
                        available += answer.terms_from.data[i] == 'r';
                    available += static_cast<unsigned>(vav_title_id(&snapshot, title).length);
                }
            }
        }
    }
    return available;
}

/// Opens a heap copy of exactly the size, so that a sanitizer sees one byte too far.
vav_status open(const QByteArray& bytes, bool ask)
{
    const auto copy = std::make_unique<char[]>(static_cast<std::size_t>(bytes.size()));
    std::memcpy(copy.get(), bytes.constData(), static_cast<std::size_t>(bytes.size()));
    vav_snapshot snapshot {};
    const vav_status status = vav_open_bytes(&snapshot, copy.get(), static_cast<std::size_t>(bytes.size()));
    if (ask && status == VAV_OK)
        (void)askAll(snapshot);
    vav_close(&snapshot);
    return status;
}

void refit(QByteArray& bytes)
{
    bytes.replace(8, 32, sha256(QByteArrayView(bytes).sliced(40)));
}

} // namespace

void HostileSnapshotTest::opensAFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.snapshot"_s);
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(sample());
    file.close();
    vav_snapshot snapshot {};
    QCOMPARE(vav_open_file(&snapshot, QFile::encodeName(path).constData()), VAV_OK);
    QCOMPARE(vav_version(&snapshot), 3U);
    QCOMPARE(vav_title_count(&snapshot), 3U);
    QVERIFY(vav_query(&snapshot, {"film", 4}, {"DE", 2}, {"web", 3}, {"svod", 4}, 500).available);
    QVERIFY(!vav_query(&snapshot, {"film", 4}, {"FR", 2}, {"web", 3}, {"svod", 4}, 500).available);
    QVERIFY(askAll(snapshot) > 0);
    vav_close(&snapshot);
    vav_close(&snapshot);
    QCOMPARE(vav_title_count(&snapshot), 0U);
    QCOMPARE(vav_find_title(&snapshot, {"film", 4}), VAV_NO_TITLE);
}

void HostileSnapshotTest::refusesWhatIsNoSnapshot()
{
    const QTemporaryDir folder;
    vav_snapshot snapshot {};
    QCOMPARE(vav_open_file(&snapshot, "/nowhere/at/all"), VAV_IO);
    QCOMPARE(vav_open_file(&snapshot, QFile::encodeName(folder.path()).constData()), VAV_IO);
    QCOMPARE(open({}, true), VAV_NOT_A_SNAPSHOT);
    QCOMPARE(open("VIDAVAIL", true), VAV_NOT_A_SNAPSHOT);
    QCOMPARE(open(QByteArray(4096, 'x'), true), VAV_NOT_A_SNAPSHOT);
    QByteArray newer = sample();
    newer[40] = 2;
    QCOMPARE(open(newer, true), VAV_WRONG_VERSION);
}

void HostileSnapshotTest::refusesEveryTruncation()
{
    const QByteArray bytes = sample();
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        QByteArray cut = bytes.left(size);
        QVERIFY(open(cut, true) != VAV_OK);
        if (size > 40) {
            refit(cut);
            QVERIFY(open(cut, true) != VAV_OK);
        }
    }
    QByteArray longer = bytes + QByteArray(8, 0);
    refit(longer);
    QCOMPARE(open(longer, true), VAV_CORRUPT);
}

void HostileSnapshotTest::refusesEveryFlippedByte()
{
    const QByteArray bytes = sample();
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        QByteArray flipped = bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x41);
        QVERIFY(open(flipped, true) != VAV_OK);
    }
}

void HostileSnapshotTest::survivesEveryFlippedByteWithAFittingChecksum()
{
    const QByteArray bytes = sample();
    int refused = 0;
    for (qsizetype at = 40; at < bytes.size(); ++at) {
        for (const int mask : {0x01, 0x80, 0xFF}) {
            QByteArray flipped = bytes;
            flipped[at] = static_cast<char>(flipped[at] ^ mask);
            refit(flipped);
            refused += open(flipped, true) != VAV_OK;
        }
    }
    QVERIFY(refused > 500);
}

void HostileSnapshotTest::hashesLikeTheStandard_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100000})
        QTest::addRow("%d bytes", size) << size;
}

void HostileSnapshotTest::hashesLikeTheStandard()
{
    QFETCH(int, size);
    QByteArray bytes(size, Qt::Uninitialized);
    for (int i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 131 + i / 7);
    QByteArray digest(32, 0);
    vav_sha256(reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::uint64_t>(size),
        reinterpret_cast<std::uint8_t*>(digest.data()));
    QCOMPARE(digest.toHex(), sha256Hex(bytes));
}

QTEST_GUILESS_MAIN(HostileSnapshotTest)
#include "tst_hostile_snapshot.moc"
