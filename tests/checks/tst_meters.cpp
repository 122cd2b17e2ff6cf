#include "checks/synthetic_programme.h"
#include "core/checks/engine/loudness_gate.h"
#include "core/checks/engine/true_peak_meter.h"
#include "support/sounds.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <ebur128.h>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;
using enum vidimus::media::ChannelRole;

namespace {

struct Reference {
    double integrated = 0;
    double range = 0;
    double truePeak = 0; ///< dBTP
};

/// What libebur128 says of left and right.
Reference referenceOf(const SyntheticProgramme& programme)
{
    ebur128_state* meter = ebur128_init(2, static_cast<unsigned long>(programme.sampleRate),
        EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_TRUE_PEAK);
    const auto frames = static_cast<std::size_t>(programme.soundSeconds * programme.sampleRate);
    std::vector<float> samples;
    for (std::size_t i = 0; i < frames; ++i) {
        samples.push_back(programme.sound(0, static_cast<qint64>(i)));
        samples.push_back(programme.sound(1, static_cast<qint64>(i)));
    }
    ebur128_add_frames_float(meter, samples.data(), frames);
    Reference reference;
    ebur128_loudness_global(meter, &reference.integrated);
    ebur128_loudness_range(meter, &reference.range);
    double left = 0;
    double right = 0;
    ebur128_true_peak(meter, 0, &left);
    ebur128_true_peak(meter, 1, &right);
    reference.truePeak = 20 * std::log10(std::max(left, right));
    ebur128_destroy(&meter);
    return reference;
}

double measuredBy(const SyntheticProgramme& programme, const QString& check, const QString& name)
{
    return programme.judged(check).measured.at(name);
}

bool isNear(double value, double expected, double below, double above)
{
    if (value >= expected - below && value <= expected + above)
        return true;
    qWarning("%f instead of %f", value, expected);
    return false;
}

} // namespace

class MetersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void metersAgreeWithLibebur128_data();
    void metersAgreeWithLibebur128();
    void aSteadyToneMeetsEbuTech3341Cases1And2_data();
    void aSteadyToneMeetsEbuTech3341Cases1And2();
    void surroundMeetsEbuTech3341Case6_data();
    void surroundMeetsEbuTech3341Case6();
    void shortTermMeetsEbuTech3341Case9();
    void shortTermMeetsEbuTech3341Case10_data();
    void shortTermMeetsEbuTech3341Case10();
    void shortTermMeetsEbuTech3341Case11_data();
    void shortTermMeetsEbuTech3341Case11();
    void momentaryMeetsEbuTech3341Case12();
    void momentaryMeetsEbuTech3341Case13_data();
    void momentaryMeetsEbuTech3341Case13();
    void momentaryMeetsEbuTech3341Case14_data();
    void momentaryMeetsEbuTech3341Case14();
    void truePeakMeetsEbuTech3341Cases20To23_data();
    void truePeakMeetsEbuTech3341Cases20To23();
    void everyRateWeighsTheSame_data();
    void everyRateWeighsTheSame();
    void gatesAreExact();
    void silenceAndNothing();
};

void MetersTest::metersAgreeWithLibebur128_data()
{
    QTest::addColumn<Sound>("sound");
    QTest::addColumn<int>("rate");
    const Sound bursts = mixed(burstBetweenSamples(20000, 2, -2), whiteNoise(-40));
    for (const int rate : {8000, 22050, 44100, 48000, 96000, 192000}) {
        QTest::addRow("noise at %d Hz", rate) << whiteNoise(-20) << rate;
        QTest::addRow("syllables at %d Hz", rate) << syllables(-20, rate) << rate;
        QTest::addRow("bursts at %d Hz", rate) << bursts << rate;
    }
}

void MetersTest::metersAgreeWithLibebur128()
{
    QFETCH(Sound, sound);
    QFETCH(int, rate);
    SyntheticProgramme programme {.soundSeconds = 8, .sampleRate = rate, .sound = sound};
    const Reference reference = referenceOf(programme);
    QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"integrated_lufs"_s), reference.integrated, 0.05, 0.05));
    // It looks each second, we each 100 ms; in 8 s that matters. EBU Tech 3342 allows 1 LU.
    if (!QByteArray(QTest::currentDataTag()).startsWith("bursts"))
        QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"range_lu"_s), reference.range, 1, 1));
    QVERIFY(isNear(measuredBy(programme, u"true_peak"_s, u"true_peak_dbtp"_s), reference.truePeak, 0.02, 0.02));
}

void MetersTest::aSteadyToneMeetsEbuTech3341Cases1And2_data()
{
    QTest::addColumn<double>("level");
    QTest::newRow("case 1") << -23.0;
    QTest::newRow("case 2") << -33.0;
}

