#include "core/matching/hash_segment.h"
#include "made_up_video.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace vidimus;
using namespace vidimus::matching;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Enough hashes for tables; near families around a few centres beside strangers.
std::vector<IndexedDocument> library(std::size_t documents, std::size_t each, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    const PdqHash centre = randomHash(random);
    std::vector<IndexedDocument> result;
    for (std::size_t d = 0; d < documents; ++d) {
        IndexedDocument document {.number = d * 3 + 1, .length = Milliseconds(each * 1000), .hashes = {}};
        for (std::size_t n = 0; n < each; ++n) {
            const bool family = random() % 4 == 0;
            document.hashes.push_back(
                {Milliseconds(n * 1000), family ? disturbed(centre, int(random() % 80), random) : randomHash(random)});
        }
        result.push_back(std::move(document));
    }
    return result;
}

using Found = std::tuple<std::uint64_t, qint64, int>;

std::vector<Found> sorted(const std::vector<HashHit>& hits)
{
    std::vector<Found> result;
    for (const HashHit& hit : hits)
        result.emplace_back(hit.document, hit.time.count(), hit.distance);
    std::ranges::sort(result);
    return result;
}

std::vector<Found> bruteForce(const std::vector<IndexedDocument>& documents, const PdqHash& hash, int reach)
{
    std::vector<Found> result;
    for (const IndexedDocument& document : documents) {
        for (const TimedHash& each : document.hashes) {
            if (distance(hash, each.hash) <= reach)
                result.emplace_back(document.number, each.time.count(), distance(hash, each.hash));
        }
    }
    std::ranges::sort(result);
    return result;
}

} // namespace

class TestHashSegment : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatBruteForceFinds_data();
    void findsWhatBruteForceFinds();
    void findsTheWorstSpreadOf31Bits();
    void beyondTheStatedDistanceEachHitIsTrueAndSingle();
    void aFileAnswersAsTheMemoryDid();
    void givesDocumentsBack();
    void copesWithDocumentsWithoutHashes();
    void refusesDamagedFiles();
    void survivesWrongIdsInAFile();
};

void TestHashSegment::findsWhatBruteForceFinds_data()
{
    QTest::addColumn<int>("documents");
    QTest::addColumn<int>("each");
    QTest::newRow("read from end to end") << 20 << 50;
    QTest::newRow("by tables") << 200 << 150;
    QTest::newRow("one long document") << 1 << 30000;
}

void TestHashSegment::findsWhatBruteForceFinds()
{
    QFETCH(int, documents);
    QFETCH(int, each);
    const auto all = library(std::size_t(documents), std::size_t(each), 7);
    const auto segment = HashSegment::build(all);
    std::mt19937_64 random(99);
    std::size_t found = 0;
    for (int query = 0; query < 200; ++query) {
        const auto& document = all[random() % all.size()];
        const PdqHash hash
            = disturbed(document.hashes[random() % document.hashes.size()].hash, int(random() % 40), random);
        for (const int reach : {0, 10, kPdqMatchDistance}) {
            std::vector<HashHit> hits;
            segment->find(hash, reach, hits);
            const auto expected = bruteForce(all, hash, reach);
            QVERIFY(sorted(hits) == expected);
            found += expected.size();
        }
    }
    QVERIFY(found > 200); // it was not about empty answers
}

void TestHashSegment::findsTheWorstSpreadOf31Bits()
{
    // Two wrong bits in fifteen of the sixteen pieces and one in the last: no piece is whole, one has a single error.
    auto all = library(200, 150, 8);
    std::mt19937_64 random(4);
    for (int round = 0; round < 100; ++round) {
        const auto& document = all[random() % all.size()];
        const TimedHash& target = document.hashes[random() % document.hashes.size()];
        const int spared = int(random() % 16);
        PdqHash hash = target.hash;
        for (int piece = 0; piece < 16; ++piece) {
            const int first = int(random() % 16);
            hash.words[std::size_t(piece) / 4] ^= std::uint64_t(1) << (piece % 4 * 16 + first);
            if (piece != spared)
                hash.words[std::size_t(piece) / 4] ^= std::uint64_t(1) << (piece % 4 * 16 + (first + 5) % 16);
        }
        QCOMPARE(distance(hash, target.hash), 31);
        static const auto segment = HashSegment::build(all);
        std::vector<HashHit> hits;
        segment->find(hash, 31, hits);
        QVERIFY(std::ranges::find(hits, HashHit {document.number, target.time, 31}) != hits.end());
    }
}

