#include "core/matching/hash_index.h"
#include "core/matching/hash_journal.h"
#include "made_up_video.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace vidimus;
using namespace vidimus::matching;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

IndexedDocument document(std::uint64_t number, std::size_t hashes)
{
    std::mt19937_64 random(number);
    IndexedDocument result {.number = number, .length = Milliseconds(hashes * 1000), .hashes = {}};
    for (std::size_t n = 0; n < hashes; ++n)
        result.hashes.push_back({Milliseconds(n * 1000), randomHash(random)});
    return result;
}

class Room {
public:
    Room() { reopen(); }
    HashIndex& index() { return *m_index; }
    [[nodiscard]] QString folder() const { return m_folder.filePath(u"index"_s); }
    bool reopen()
    {
        m_index.reset();
        auto opened = HashIndex::open(folder());
        if (opened)
            m_index = *std::move(opened);
        return m_index != nullptr;
    }
    void close() { m_index.reset(); }
    [[nodiscard]] bool holds(const IndexedDocument& wanted) const
    {
        for (const TimedHash& each : wanted.hashes) {
            std::vector<HashHit> hits;
            m_index->find(each.hash, 0, hits);
            if (std::ranges::find(hits, HashHit {wanted.number, each.time, 0}) == hits.end())
                return false;
        }
        return m_index->document(wanted.number) == wanted;
    }
    [[nodiscard]] QStringList files(const QString& pattern) const
    {
        return QDir(folder()).entryList({pattern}, QDir::Files);
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<HashIndex> m_index;
};

} // namespace

class TestHashIndex : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatWasAdded();
    void becomesSegmentsAndStaysWhole();
    void takesManyAtOnce();
    void forgetsWhatWasRemoved();
    void refusesNumbersThatDoNotAscend();
    void refusesTimesThatDoNotFit();
    void endsBeforeARecordThatWasCut();
    void endsBeforeARecordWithAWrongBit();
    void removesFilesOfACrash();
    void saysWhenItIsDamaged();
    void journalRecordsComeBack();
};

void TestHashIndex::keepsWhatWasAdded()
{
    Room room;
    for (std::uint64_t number = 1; number <= 20; ++number)
        QVERIFY(room.index().add(document(number, 30)));
    QCOMPARE(room.index().hashCount(), std::size_t(600));
    for (int opening = 0; opening < 3; ++opening) {
        QVERIFY(room.reopen());
        for (std::uint64_t number = 1; number <= 20; ++number)
            QVERIFY(room.holds(document(number, 30)));
        QCOMPARE(room.index().lastNumber(), std::uint64_t(20));
        QVERIFY(!room.index().document(21));
    }
}

void TestHashIndex::becomesSegmentsAndStaysWhole()
{
    Room room;
    constexpr std::size_t kEach = 9000;
    for (std::uint64_t number = 1; number <= 25; ++number) {
        QVERIFY(room.index().add(document(number, kEach)));
        if (number % 10 == 0)
            QVERIFY(room.reopen());
    }
    QVERIFY(!room.files(u"*.segment"_s).isEmpty());
    QVERIFY(room.files(u"*.segment"_s).size() <= 3); // small ones were merged
    QCOMPARE(room.files(u"*.journal"_s).size(), 1);
    for (const std::uint64_t number : {1, 7, 8, 15, 24, 25}) {
        const IndexedDocument wanted = document(number, kEach);
        QVERIFY(room.index().document(number) == wanted);
        std::vector<HashHit> hits;
        room.index().find(wanted.hashes[4321].hash, 31, hits);
        QCOMPARE(hits.size(), std::size_t(1));
    }
    QCOMPARE(room.index().numbers().size(), std::size_t(25));
}

void TestHashIndex::takesManyAtOnce()
{
    Room room;
    std::vector<IndexedDocument> many;
    for (std::uint64_t number = 1; number <= 800; ++number)
        many.push_back(document(number, 100));
    QVERIFY(room.index().addAll(many));
    QCOMPARE(room.files(u"*.segment"_s).size(), 1);
    QVERIFY(room.reopen());
    QVERIFY(room.holds(many[0]) && room.holds(many[399]) && room.holds(many[799]));
    QVERIFY(room.index().add(document(801, 5)));
    QVERIFY(room.holds(document(801, 5)));
}

void TestHashIndex::forgetsWhatWasRemoved()
{
    Room room;
    for (std::uint64_t number = 1; number <= 10; ++number)
        QVERIFY(room.index().add(document(number, 7000)));
    QVERIFY(!room.files(u"*.segment"_s).isEmpty());
    QVERIFY(room.index().remove(3)); // in the segment
    QVERIFY(room.index().add(document(11, 10)));
    QVERIFY(room.index().remove(11)); // in the journal
    for (int opening = 0; opening < 2; ++opening) {
        for (const auto& [number, hashes] : {std::pair {3, 7000}, std::pair {11, 10}}) {
            std::vector<HashHit> hits;
            room.index().find(document(std::uint64_t(number), std::size_t(hashes)).hashes[5].hash, 0, hits);
            QVERIFY(hits.empty());
            QVERIFY(!room.index().document(std::uint64_t(number)));
        }
        QCOMPARE(room.index().numbers().size(), std::size_t(9));
        QVERIFY(room.reopen());
    }
    // A merge leaves them out for good, and their numbers are not used again.
    for (std::uint64_t number = 12; number <= 22; ++number)
        QVERIFY(room.index().add(document(number, 7000)));
    QCOMPARE(room.index().numbers().size(), std::size_t(20));
    QVERIFY(!room.index().add(document(3, 1)));
}

