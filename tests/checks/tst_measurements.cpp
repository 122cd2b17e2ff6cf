#include "core/checks/measurements.h"

#include <QJsonArray>
#include <QTest>
#include <limits>

using namespace vidimus;
using namespace vidimus::checks;
using namespace Qt::StringLiterals;

namespace {

Measurements example()
{
    Measurements measurements;
    measurements.clock = {{1, 1000}, 0.021, {0, 41, 83, 125, 166}, 208};
    measurements.facts = {true, true, 640, 360, 0.021, 16.02, 16.0, true};
    measurements.damage = {{true, 1, 2, 3, 4, u"damaged"_s}, {false, 5, 6, -1, -1, u"damaged"_s}};
    measurements.checks[u"black"_s].series[u"dark_share@0.1"_s] = {0, 1e-4, {0, 0, 9800, 10000, -5}};
    measurements.checks[u"loudness"_s].scalars = {{u"integrated_lufs"_s, -23.125}};
    measurements.checks[u"silence"_s].cause = u"no_audio"_s;
    return measurements;
}

/// Replaces a member at a path of objects ("clock.end").
QJsonObject with(QJsonObject object, const QString& path, const QJsonValue& value)
{
    const qsizetype dot = path.indexOf(u'/');
    if (dot < 0) {
        object.insert(path, value);
    } else {
        const QString head = path.left(dot);
        object.insert(head, with(object.value(head).toObject(), path.mid(dot + 1), value));
    }
    return object;
}

} // namespace

class MeasurementsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void integersSurvivePacking_data();
    void integersSurvivePacking();
    void constantSeriesCostAlmostNothing();
    void refusesMalformedIntegers_data();
    void refusesMalformedIntegers();
    void budgetEndsHugeInput();
    void aDayAtSixtyFramesFits();
    void roundTrips();
    void refusesHostileInput_data();
    void refusesHostileInput();
    void clockFindsFrames_data();
    void clockFindsFrames();
    void emptyClockHasNoFrame();
    void partsMakeTheWhole();
    void refusesHostileParts_data();
    void refusesHostileParts();
    void partsShareOneBudget();
};

void MeasurementsTest::integersSurvivePacking_data()
{
    QTest::addColumn<std::vector<qint64>>("values");
    QTest::newRow("none") << std::vector<qint64> {};
    QTest::newRow("one") << std::vector<qint64> {-7};
    QTest::newRow("rising") << std::vector<qint64> {0, 1001, 2002, 3003, 4004};
    QTest::newRow("mixed") << std::vector<qint64> {5, 5, 5, -3, 9, 9, 1 << 20, 0};
    QTest::newRow("32-bit ends") << std::vector<qint64> {
        std::numeric_limits<qint32>::max(), std::numeric_limits<qint32>::min()};
    QTest::newRow("large times") << std::vector<qint64> {qint64(1) << 52, 0, -(qint64(1) << 52)};
}

void MeasurementsTest::integersSurvivePacking()
{
    QFETCH(std::vector<qint64>, values);
    ValueBudget budget(100);
    const auto unpacked = unpackIntegers(packIntegers(values), static_cast<qint64>(values.size()), budget);
    QVERIFY(unpacked);
    QCOMPARE(*unpacked, values);
}

void MeasurementsTest::constantSeriesCostAlmostNothing()
{
    QVERIFY(packIntegers(std::vector<qint64>(1000000, 7)).size() < 20);
}

void MeasurementsTest::refusesMalformedIntegers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("count");
    const auto packed = [](std::initializer_list<char> bytes) {
        return QString::fromLatin1(QByteArray(bytes.begin(), static_cast<qsizetype>(bytes.size())).toBase64());
    };
    QTest::newRow("not base64") << u"%%%"_s << qint64(1);
    QTest::newRow("run missing") << packed({2}) << qint64(1);
    QTest::newRow("run of none") << packed({2, 0}) << qint64(0);
    QTest::newRow("unfinished number") << packed({char(0x80)}) << qint64(1);
    QTest::newRow("endless number") << packed({char(0xff), char(0xff), char(0xff), char(0xff), char(0xff), char(0xff),
        char(0xff), char(0xff), char(0xff), char(0xff), 1, 1})
                                    << qint64(1);
    QTest::newRow("too many") << packed({2, 5}) << qint64(4);
    QTest::newRow("too few") << packed({2, 5}) << qint64(6);
    QTest::newRow("negative count") << packed({2, 5}) << qint64(-1);
    QTest::newRow("over the budget") << packed({2, 5}) << qint64(1000000000000);
    // A step of 2^60, many times: a sum that would leave 64 bits.
    QTest::newRow("overflow") << packed(
        {char(0x80), char(0x80), char(0x80), char(0x80), char(0x80), char(0x80), char(0x80), char(0x80), 0x20, 90})
                              << qint64(90);
}

