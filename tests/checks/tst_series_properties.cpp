#include "core/checks/series.h"

#include <QTest>
#include <limits>
#include <random>

using namespace vidimus;
using namespace vidimus::checks;
using namespace Qt::StringLiterals;

namespace {

/// Numbers as checks measure them: long rests, slow ramps, noise, and jumps between the ends.
std::vector<qint64> measuredLike(unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<qint64> values;
    qint64 value = 0;
    while (values.size() < 400 && random() % 40 != 0) {
        const std::size_t length = 1 + random() % 50;
        const unsigned kind = random() % 4;
        const qint64 slope = qint64(random() % 21) - 10;
        for (std::size_t n = 0; n < length; ++n) {
            if (kind == 1)
                value += slope;
            else if (kind == 2)
                value += qint64(random() % 201) - 100;
            else if (kind == 3)
                value = random() % 2 == 0 ? std::numeric_limits<qint32>::max() : std::numeric_limits<qint32>::min();
            value = std::clamp<qint64>(value, std::numeric_limits<qint32>::min(), std::numeric_limits<qint32>::max());
            values.push_back(value);
        }
    }
    return values;
}

} // namespace

/// What any numbers do, not only the chosen ones of tst_measurements.
class SeriesPropertiesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anyNumbersComeBack();
    void anySeriesComesBackThroughItsJson();
    void rampsCostAsLittleAsRests();
    void damagedTextNeverGivesOtherCounts();
    void refusesWhatASeriesCannotBe_data();
    void refusesWhatASeriesCannotBe();
    void budgetIsSharedByAllSeries();
    void budgetBoundsWhatIsKept();
};

void SeriesPropertiesTest::anyNumbersComeBack()
{
    for (unsigned seed = 0; seed < 500; ++seed) {
        const auto values = measuredLike(seed);
        ValueBudget budget(values.size());
        const auto back = unpackIntegers(packIntegers(values), qint64(values.size()), budget);
        QVERIFY2(back, QByteArray::number(seed));
        QCOMPARE(*back, values);
    }
}

void SeriesPropertiesTest::anySeriesComesBackThroughItsJson()
{
    for (unsigned seed = 0; seed < 200; ++seed) {
        const auto values = measuredLike(seed);
        const Series series {
            seed % 3 == 0 ? 0 : 0.01 * seed, 1.0 / (1 + seed), std::vector<qint32>(values.begin(), values.end())};
        ValueBudget budget(values.size());
        const auto back = seriesFromJson(toJson(series), u"series"_s, budget);
        QVERIFY2(back, QByteArray::number(seed));
        QCOMPARE(*back, series);
        QVERIFY(!budget.take(1)); // exactly what it holds was counted
    }
}

void SeriesPropertiesTest::rampsCostAsLittleAsRests()
{
    std::vector<qint64> ramp;
    for (qint64 n = 0; n < 1'000'000; ++n)
        ramp.push_back(n * 3'003);
    QVERIFY(packIntegers(ramp).size() < 30);
}

void SeriesPropertiesTest::damagedTextNeverGivesOtherCounts()
{
    for (unsigned seed = 0; seed < 20'000; ++seed) {
        std::mt19937 random(seed);
        const auto values = measuredLike(seed % 64);
        QString text = packIntegers(values);
        if (text.isEmpty())
            continue;
        text[qsizetype(random() % std::size_t(text.size()))] = QChar(char16_t(32 + random() % 95));
        if (random() % 4 == 0)
            text.truncate(qsizetype(random() % std::size_t(text.size())));
        ValueBudget budget(values.size());
        const auto back = unpackIntegers(text, qint64(values.size()), budget);
        if (back)
            QCOMPARE(back->size(), values.size());
        else
            QCOMPARE(back.error().code, ErrorCode::Corrupt);
    }
}

void SeriesPropertiesTest::refusesWhatASeriesCannotBe_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("step backwards") << u"step"_s << QJsonValue(-0.1);
    QTest::newRow("step of hours") << u"step"_s << QJsonValue(3601);
    QTest::newRow("scale of nothing") << u"scale"_s << QJsonValue(0);
    QTest::newRow("negative scale") << u"scale"_s << QJsonValue(-1);
    QTest::newRow("huge scale") << u"scale"_s << QJsonValue(1e300);
    QTest::newRow("text for a scale") << u"scale"_s << QJsonValue(u"1"_s);
    QTest::newRow("count that is not there") << u"count"_s << QJsonValue(4);
    QTest::newRow("fraction of a value") << u"count"_s << QJsonValue(2.5);
    QTest::newRow("negative count") << u"count"_s << QJsonValue(-3);
    QTest::newRow("beyond 32 bits") << u"codes"_s << QJsonValue(packIntegers({0, 1, qint64(1) << 32}));
    QTest::newRow("below 32 bits") << u"codes"_s << QJsonValue(packIntegers({0, 1, -(qint64(1) << 32)}));
    QTest::newRow("no codes") << u"codes"_s << QJsonValue();
    QTest::newRow("surprise") << u"unit"_s << QJsonValue(u"dB"_s);
}

void SeriesPropertiesTest::refusesWhatASeriesCannotBe()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject json = toJson(Series {0.1, 0.5, {1, 2, 3}});
    ValueBudget enough(1000);
    QVERIFY(seriesFromJson(json, u"s"_s, enough));
    json.insert(member, value);
    QVERIFY(!seriesFromJson(json, u"s"_s, enough));
}

void SeriesPropertiesTest::budgetIsSharedByAllSeries()
{
    const QJsonObject json = toJson(Series {0.1, 1, std::vector<qint32>(100, 5)});
    ValueBudget budget(250);
    QVERIFY(seriesFromJson(json, u"a"_s, budget));
    QVERIFY(seriesFromJson(json, u"b"_s, budget));
    const auto third = seriesFromJson(json, u"c"_s, budget);
    QVERIFY(!third);
    QCOMPARE(third.error().code, ErrorCode::LimitExceeded);
}

void SeriesPropertiesTest::budgetBoundsWhatIsKept()
{
    std::vector<qint32> codes;
    for (qint32 n = 0; n < 3000; ++n)
        codes.push_back(n % 2 == 0 ? n : 1 << 30);
    const QJsonObject wide = toJson(Series {0.1, 1, codes});
    const QJsonObject still = toJson(Series {0.1, 1, std::vector<qint32>(3000, 5)});
    ValueBudget budget(1'000'000, 20'000);
    QVERIFY(seriesFromJson(wide, u"a"_s, budget));
    QVERIFY(seriesFromJson(wide, u"b"_s, budget));
    const auto third = seriesFromJson(wide, u"c"_s, budget);
    QVERIFY(!third && third.error().code == ErrorCode::LimitExceeded);
    QVERIFY(seriesFromJson(still, u"d"_s, budget));
    ValueBudget much(std::size_t {100} << 20);
    const auto endless = unpackIntegers(packIntegers({1}), qint64(ValueBudget::kMaxSeries) + 1, much);
    QVERIFY(!endless && endless.error().code == ErrorCode::LimitExceeded);
}

QTEST_GUILESS_MAIN(SeriesPropertiesTest)
#include "tst_series_properties.moc"
