#include "core/base/json.h"
#include "core/checks/check_descriptor.h"
#include "core/checks/flash_standard.h"
#include "core/checks/judge.h"

#include <QJsonArray>
#include <QTest>
#include <random>
#include <set>

using namespace vidimus;
using namespace vidimus::checks;
using namespace Qt::StringLiterals;

namespace {

Measurements programme()
{
    Measurements programme;
    programme.clock.timeBase = {1, 10};
    for (int frame = 0; frame < 60; ++frame)
        programme.clock.starts.push_back(frame);
    programme.clock.end = 60;
    programme.facts = {true, true, 320, 180, 0, 6, 6, true};
    const auto wave = [](int scale) {
        std::vector<qint32> codes;
        for (int n = 0; n < 60; ++n)
            codes.push_back(n % 20 < 10 ? 0 : scale);
        return codes;
    };
    programme.checks[u"black"_s].series[u"dark_share@0.1"_s] = {0, 1e-4, wave(10'000)};
    programme.checks[u"freeze"_s].series[u"difference@0.001"_s] = {0, 1e-5, wave(1'000)};
    for (const char* edge : {"top", "right", "bottom", "left"})
        programme.checks[u"letterbox"_s].series[QString::fromLatin1(edge)] = {0, 1, wave(20)};
    // Flashing from frame 10 to 50, over the limit from frame 20 on.
    for (const QString& check : {u"flash"_s, u"red_flash"_s}) {
        const auto column = [&](const char* name, std::vector<qint32> codes) {
            programme.checks[check].series[seriesName(name, kBt1702)] = {1, 1, std::move(codes)};
        };
        column("frame", {10, 20, 50});
        column("transitions", {4, 9, 0});
        column("first", {8, 11, 0});
        column("last", {10, 20, 0});
        for (const char* name : {"area", "step", "x", "y", "w", "h"})
            column(name, {1, 1, 0});
    }
    for (const char* level : {"level_mix", "level_left", "level_right"})
        programme.checks[u"silence"_s].series[QString::fromLatin1(level)] = {0.1, 1, wave(-90)};
    programme.checks[u"true_peak"_s].series[u"true_peak"_s] = {0.1, 0.01, wave(100)};
    programme.checks[u"loudness"_s].scalars = {{u"integrated_lufs"_s, -30}, {u"range_lu"_s, 60},
        {u"max_momentary_lufs"_s, -9}, {u"max_short_term_lufs"_s, -12}};
    programme.checks[u"duration"_s].scalars = {{u"declared_difference_s"_s, 3}, {u"sound_short_frames"_s, 9},
        {u"sound_long_s"_s, 4}, {u"tail_start_s"_s, 5}, {u"tail_end_s"_s, 6}};
    programme.checks[u"decode_errors"_s].scalars = {{u"damaged_frames"_s, 2}};
    // One check for each kind of rule that the checks above do not have.
    std::vector<qint32> repeats;
    for (int n = 0; n < 60; ++n)
        repeats.push_back(n % 5 == 4 ? 0 : 1'000);
    programme.checks[u"duplicate_frames"_s].series[u"repeat"_s] = {0, 1e-3, repeats};
    programme.checks[u"interlace"_s].series[u"combed"_s] = {0, 1e-4, wave(10'000)};
    programme.checks[u"interlace"_s].marks = {{.kind = u"interlaced"_s, .firstFrame = 5, .lastFrame = 40}};
    programme.checks[u"shots"_s].marks = {{.kind = u"cut"_s, .firstFrame = 30, .lastFrame = 30}};
    programme.checks[u"timestamps"_s].series[u"picture_gap_at"_s] = {1, 0.1, {10}};
    programme.checks[u"timestamps"_s].series[u"picture_gap_size"_s] = {1, 0.1, {20}};
    programme.damage = {{true, 1, 1.2, 10, 11, u"damaged"_s}};
    return programme;
}

const QList<QJsonValue> kNastyValues {QJsonValue::Null, false, -1, 0, 1, 1e300, -1e300, 0.3, 4294967296.0, u""_s,
    u"damaged"_s, u"AgU="_s, u"//////////8B"_s, QJsonArray(), QJsonObject(), QString(20'000, u'A'), 3599.5};

QJsonValue spoil(const QJsonValue& value, std::mt19937& random)
{
    const auto below = [&random](qsizetype end) { return qsizetype(random() % std::size_t(end)); };
    if (value.isObject() && !value.toObject().isEmpty() && below(10) != 0) {
        QJsonObject object = value.toObject();
        const QString name = object.keys()[below(object.size())];
        if (below(8) == 0)
            object.remove(name);
        else if (below(8) == 0)
            object.insert(name + u'x', object.value(name));
        else
            object.insert(name, spoil(object.value(name), random));
        return object;
    }
    if (value.isArray() && !value.toArray().isEmpty() && below(10) != 0) {
        QJsonArray array = value.toArray();
        const qsizetype place = below(array.size());
        array[place] = spoil(array.at(place), random);
        return array;
    }
    return kNastyValues[below(kNastyValues.size())];
}

} // namespace

/// Measurements come from a process that reads hostile files: whatever is let in can be judged.
class MeasurementsFuzzTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRuleFindsSomethingHere();
    void spoiledMeasurementsAreRefusedOrJudged();
    void seriesOfOtherLengthsAreRefusedOrHarmless_data();
    void seriesOfOtherLengthsAreRefusedOrHarmless();
};

void MeasurementsFuzzTest::everyRuleFindsSomethingHere()
{
    // So that the fuzzing below reaches the code behind each rule.
    Profile profile = defaultProfile();
    for (auto& [id, setting] : profile.checks) {
        if (setting.thresholds.contains(u"min_duration"_s))
            setting.thresholds[u"min_duration"_s] = 0.1;
    }
    const Measurements measured = programme();
    const Report report = judge(measured, profile);
    std::set<std::size_t> kindsOfRules;
    for (const CheckResult& result : report.checks) {
        if (!measured.checks.contains(result.id))
            continue;
        // Shots are a track for the reviewer and no finding.
        QVERIFY2(!result.findings.empty() || !result.track.empty(), qPrintable(result.id));
        for (const Rule& rule : findDescriptor(result.id)->rules)
            kindsOfRules.insert(rule.index());
    }
    QCOMPARE(kindsOfRules.size(), std::variant_size_v<Rule>);
}

void MeasurementsFuzzTest::spoiledMeasurementsAreRefusedOrJudged()
{
    const QJsonObject good = toJson(programme());
    QVERIFY(measurementsFromJson(good));
    const Profile profile = defaultProfile();
    int refused = 0;
    for (unsigned seed = 0; seed < 6'000; ++seed) {
        std::mt19937 random(seed);
        const auto read = measurementsFromJson(spoil(good, random).toObject());
        if (!read) {
            QVERIFY(!read.error().detail.isEmpty());
            ++refused;
            continue;
        }
        const Report report = judge(*read, profile);
        QCOMPARE(report.checks.size(),
            std::size_t(std::ranges::count(checkDescriptors(), false, &CheckDescriptor::isTierOfItsOwn)));
        QVERIFY(std::isfinite(report.duration));
        for (const CheckResult& result : report.checks) {
            for (const Finding& finding : result.findings) {
                QVERIFY2(finding.end >= finding.start && std::isfinite(finding.end), qPrintable(result.id));
                QVERIFY(finding.lastFrame >= finding.firstFrame && finding.lastFrame < read->clock.count());
            }
        }
        QVERIFY(reportFromJson(toJson(report)));
        QVERIFY(*measurementsFromJson(toJson(*read)) == *read);
    }
    QVERIFY2(refused > 2'000, QByteArray::number(refused));
}

void MeasurementsFuzzTest::seriesOfOtherLengthsAreRefusedOrHarmless_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("series");
    QTest::addColumn<int>("length");
    for (const int length : {0, 1, 59, 61, 5000}) {
        QTest::addRow("black of %d", length) << u"black"_s << u"dark_share@0.1"_s << length;
        QTest::addRow("freeze of %d", length) << u"freeze"_s << u"difference@0.001"_s << length;
        QTest::addRow("one edge of %d", length) << u"letterbox"_s << u"left"_s << length;
        QTest::addRow("one channel of %d", length) << u"silence"_s << u"level_left"_s << length;
        QTest::addRow("mix of %d", length) << u"silence"_s << u"level_mix"_s << length;
        QTest::addRow("peaks of %d", length) << u"true_peak"_s << u"true_peak"_s << length;
    }
}

void MeasurementsFuzzTest::seriesOfOtherLengthsAreRefusedOrHarmless()
{
    QFETCH(QString, check);
    QFETCH(QString, series);
    QFETCH(int, length);
    Measurements measurements = programme();
    measurements.checks[check].series[series].codes
        = std::vector<qint32>(std::size_t(length), check == u"black"_s ? 10'000 : 0);
    const auto read = measurementsFromJson(toJson(measurements));
    const bool isPicture = check != u"silence"_s && check != u"true_peak"_s;
    if (isPicture && length != 60) {
        QVERIFY2(!read, "a series of one number a frame with another number of frames");
        return;
    }
    QVERIFY(read);
    for (const CheckResult& result : judge(*read, defaultProfile()).checks) {
        for (const Finding& finding : result.findings)
            QVERIFY(finding.end <= 6.0 && finding.lastFrame < 60);
    }
}

QTEST_GUILESS_MAIN(MeasurementsFuzzTest)
#include "tst_measurements_fuzz.moc"