void MeasurementsTest::refusesMalformedIntegers()
{
    QFETCH(QString, text);
    QFETCH(qint64, count);
    ValueBudget budget(1000);
    QVERIFY(!unpackIntegers(text, count, budget));
}

void MeasurementsTest::budgetEndsHugeInput()
{
    Measurements measurements = example();
    QJsonObject object = toJson(measurements);
    const QString ones = packIntegers(std::vector<qint64>(5, 1));
    // Claims more frames than a day holds; nothing may be allocated for it.
    object = with(object, u"clock/count"_s, 100000000);
    object = with(object, u"clock/starts"_s, ones);
    const auto read = measurementsFromJson(object);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::LimitExceeded);
}

void MeasurementsTest::aDayAtSixtyFramesFits()
{
    constexpr std::size_t kFrames = 24 * 3600 * 60;
    constexpr int kSeriesOfFrames = 28; // of all picture checks together
    QJsonObject series;
    Series one {0, 1, std::vector<qint32>(kFrames, 7)};
    for (int n = 0; n < kSeriesOfFrames; ++n)
        series.insert(u"s%1"_s.arg(n), checks::toJson(one));
    one.codes = {};
    Measurements measurements;
    measurements.facts.hasPicture = true;
    measurements.clock.timeBase = {1, 60};
    for (std::size_t frame = 0; frame < kFrames; ++frame)
        measurements.clock.starts.push_back(static_cast<qint64>(frame));
    measurements.clock.end = kFrames;
    measurements.checks[u"black"_s] = {};
    QJsonObject json = checks::toJson(measurements);
    QJsonObject all = json.value(u"checks"_s).toObject();
    QJsonObject black = all.value(u"black"_s).toObject();
    black.insert(u"series"_s, series);
    all.insert(u"black"_s, black);
    json.insert(u"checks"_s, all);
    const auto back = measurementsFromJson(json);
    QVERIFY2(back, back ? "" : qPrintable(back.error().detail));
    QCOMPARE(back->clock.count(), qint64(kFrames));
    QCOMPARE(back->checks.at(u"black"_s).series.size(), std::size_t(kSeriesOfFrames));
    QCOMPARE(back->checks.at(u"black"_s).series.at(u"s3"_s).codes.size(), kFrames);
}

void MeasurementsTest::roundTrips()
{
    const Measurements measurements = example();
    const auto read = measurementsFromJson(toJson(measurements));
    QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    QCOMPARE(*read, measurements);
}

void MeasurementsTest::refusesHostileInput_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("schema") << u"schema"_s << QJsonValue(u"vidimus.measurements/2"_s);
    QTest::newRow("unknown member") << u"more"_s << QJsonValue(1);
    QTest::newRow("clock is text") << u"clock"_s << QJsonValue(u"x"_s);
    QTest::newRow("time base of none") << u"clock/den"_s << QJsonValue(0);
    QTest::newRow("end before start") << u"clock/end"_s << QJsonValue(3);
    QTest::newRow("times that fall") << u"clock/starts"_s << QJsonValue(packIntegers({0, 5, 4, 6, 7}));
    QTest::newRow("too few frames") << u"clock/starts"_s << QJsonValue(packIntegers({0, 5}));
    QTest::newRow("huge picture") << u"facts/width"_s << QJsonValue(1e9);
    QTest::newRow("sound ends first") << u"facts/sound_end"_s << QJsonValue(-1);
    QTest::newRow("damage of nothing") << u"damage"_s << QJsonValue(QJsonArray {1});
    QTest::newRow("series too short") << u"checks/black/series/dark_share@0.1/count"_s << QJsonValue(4);
    QTest::newRow("scale of none") << u"checks/black/series/dark_share@0.1/scale"_s << QJsonValue(0);
    QTest::newRow("codes beyond 32 bits")
        << u"checks/black/series/dark_share@0.1/codes"_s << QJsonValue(packIntegers({0, qint64(1) << 40, 0, 0, 0}));
    QTest::newRow("scalar is text") << u"checks/loudness/scalars/integrated_lufs"_s << QJsonValue(u"loud"_s);
    QTest::newRow("check is a number") << u"checks/black"_s << QJsonValue(2);
}