void TestHashIndex::refusesNumbersThatDoNotAscend()
{
    Room room;
    QVERIFY(room.index().add(document(5, 3)));
    QCOMPARE(room.index().add(document(5, 3)).error().code, ErrorCode::Invalid);
    QCOMPARE(room.index().add(document(4, 3)).error().code, ErrorCode::Invalid);
    const std::vector<IndexedDocument> wrong {document(7, 2), document(6, 2)};
    QCOMPARE(room.index().addAll(wrong).error().code, ErrorCode::Invalid);
    QVERIFY(!room.index().document(7));
    QCOMPARE(room.index().hashCount(), std::size_t(3));
}

void TestHashIndex::refusesTimesThatDoNotFit()
{
    Room room;
    IndexedDocument wrong = document(1, 2);
    wrong.hashes[1].time = Milliseconds(qint64(1) << 33);
    QCOMPARE(room.index().add(wrong).error().code, ErrorCode::Invalid);
    wrong.hashes[1].time = Milliseconds(-1);
    QCOMPARE(room.index().add(wrong).error().code, ErrorCode::Invalid);
    wrong = document(1, 2);
    wrong.length = Milliseconds(-5);
    QCOMPARE(room.index().add(wrong).error().code, ErrorCode::Invalid);
}

void TestHashIndex::endsBeforeARecordThatWasCut()
{
    Room room;
    QVERIFY(room.index().add(document(1, 20)));
    QVERIFY(room.index().add(document(2, 20)));
    room.close();
    QFile journal(room.folder() + u'/' + room.files(u"*.journal"_s).constFirst());
    QVERIFY(journal.resize(journal.size() - 11));
    QVERIFY(room.reopen());
    QVERIFY(room.holds(document(1, 20)));
    QVERIFY(!room.index().document(2));
    QVERIFY(room.index().add(document(2, 5)));
    QVERIFY(room.reopen());
    QVERIFY(room.holds(document(1, 20)) && room.holds(document(2, 5)));
}

void TestHashIndex::endsBeforeARecordWithAWrongBit()
{
    Room room;
    QVERIFY(room.index().add(document(1, 20)));
    const QString name = room.folder() + u'/' + room.files(u"*.journal"_s).constFirst();
    const qint64 end = QFile(name).size();
    QVERIFY(room.index().add(document(2, 20)));
    room.close();
    QFile journal(name);
    QVERIFY(journal.open(QIODevice::ReadWrite) && journal.seek(end + 100) && journal.write("x") == 1);
    journal.close();
    QVERIFY(room.reopen());
    QVERIFY(room.holds(document(1, 20)));
    QVERIFY(!room.index().document(2));
}

void TestHashIndex::removesFilesOfACrash()
{
    Room room;
    QVERIFY(room.index().add(document(1, 20)));
    room.close();
    QFile stranger(room.folder() + u"/99.segment"_s);
    QVERIFY(stranger.open(QIODevice::WriteOnly) && stranger.write("half") == 4);
    stranger.close();
    QVERIFY(room.reopen());
    QVERIFY(!stranger.exists());
    QVERIFY(room.holds(document(1, 20)));
}

void TestHashIndex::saysWhenItIsDamaged()
{
    Room room;
    for (std::uint64_t number = 1; number <= 10; ++number)
        QVERIFY(room.index().add(document(number, 7000)));
    room.close();
    QFile segment(room.folder() + u'/' + room.files(u"*.segment"_s).constFirst());
    QVERIFY(segment.resize(segment.size() / 2));
    QCOMPARE(HashIndex::open(room.folder()).error().reason, "hash_index_damaged");
    QVERIFY(segment.remove());
    QCOMPARE(HashIndex::open(room.folder()).error().reason, "hash_index_damaged");
    for (const QByteArray& text : {QByteArray("{"), QByteArray("{\"format\":2}"),
             QByteArray("{\"format\":1,\"journal\":\"../x\",\"next_file\":3}")}) {
        QFile manifest(room.folder() + u"/index.json"_s);
        QVERIFY(manifest.open(QIODevice::WriteOnly | QIODevice::Truncate) && manifest.write(text) == text.size());
        manifest.close();
        QCOMPARE(HashIndex::open(room.folder()).error().reason, "hash_index_damaged");
    }
}

void TestHashIndex::journalRecordsComeBack()
{
    const QByteArray bytes = toBytes({JournalRecord::Kind::Add, document(9, 3)})
        + toBytes({JournalRecord::Kind::Remove, {.number = 9}}) + "rest";
    QByteArrayView view(bytes);
    const auto added = takeJournalRecord(view);
    const auto removed = takeJournalRecord(view);
    QVERIFY(added && removed && !takeJournalRecord(view));
    QVERIFY(added->document == document(9, 3));
    QVERIFY(removed->kind == JournalRecord::Kind::Remove && removed->document.number == 9);
    QCOMPARE(view.size(), 4);
}

QTEST_GUILESS_MAIN(TestHashIndex)
#include "tst_hash_index.moc"
