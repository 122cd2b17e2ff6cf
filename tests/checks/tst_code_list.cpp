#include "core/checks/code_list.h"

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
};

QTEST_GUILESS_MAIN(CodeListTest)
#include "tst_code_list.moc"
