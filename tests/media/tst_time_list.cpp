#include "core/media/time_list.h"

#include <QTest>
#include <limits>
#include <random>

using namespace vidimus;
using media::TimeList;

namespace {

using Numbers = std::vector<qint64>;

template<class Next>
Numbers make(std::size_t count, Next next)
{
    Numbers numbers;
    for (std::size_t n = 0; n < count; ++n)
        numbers.push_back(next(static_cast<qint64>(n)));
    return numbers;
}

} // namespace

/// Times come out as they went in, whatever they are.
class TestTimeList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatItWasGiven_data()
    {
        QTest::addColumn<Numbers>("numbers");
        constexpr qint64 kMost = std::numeric_limits<qint64>::max();
        constexpr qint64 kLeast = std::numeric_limits<qint64>::min();
        std::mt19937_64 random(3);
        QTest::newRow("none") << Numbers {};
        QTest::newRow("one") << Numbers {-7};
        for (const std::size_t count : {255U, 256U, 257U, 512U, 513U, 2000U}) {
            QTest::addRow("even_%u", unsigned(count)) << make(count, [](qint64 n) { return n * 3600; });
            QTest::addRow("pulldown_%u", unsigned(count)) << make(count, [](qint64 n) { return n * 1001 / 24; });
            QTest::addRow("falling_%u", unsigned(count)) << make(count, [](qint64 n) { return 5 - n * n; });
            QTest::addRow("ends_%u", unsigned(count))
                << make(count, [](qint64 n) { return n % 2 == 0 ? kMost : kLeast; });
            QTest::addRow("all_%u", unsigned(count)) << make(count, [&](qint64) { return qint64(random()); });
            QTest::addRow("gap_%u", unsigned(count))
                << make(count, [](qint64 n) { return n < 100 ? n : n + (qint64(1) << 40); });
        }
        for (int bits = 1; bits < 64; ++bits) // each width, and what needs one more bit
            QTest::addRow("bits_%d", bits)
                << make(700, [&](qint64 n) { return n * 40 + qint64(random() >> (64 - bits)); });
    }

    void keepsWhatItWasGiven()
    {
        QFETCH(const Numbers, numbers);
        TimeList list;
        QVERIFY(list.empty());
        for (const qint64 number : numbers) {
            list.push_back(number);
            QCOMPARE(list.back(), number);
            QCOMPARE(list.front(), numbers.front());
        }
        QCOMPARE(list.size(), numbers.size());
        for (std::size_t n = 0; n < numbers.size(); ++n)
            QCOMPARE(list[n], numbers[n]);
        QCOMPARE(list.dense(), numbers);
        QVERIFY(std::ranges::equal(list.values(), numbers));
        QVERIFY(list == TimeList(numbers));
        if (!numbers.empty()) {
            Numbers other = numbers;
            other[other.size() / 2] ^= 1;
            QVERIFY(!(list == TimeList(other)));
        }
    }

    void risingTimesAreFound()
    {
        const Numbers numbers = make(3000, [](qint64 n) { return n * 1001 / 24 + n; });
        const TimeList list(numbers);
        const auto values = list.values();
        for (const std::size_t n : {0U, 1U, 255U, 256U, 1500U, 2999U})
            QCOMPARE(std::ranges::lower_bound(values, numbers[n]) - values.begin(), std::ptrdiff_t(n));
        QVERIFY(std::ranges::lower_bound(values, numbers.back() + 1) == values.end());
    }
};

QTEST_GUILESS_MAIN(TestTimeList)
#include "tst_time_list.moc"