void TestHashSegment::beyondTheStatedDistanceEachHitIsTrueAndSingle()
{
    const auto all = library(200, 150, 9);
    const auto segment = HashSegment::build(all);
    std::mt19937_64 random(5);
    std::size_t found = 0;
    std::size_t possible = 0;
    for (int query = 0; query < 50; ++query) {
        const auto& document = all[random() % all.size()];
        const PdqHash hash = document.hashes[random() % document.hashes.size()].hash;
        std::vector<HashHit> hits;
        segment->find(hash, 60, hits);
        const auto ours = sorted(hits);
        const auto truth = bruteForce(all, hash, 60);
        QVERIFY(std::ranges::includes(truth, ours));
        QVERIFY(std::ranges::adjacent_find(ours) == ours.end());
        found += ours.size();
        possible += truth.size();
    }
    QVERIFY(found * 2 > possible);
}

void TestHashSegment::aFileAnswersAsTheMemoryDid()
{
    QTemporaryDir folder;
    const auto all = library(150, 120, 10);
    const auto built = HashSegment::build(all);
    const QString path = folder.filePath(u"a.segment"_s);
    QVERIFY(built->write(path));
    const auto opened = HashSegment::open(path);
    QVERIFY(opened);
    QCOMPARE((*opened)->hashCount(), built->hashCount());
    QCOMPARE((*opened)->bytes(), QFile(path).size());
    std::mt19937_64 random(6);
    for (int query = 0; query < 50; ++query) {
        const PdqHash hash = disturbed(all[random() % all.size()].hashes[3].hash, 12, random);
        std::vector<HashHit> fromMemory;
        std::vector<HashHit> fromFile;
        built->find(hash, 31, fromMemory);
        (*opened)->find(hash, 31, fromFile);
        QVERIFY(fromMemory == fromFile);
        QVERIFY(!fromFile.empty());
    }
}

void TestHashSegment::givesDocumentsBack()
{
    const auto all = library(20, 10, 11);
    const auto segment = HashSegment::build(all);
    for (const IndexedDocument& document : all) {
        const auto position = segment->positionOf(document.number);
        QVERIFY(position);
        QVERIFY(segment->documentAt(*position) == document);
    }
    QVERIFY(!segment->positionOf(2));
    QVERIFY(!segment->positionOf(100000));
}

void TestHashSegment::copesWithDocumentsWithoutHashes()
{
    auto all = library(3, 4, 12);
    all[1].hashes.clear();
    all.push_back({.number = 50});
    const auto segment = HashSegment::build(all);
    std::vector<HashHit> hits;
    segment->find(all[2].hashes[0].hash, 0, hits);
    QCOMPARE(hits.size(), std::size_t(1));
    QCOMPARE(hits.front().document, all[2].number);
    hits.clear();
    HashSegment::build({})->find(all[2].hashes[0].hash, 256, hits);
    QVERIFY(hits.empty());
}

void TestHashSegment::refusesDamagedFiles()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.segment"_s);
    QVERIFY(HashSegment::build(library(10, 10, 13))->write(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray good = file.readAll();
    const auto opensWith = [&](const QByteArray& bytes) {
        const QString other = folder.filePath(u"b.segment"_s);
        QFile changed(other);
        return changed.open(QIODevice::WriteOnly | QIODevice::Truncate) && changed.write(bytes) == bytes.size()
            && changed.flush() && HashSegment::open(other).has_value();
    };
    QVERIFY(opensWith(good));
    QVERIFY(!opensWith({}));
    QVERIFY(!opensWith(good.first(63)));
    QVERIFY(!opensWith(good.chopped(1)));
    QVERIFY(!opensWith(good + 'x'));
    for (const qsizetype place : {0, 8, 16, 24, 31, 64, 72, 76}) { // magic, counts, the first document
        QByteArray bytes = good;
        bytes[place] = char(bytes[place] ^ 0x5a);
        QVERIFY2(!opensWith(bytes), qPrintable(QString::number(place)));
    }
    QCOMPARE(HashSegment::open(folder.filePath(u"none"_s)).error().code, ErrorCode::NotFound);
}

void TestHashSegment::survivesWrongIdsInAFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.segment"_s);
    const auto all = library(200, 100, 14);
    QVERIFY(HashSegment::build(all)->write(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() - 400'000));
    QVERIFY(file.write(QByteArray(400'000, '\xff')) == 400'000);
    file.close();
    const auto opened = HashSegment::open(path);
    QVERIFY(opened);
    for (const IndexedDocument& document : all) {
        std::vector<HashHit> hits;
        (*opened)->find(document.hashes[0].hash, 31, hits);
        for (const HashHit& hit : hits)
            QVERIFY(hit.distance <= 31);
    }
}

QTEST_GUILESS_MAIN(TestHashSegment)
#include "tst_hash_segment.moc"
