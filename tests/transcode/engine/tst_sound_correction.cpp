#include "core/transcode/engine/sound_correction.h"
#include "support/sounds.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::transcode;
using namespace vidimus::transcode::engine;

namespace {

checks::engine::SoundFormat stereo(int sampleRate)
{
    return {sampleRate, {media::ChannelRole::FrontLeft, media::ChannelRole::FrontRight}};
}

std::vector<float> samplesOf(const Sound& sound, std::int64_t count)
{
    std::vector<float> samples;
    for (std::int64_t i = 0; i < count; ++i) {
        samples.push_back(sound(0, i));
        samples.push_back(sound(1, i));
    }
    return samples;
}

/// In pieces of changing size, as decoders give them.
std::vector<float> corrected(const SoundFix& fix, const std::vector<float>& in, int sampleRate)
{
    SoundCorrection correction(fix, stereo(sampleRate));
    std::vector<float> out;
    std::size_t piece = 2;
    for (std::size_t at = 0; at < in.size(); at += piece, piece = piece * 3 % 4099 / 2 * 2 + 2)
        correction.process(std::span(in).subspan(at, std::min(piece, in.size() - at)), out);
    correction.finish(out);
    return out;
}

double truePeakDb(const std::vector<float>& samples, int sampleRate)
{
    checks::engine::TruePeakMeter meter(stereo(sampleRate));
    std::vector<float> left;
    std::vector<float> right;
    for (std::size_t i = 0; i + 1 < samples.size(); i += 2) {
        left.push_back(samples[i]);
        right.push_back(samples[i + 1]);
    }
    const float* channels[] {left.data(), right.data()};
    return 20 * std::log10(meter.add({samples, channels, left.size(), 0, 0}, 0, left.size()));
}

} // namespace

/// What the limiter promises holds for sounds that are hard on it.
class SoundCorrectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void peaksStayBelowTheCeiling_data();
    void peaksStayBelowTheCeiling();
    void whatIsBelowTheCeilingIsUntouched();
    void aGainAloneIsAGain();
    void whatIsNoNumberBecomesSilence();
};

void SoundCorrectionTest::peaksStayBelowTheCeiling_data()
{
    QTest::addColumn<Sound>("sound");
    QTest::addColumn<int>("sampleRate");
    QTest::newRow("noise") << whiteNoise(-3) << 48000;
    QTest::newRow("noise, 44.1 kHz") << whiteNoise(-6) << 44100;
    QTest::newRow("noise, 96 kHz") << whiteNoise(-6) << 96000;
    QTest::newRow("speech") << syllables(-6) << 48000;
    QTest::newRow("one peak between samples") << burstBetweenSamples(20'000, 2, 6) << 48000;
    QTest::newRow("a click") << Sound([](int, std::int64_t i) { return i == 10'000 ? 4.0F : 0.0F; }) << 48000;
    QTest::newRow("a click at the very end")
        << Sound([](int, std::int64_t i) { return i == 29'999 ? 4.0F : 0.0F; }) << 48000;
    QTest::newRow("from silence to full") << during(0.2, 0.5, whiteNoise(0), whiteNoise(-60)) << 48000;
}

void SoundCorrectionTest::peaksStayBelowTheCeiling()
{
    QFETCH(Sound, sound);
    QFETCH(int, sampleRate);
    const auto in = samplesOf(sound, 30'000);
    const auto out = corrected({.gainDb = 4, .limits = true, .ceilingDbtp = -1}, in, sampleRate);
    QCOMPARE(out.size(), in.size());
    const double peak = truePeakDb(out, sampleRate);
    QVERIFY2(peak <= -0.9, qPrintable(QString::number(peak)));
    QVERIFY2(peak > -8, qPrintable(QString::number(peak))); // it does not simply turn everything down
}

void SoundCorrectionTest::whatIsBelowTheCeilingIsUntouched()
{
    const auto in = samplesOf(syllables(-30), 30'000);
    QVERIFY(corrected({.gainDb = 0, .limits = true, .ceilingDbtp = -1}, in, 48000) == in);
    // Long after a peak the sound is itself again.
    const auto click
        = samplesOf([](int channel, std::int64_t i) { return i == 100 ? 2.0F : syllables(-30)(channel, i); }, 60'000);
    const auto out = corrected({.gainDb = 0, .limits = true, .ceilingDbtp = -1}, click, 48000);
    QVERIFY(std::equal(out.end() - 20'000, out.end(), click.end() - 20'000));
}

void SoundCorrectionTest::aGainAloneIsAGain()
{
    const auto in = samplesOf(whiteNoise(-20), 5'000);
    const auto out = corrected({.gainDb = -6.0206}, in, 48000);
    QCOMPARE(out.size(), in.size());
    for (std::size_t i = 0; i < in.size(); ++i)
        QVERIFY(std::abs(out[i] - in[i] / 2) < 1e-5);
}

void SoundCorrectionTest::whatIsNoNumberBecomesSilence()
{
    std::vector<float> in(2'000, 0.1F);
    in[1'000] = std::numeric_limits<float>::quiet_NaN();
    in[1'001] = std::numeric_limits<float>::infinity();
    const auto out = corrected({.gainDb = 0, .limits = true, .ceilingDbtp = -1}, in, 48000);
    QCOMPARE(out[1'000], 0.0F);
    QCOMPARE(out[1'001], 0.0F);
    QVERIFY(std::ranges::all_of(out, [](float sample) { return std::isfinite(sample); }));
}

QTEST_GUILESS_MAIN(SoundCorrectionTest)
#include "tst_sound_correction.moc"
