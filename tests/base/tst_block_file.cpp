#include "core/base/block_file.h"

#include "core/base/long_list.h"

#include <QFile>
#include <QTemporaryFile>
#include <QTest>
#include <algorithm>
#include <random>
#include <thread>

using namespace vidimus;

namespace {

struct Pair {
    qint32 a = 0;
    float b = 0;

    friend bool operator==(const Pair&, const Pair&) = default;
};

constexpr std::size_t kBlock = LongList<Pair>::kBlock;

std::vector<Pair> somePairs(std::size_t count, std::uint32_t seed = 3)
{
    std::mt19937 random(seed);
    std::vector<Pair> pairs(count);
    for (Pair& pair : pairs)
        pair = {static_cast<qint32>(random()), static_cast<float>(random())};
    return pairs;
}

LongList<Pair> listOf(const std::vector<Pair>& pairs)
{
    LongList<Pair> list;
    for (const Pair& pair : pairs)
        list.push_back(pair);
    return list;
}

bool isSame(const LongList<Pair>& list, const std::vector<Pair>& pairs)
{
    return list.size() == pairs.size() && list.dense() == pairs && std::ranges::equal(list.values(), pairs);
}

} // namespace

/// What is put away comes back as it was, or it is said that it did not.
class TestBlockFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_file = std::make_unique<QTemporaryFile>();
        QVERIFY(m_file->open());
    }
    void aListGivesBackWhatWasAdded_data();
    void aListGivesBackWhatWasAdded();
    void manyListsAreReadSideBySide();
    void whatStandsInTheFileStays();
    void whatCannotBeWrittenStaysInMemory();
    void theFileIsBounded();
    void bytesThatChangedAreNoticed();
    void aStateNamesWhatIsPutAway();
    void aStateWithoutItsFileIsRefused();

private:
    std::unique_ptr<QTemporaryFile> m_file;
};

void TestBlockFile::aListGivesBackWhatWasAdded_data()
{
    QTest::addColumn<bool>("putsAway");
    QTest::addColumn<int>("count");
    for (const bool putsAway : {false, true}) {
        for (const int count : {0, 1, int(kBlock) - 1, int(kBlock), int(kBlock) + 1, 5 * int(kBlock) + 7})
            QTest::addRow("%d %s", count, putsAway ? "in a file" : "in memory") << putsAway << count;
    }
}

void TestBlockFile::aListGivesBackWhatWasAdded()
{
    QFETCH(bool, putsAway);
    QFETCH(int, count);
    std::optional<BlockFile> file;
    if (putsAway)
        file.emplace(m_file->handle());
    const std::vector<Pair> pairs = somePairs(std::size_t(count));
    LongList<Pair> list = listOf(pairs);
    QVERIFY(isSame(list, pairs));
    QCOMPARE(list.empty(), pairs.empty());
    const LongList<Pair> copy = list;
    for (std::size_t i = 0; i < pairs.size(); ++i)
        QVERIFY(list[i] == pairs[i]);
    if (count > 0) {
        list.back().a = 4711;
        QCOMPARE(list[pairs.size() - 1].a, 4711);
    }
    QVERIFY(isSame(copy, pairs));
    const std::size_t full = count > 0 ? (std::size_t(count) - 1) / kBlock : 0;
    QCOMPARE(m_file->size(), putsAway ? qint64(full * kBlock * sizeof(Pair)) : 0);
    QVERIFY(!file || file->isSound());
}

void TestBlockFile::manyListsAreReadSideBySide()
{
    BlockFile file(m_file->handle());
    std::vector<std::vector<Pair>> pairs;
    std::vector<LongList<Pair>> lists(200);
    for (std::uint32_t seed = 0; seed < lists.size(); ++seed)
        pairs.push_back(somePairs(kBlock * 2 + 10, seed));
    for (std::size_t i = 0; i < pairs.front().size(); ++i) {
        for (std::size_t list = 0; list < lists.size(); ++list)
            lists[list].push_back(pairs[list][i]);
    }
    std::vector<std::jthread> readers;
    std::atomic<int> wrong = 0;
    for (int thread = 0; thread < 3; ++thread) {
        readers.emplace_back([&] {
            for (std::size_t i = 0; i < pairs.front().size(); i += 61) {
                for (std::size_t list = 0; list < lists.size(); ++list)
                    wrong += lists[list][i] == pairs[list][i] ? 0 : 1;
            }
        });
    }
    readers.clear();
    QCOMPARE(wrong.load(), 0);
    QVERIFY(file.isSound());
}

