#include "core/checks/code_list.h"

#include "core/base/state_archive.h"

#include <QTemporaryFile>
#include <QTest>
#include <algorithm>
#include <limits>
#include <malloc.h>
#include <random>

using namespace vidimus::checks;

/// Numbers come out as they went in, whatever they are, and what hardly moves costs next to nothing.
class CodeListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasAdded_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<qint64>("least");
        QTest::addColumn<qint64>("most");
        constexpr qint64 kLeast = std::numeric_limits<qint32>::min();
        constexpr qint64 kMost = std::numeric_limits<qint32>::max();
        const int block = int(CodeList::kBlock);
        for (const int count : {0, 1, block - 1, block, block + 1, 3 * block, 3 * block + 500}) {
            QTest::addRow("%d equal", count) << count << qint64(-7) << qint64(-7);
            QTest::addRow("%d of a byte", count) << count << qint64(-100) << qint64(155);
            QTest::addRow("%d just above a byte", count) << count << qint64(-100) << qint64(156);
            QTest::addRow("%d of two bytes", count) << count << qint64(1'000'000) << qint64(1'065'535);
            QTest::addRow("%d of any size", count) << count << kLeast << kMost;
        }
    }
    void givesBackWhatWasAdded()
    {
        QFETCH(int, count);
        QFETCH(qint64, least);
        QFETCH(qint64, most);
        std::mt19937 random(quint32(count) + 11);
        std::uniform_int_distribution<qint64> anyCode(least, most);
        std::vector<qint32> codes(static_cast<std::size_t>(count));
        std::ranges::generate(codes, [&] { return qint32(anyCode(random)); });
        if (count > 2) {
            codes[0] = qint32(least);
            codes[static_cast<std::size_t>(count) / 2] = qint32(most);
        }
        CodeList list;
        for (const qint32 code : codes)
            list.push_back(code);
        QCOMPARE(list.size(), codes.size());
        QCOMPARE(list.empty(), codes.empty());
        QCOMPARE(list.dense(0, list.size()), codes);
        QVERIFY(std::ranges::equal(list, codes));
        QVERIFY(list == CodeList(codes));
        for (std::size_t i = 0; i < codes.size(); ++i)
            QCOMPARE(list[i], codes[i]);
        if (codes.empty())
            return;
        QCOMPARE(list.back(), codes.back());
        QCOMPARE(std::ranges::max(list), std::ranges::max(codes));
        const auto lowest = std::min_element(list.begin(), list.end());
        QCOMPARE(lowest - list.begin(), std::ranges::min_element(codes) - codes.begin());
        list.setBack(codes.back() == 3 ? 4 : 3);
        QVERIFY(list != CodeList(codes));
        codes.back() = codes.back() == 3 ? 4 : 3;
        QVERIFY(list == CodeList(codes));
        list.push_back(12);
        QCOMPARE(list[codes.size()], 12);
        QCOMPARE(list[codes.size() - 1], codes.back());
    }

    void whatHardlyMovesCostsLittle()
    {
        constexpr std::size_t kCodes = 1'000'000;
        const auto used = [] {
            const auto info = mallinfo2();
            return info.uordblks + info.hblkhd;
        };
        const std::size_t before = used();
        CodeList still, bytes;
        for (std::size_t i = 0; i < kCodes; ++i) {
            still.push_back(42);
            bytes.push_back(qint32(500 + i % 200));
        }
        const std::size_t cost = used() - before;
        QCOMPARE(still[kCodes / 2], 42);
        QVERIFY2(cost < kCodes * 3 / 2, qPrintable(QString::number(cost)));
    }

    void whatIsPutAwayComesBack()
    {
        QTemporaryFile scratch;
        QVERIFY(scratch.open());
        vidimus::BlockFile file(scratch.handle());
        CodeList bytes, words, numbers;
        std::mt19937 random(5);
        std::vector<qint32> codes(5 * CodeList::kBlock + 3);
        std::ranges::generate(codes, [&] { return qint32(random()); });
        for (const qint32 code : codes) {
            bytes.push_back(code & 0xff);
            words.push_back(code & 0xffff);
            numbers.push_back(code);
        }
        QCOMPARE(scratch.size(), qint64(5 * CodeList::kBlock * 7));
        for (std::size_t i = 0; i < codes.size(); ++i) {
            QCOMPARE(bytes[i], codes[i] & 0xff);
            QCOMPARE(words[i], codes[i] & 0xffff);
            QCOMPARE(numbers[i], codes[i]);
        }
        vidimus::StateArchive writer;
        writer(numbers);
        const QByteArray state = writer.take();
        QVERIFY(state.size() < qsizetype(4 * CodeList::kBlock));
        vidimus::StateArchive reader(state);
        CodeList again;
        reader(again);
        QVERIFY(reader.isFinished());
        QVERIFY(again == CodeList(codes));
        QVERIFY(file.isSound());
    }

    void aStateIsAsShortAsTheListAndGivesItBack_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("spread");
        const int block = int(CodeList::kBlock);
        for (const int count : {0, 1, block, block + 1, 5 * block + 3}) {
            for (const int spread : {0, 200, 60'000, 20'000'000})
                QTest::addRow("%d, %d apart", count, spread) << count << spread;
        }
    }
    void aStateIsAsShortAsTheListAndGivesItBack()
    {
        QFETCH(int, count);
        QFETCH(int, spread);
        CodeList list;
        for (int i = 0; i < count; ++i)
            list.push_back(i % 2 == 0 ? -spread / 2 : spread / 2);
        vidimus::StateArchive writer;
        writer(list);
        const QByteArray bytes = writer.take();
        const qsizetype width = spread == 0 ? 0 : spread < 256 ? 1 : spread < 65'536 ? 2 : 4;
        QVERIFY(bytes.size() <= width * count + 4 * qsizetype(CodeList::kBlock) + 24 * (count / 1024 + 2));
        vidimus::StateArchive reader(bytes);
        CodeList again;
        reader(again);
        QVERIFY(reader.isFinished());
        QVERIFY(again == list);
        again.push_back(7); // goes on as the list does
        list.push_back(7);
        QVERIFY(again == list);
    }
    void refusesAStateThatIsNoList()
    {
        CodeList list;
        for (int i = 0; i < 3000; ++i)
            list.push_back(i % 200);
        vidimus::StateArchive writer;
        writer(list);
        const QByteArray bytes = writer.take();
        int refused = 0;
        for (qsizetype length = 0; length < bytes.size(); length += 7) {
            vidimus::StateArchive cut(bytes.first(length));
            CodeList none;
            cut(none);
            QVERIFY(!cut.isGood());
        }
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            QByteArray changed = bytes;
            changed[at] = char(changed[at] ^ 0x55);
            vidimus::StateArchive reader(changed);
            CodeList read;
            reader(read);
            refused += reader.isFinished() ? 0 : 1;
            for (std::size_t i = 0; reader.isFinished() && i < read.size(); i += 100)
                static_cast<void>(read[i]); // stays inside, as AddressSanitizer sees
        }
        QVERIFY(refused > 20); // every byte of a count or a width
    }
};

QTEST_GUILESS_MAIN(CodeListTest)
#include "tst_code_list.moc"