void MetersTest::aSteadyToneMeetsEbuTech3341Cases1And2()
{
    QFETCH(double, level);
    const SyntheticProgramme programme {.soundSeconds = 20, .sound = tone(1000, level)};
    const Values measured = programme.judged(u"loudness"_s).measured;
    for (const QString& name : {u"integrated_lufs"_s, u"max_short_term_lufs"_s, u"max_momentary_lufs"_s})
        QVERIFY(isNear(measured.at(name), level, 0.1, 0.1));
}

void MetersTest::surroundMeetsEbuTech3341Case6_data()
{
    QTest::addColumn<std::vector<media::ChannelRole>>("roles");
    QTest::newRow("5.0") << std::vector {FrontLeft, FrontRight, FrontCenter, BackLeft, BackRight};
    QTest::newRow("5.0 as others order it") << std::vector {FrontLeft, FrontCenter, FrontRight, SideLeft, SideRight};
    QTest::newRow("5.1") << std::vector {FrontLeft, FrontRight, FrontCenter, LowFrequency, BackLeft, BackRight};
}

void MetersTest::surroundMeetsEbuTech3341Case6()
{
    QFETCH(std::vector<media::ChannelRole>, roles);
    SyntheticProgramme programme {.soundSeconds = 20, .roles = roles};
    programme.sound = [&](int channel, qint64 index) {
        switch (roles[static_cast<std::size_t>(channel)]) {
        case FrontLeft:
        case FrontRight:
            return tone(1000, -28)(channel, index);
        case FrontCenter:
            return tone(1000, -24)(channel, index);
        case LowFrequency:
            return tone(1000, -6)(channel, index); // must not count
        default:
            return tone(1000, -30)(channel, index);
        }
    };
    QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"integrated_lufs"_s), -23, 0.1, 0.1));
}

void MetersTest::shortTermMeetsEbuTech3341Case9()
{
    // 1.34 s at -20 and 1.66 s at -30, five times: -23 LUFS in any 3 s.
    SyntheticProgramme programme {.soundSeconds = 15};
    programme.sound
        = [](int channel, qint64 index) { return tone(1000, index % 144000 < 64320 ? -20 : -30)(channel, index); };
    QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"max_short_term_lufs"_s), -23, 0.1, 0.1));
}

void MetersTest::shortTermMeetsEbuTech3341Case10_data()
{
    QTest::addColumn<double>("silence"); // before the tone, seconds
    for (int file = 0; file < 20; ++file)
        QTest::addRow("file %d", file + 1) << file * 0.15;
}

void MetersTest::shortTermMeetsEbuTech3341Case10()
{
    QFETCH(double, silence);
    SyntheticProgramme programme {.soundSeconds = silence + 4};
    programme.sound = during(silence, silence + 3, tone(1000, -23), [](int, qint64) { return 0.0F; });
    QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"max_short_term_lufs"_s), -23, 0.1, 0.1));
}

void MetersTest::shortTermMeetsEbuTech3341Case11_data()
{
    QTest::addColumn<int>("tones");
    for (const int tones : {1, 2, 7, 13, 20})
        QTest::addRow("after tone %d", tones) << tones;
}

void MetersTest::shortTermMeetsEbuTech3341Case11()
{
    // Tones of -38 to -19, each 3 s behind a silence that grows: the highest value so far is the last tone's.
    QFETCH(int, tones);
    constexpr qint64 kTone = 3 * 48000;
    std::vector<qint64> starts;
    qint64 end = 0;
    for (int file = 0; file < tones; ++file) {
        starts.push_back(end + file * qint64(0.15 * 48000));
        end = starts.back() + kTone + 48000;
    }
    SyntheticProgramme programme {.soundSeconds = static_cast<double>(end) / 48000};
    programme.sound = [&](int channel, qint64 index) {
        const auto file = std::ranges::upper_bound(starts, index) - starts.begin() - 1;
        if (file < 0 || index >= starts[static_cast<std::size_t>(file)] + kTone)
            return 0.0F;
        return tone(1000, -38.0 + static_cast<double>(file))(channel, index);
    };
    QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"max_short_term_lufs"_s), -39.0 + tones, 0.1, 0.1));
}

void MetersTest::momentaryMeetsEbuTech3341Case12()
{
    SyntheticProgramme programme {.soundSeconds = 10};
    programme.sound
        = [](int channel, qint64 index) { return tone(1000, index % 19200 < 8640 ? -20 : -30)(channel, index); };
    QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"max_momentary_lufs"_s), -23, 0.1, 0.1));
}