void TestBlockFile::whatStandsInTheFileStays()
{
    QCOMPARE(m_file->write("kept"), 4);
    QVERIFY(m_file->flush());
    BlockFile file(m_file->handle());
    const std::vector<Pair> pairs = somePairs(kBlock + 1);
    const LongList<Pair> list = listOf(pairs);
    QVERIFY(isSame(list, pairs));
    QVERIFY(m_file->seek(0));
    QCOMPARE(m_file->read(4), QByteArray("kept"));
}

void TestBlockFile::whatCannotBeWrittenStaysInMemory()
{
    QFile full(QStringLiteral("/dev/full"));
    QVERIFY(full.open(QIODevice::ReadWrite));
    BlockFile file(full.handle());
    const std::vector<Pair> pairs = somePairs(3 * kBlock);
    const LongList<Pair> list = listOf(pairs);
    QVERIFY(isSame(list, pairs));
    QVERIFY(file.isSound());
}

void TestBlockFile::theFileIsBounded()
{
    QVERIFY(m_file->resize(BlockFile::kMostBytes - 100)); // a hole
    BlockFile file(m_file->handle());
    const std::vector<Pair> pairs = somePairs(3 * kBlock);
    const LongList<Pair> list = listOf(pairs);
    QVERIFY(isSame(list, pairs));
    QVERIFY(file.isSound());
    QCOMPARE(m_file->size(), BlockFile::kMostBytes - 100);
}

void TestBlockFile::bytesThatChangedAreNoticed()
{
    BlockFile file(m_file->handle());
    const LongList<Pair> list = listOf(somePairs(2 * kBlock + 1));
    QVERIFY(m_file->seek(qint64(kBlock * sizeof(Pair)) + 100));
    QCOMPARE(m_file->write("x"), 1);
    QVERIFY(m_file->flush());
    QCOMPARE(list[0], somePairs(1).front());
    QVERIFY(file.isSound());
    QCOMPARE(list[kBlock], Pair());
    QVERIFY(!file.isSound());
}

void TestBlockFile::aStateNamesWhatIsPutAway()
{
    BlockFile file(m_file->handle());
    const std::vector<Pair> pairs = somePairs(20 * kBlock + 9);
    LongList<Pair> list = listOf(pairs);
    StateArchive writing;
    writing(list);
    const QByteArray state = writing.take();
    QVERIFY2(state.size() < qsizetype(2 * kBlock * sizeof(Pair)), qPrintable(QString::number(state.size())));
    StateArchive reading(state);
    LongList<Pair> again;
    reading(again);
    QVERIFY(reading.isFinished());
    QVERIFY(isSame(again, pairs));
    again.push_back({1, 2});
    QCOMPARE(again.size(), pairs.size() + 1);
}

void TestBlockFile::aStateWithoutItsFileIsRefused()
{
    QByteArray state;
    {
        BlockFile file(m_file->handle());
        LongList<Pair> list = listOf(somePairs(2 * kBlock + 9));
        StateArchive writing;
        writing(list);
        state = writing.take();
    }
    const auto isRead = [&state] {
        bool isGood = true;
        // Another thread has none of the blocks that this one read.
        std::jthread([&] {
            StateArchive reading(state);
            LongList<Pair> list;
            reading(list);
            isGood = reading.isFinished();
        }).join();
        return isGood;
    };
    QVERIFY(!isRead()); // no file
    {
        const BlockFile same(m_file->handle());
        QVERIFY(isRead());
    }
    QVERIFY(m_file->resize(m_file->size() - 1));
    {
        const BlockFile cut(m_file->handle());
        QVERIFY(!isRead());
    }
    QTemporaryFile other;
    QVERIFY(other.open());
    const BlockFile empty(other.handle());
    QVERIFY(!isRead());
}

QTEST_GUILESS_MAIN(TestBlockFile)
#include "tst_block_file.moc"