void MeasurementsTest::refusesHostileInput()
{
    QFETCH(QString, path);
    QFETCH(QJsonValue, value);
    const auto read = measurementsFromJson(with(toJson(example()), path, value));
    QVERIFY(!read);
}

void MeasurementsTest::clockFindsFrames_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<qint64>("frame");
    QTest::newRow("before") << -5.0 << qint64(0);
    QTest::newRow("first") << 0.021 << qint64(0);
    QTest::newRow("inside") << 0.1 << qint64(1);
    QTest::newRow("last") << 0.2 << qint64(4);
    QTest::newRow("after") << 99.0 << qint64(4);
}

void MeasurementsTest::clockFindsFrames()
{
    QFETCH(double, seconds);
    QTEST(example().clock.frameAt(seconds), "frame");
}

void MeasurementsTest::emptyClockHasNoFrame()
{
    QCOMPARE(FrameClock {}.frameAt(1), qint64(-1));
    QCOMPARE(FrameClock {}.start(0), 0.0);
}

void MeasurementsTest::partsMakeTheWhole()
{
    const Measurements whole = example();
    Measurements rest = whole;
    rest.checks.clear();
    MeasurementParts parts;
    for (const auto& [id, check] : whole.checks)
        QVERIFY(parts.add(MeasurementParts::part(id, check)));
    const auto joined = parts.join(toJson(rest));
    QVERIFY2(joined, joined ? "" : qPrintable(joined.error().detail));
    QVERIFY(*joined == whole);
    MeasurementParts none;
    QVERIFY(*none.join(toJson(whole)) == whole);
}

void MeasurementsTest::refusesHostileParts_data()
{
    QTest::addColumn<QJsonObject>("part");
    const CheckMeasurement black = example().checks.at(u"black"_s);
    CheckMeasurement shorter = black;
    shorter.series.begin()->second.codes = {1, 2};
    CheckMeasurement beyond = black;
    beyond.marks = {{u"cut"_s, 4, 5, {}, {}}};
    QTest::newRow("empty") << QJsonObject();
    QTest::newRow("no check") << QJsonObject {{u"id"_s, u"a"_s}, {u"check"_s, 3}};
    QTest::newRow("more") << with(MeasurementParts::part(u"a"_s, black), u"more"_s, 1);
    QTest::newRow("came before") << MeasurementParts::part(u"black"_s, black);
    QTest::newRow("comes with the rest") << MeasurementParts::part(u"loudness"_s, black);
    QTest::newRow("too few frames") << MeasurementParts::part(u"a"_s, shorter);
    QTest::newRow("a frame that is not there") << MeasurementParts::part(u"a"_s, beyond);
}

void MeasurementsTest::refusesHostileParts()
{
    QFETCH(QJsonObject, part);
    Measurements rest = example();
    MeasurementParts parts;
    QVERIFY(parts.add(MeasurementParts::part(u"black"_s, rest.checks.at(u"black"_s))));
    rest.checks.erase(u"black"_s);
    const auto added = parts.add(part);
    QVERIFY(!added || !parts.join(toJson(rest)));
}

void MeasurementsTest::partsShareOneBudget()
{
    CheckMeasurement large;
    constexpr std::size_t kCount = 16'000'000;
    large.series[u"a"_s] = {1, 1, std::vector<qint32>(kCount, 5)};
    MeasurementParts parts;
    for (std::size_t n = 0; n < kMostMeasuredValues / kCount; ++n)
        QVERIFY(parts.add(MeasurementParts::part(QString::number(n), large)));
    const auto another = parts.add(MeasurementParts::part(u"one more"_s, large));
    QVERIFY(!another && another.error().code == ErrorCode::LimitExceeded);
}

QTEST_GUILESS_MAIN(MeasurementsTest)
#include "tst_measurements.moc"