void MetersTest::momentaryMeetsEbuTech3341Case13_data()
{
    QTest::addColumn<double>("silence"); // before the tone, seconds
    for (int file = 0; file < 20; ++file)
        QTest::addRow("file %d", file + 1) << file * 0.02;
}

void MetersTest::momentaryMeetsEbuTech3341Case13()
{
    QFETCH(double, silence);
    SyntheticProgramme programme {.soundSeconds = silence + 1.4};
    programme.sound = during(silence, silence + 0.4, tone(1000, -23), [](int, qint64) { return 0.0F; });
    QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"max_momentary_lufs"_s), -23, 0.1, 0.1));
}

void MetersTest::momentaryMeetsEbuTech3341Case14_data()
{
    QTest::addColumn<int>("tones");
    for (const int tones : {1, 2, 7, 13, 20})
        QTest::addRow("after tone %d", tones) << tones;
}

void MetersTest::momentaryMeetsEbuTech3341Case14()
{
    // Tones of -38 to -19, each 0.4 s behind a silence that grows: the highest value so far is the last tone's.
    QFETCH(int, tones);
    constexpr qint64 kTone = 0.4 * 48000;
    std::vector<qint64> starts;
    qint64 end = 0;
    for (int file = 0; file < tones; ++file) {
        starts.push_back(end + file * qint64(0.02 * 48000));
        end = starts.back() + kTone + 19200;
    }
    SyntheticProgramme programme {.soundSeconds = static_cast<double>(end) / 48000};
    programme.sound = [&](int channel, qint64 index) {
        const auto file = std::ranges::upper_bound(starts, index) - starts.begin() - 1;
        if (file < 0 || index >= starts[static_cast<std::size_t>(file)] + kTone)
            return 0.0F;
        return tone(1000, -38.0 + static_cast<double>(file))(channel, index);
    };
    QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"max_momentary_lufs"_s), -39.0 + tones, 0.1, 0.1));
}

void MetersTest::truePeakMeetsEbuTech3341Cases20To23_data()
{
    QTest::addColumn<int>("quarter");
    for (int quarter = 0; quarter < 4; ++quarter)
        QTest::addRow("case %d", 20 + quarter) << quarter;
}

void MetersTest::truePeakMeetsEbuTech3341Cases20To23()
{
    QFETCH(int, quarter);
    SyntheticProgramme programme {.soundSeconds = 1};
    programme.sound = burstBetweenSamples(24000, quarter, 0);
    QVERIFY(isNear(measuredBy(programme, u"true_peak"_s, u"true_peak_dbtp"_s), 0, 0.4, 0.2));
}

void MetersTest::everyRateWeighsTheSame_data()
{
    QTest::addColumn<int>("rate");
    for (const int rate : {8000, 11025, 16000, 22050, 32000, 44100, 88200, 96000, 176400, 192000})
        QTest::addRow("%d Hz", rate) << rate;
}

void MetersTest::everyRateWeighsTheSame()
{
    QFETCH(int, rate);
    SyntheticProgramme programme {.soundSeconds = 5, .sampleRate = rate, .sound = tone(1000, -23, rate)};
    QVERIFY(isNear(measuredBy(programme, u"loudness"_s, u"integrated_lufs"_s), -23, 0.1, 0.1));
}

void MetersTest::gatesAreExact()
{
    // Blocks at -69 and -71 LUFS: the second is under the absolute gate.
    const auto powers
        = [](double lufs) { return std::vector<float>(100, static_cast<float>(std::pow(10.0, (lufs + 0.691) / 10))); };
    QVERIFY(isNear(engine::integratedLoudness(powers(-69)), -69, 0.001, 0.001));
    QCOMPARE(engine::integratedLoudness(powers(-71)), -70.0);
    QCOMPARE(engine::loudnessRange(powers(-20)), 0.0);
    QCOMPARE(engine::highestPower(powers(-20), 101), 0.0);
}

void MetersTest::silenceAndNothing()
{
    QCOMPARE(engine::integratedLoudness({}), -70.0);
    QCOMPARE(engine::loudnessRange({}), 0.0);
    SyntheticProgramme programme {.soundSeconds = 1};
    QCOMPARE(measuredBy(programme, u"true_peak"_s, u"true_peak_dbtp"_s), -20.0);
    programme.sampleRate = 10; // no such sound exists, but a header may say so
    QCOMPARE(programme.judged(u"true_peak"_s).cause, u"unsupported_format"_s);
    QCOMPARE(programme.judged(u"loudness"_s).cause, u"unsupported_format"_s);
}

QTEST_GUILESS_MAIN(MetersTest)
#include "tst_meters.moc"
