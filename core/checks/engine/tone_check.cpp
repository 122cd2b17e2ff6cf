#include "core/checks/engine/tone_check.h"

#include "core/checks/engine/sample_math.h"

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFramesPerSecond = 10;
constexpr int kLeastRate = 4000; // Hz
constexpr float kLeastPower = 1e-7F; ///< -70 dBFS
constexpr double kLeastHertz = 60; ///< below, the line reaches the mean
constexpr std::ptrdiff_t kLobe = 4; ///< bins to either side of a line's middle
constexpr double kLeastPurity = 0.997; ///< share of the power; all else is 25 dB below
constexpr double kHertzSteadiness = 0.005; ///< share by which neighbours may differ
constexpr double kLevelSteadiness = 0.5; // dB
constexpr double kFloor = -120; // dBFS
constexpr double kScale = 0.1; // dB, Hz

} // namespace

std::unique_ptr<Check> ToneCheck::create()
{
    return std::make_unique<ToneCheck>();
}

void ToneCheck::startSound(const SoundFormat& format)
{
    m_sampleRate = format.sampleRate;
    if (m_sampleRate < kLeastRate)
        return;
    m_length = static_cast<std::size_t>(m_sampleRate / kFramesPerSecond);
    m_channels.assign(format.roles.size(), SoundFrames(m_length, m_length));
    m_spectrum = Spectrum(m_length, m_sampleRate, Spectrum::Window::BlackmanHarris);
}

ToneCheck::Tone ToneCheck::toneIn() const
{
    std::size_t peak = 0;
    for (std::size_t bin = 0; bin < m_spectrum.bins(); ++bin) {
        if (m_spectrum.power(bin) > m_spectrum.power(peak))
            peak = bin;
    }
    const auto middle = static_cast<std::ptrdiff_t>(peak);
    const double line = m_spectrum.power(middle - kLobe, middle + kLobe);
    const double all = m_spectrum.power(0, static_cast<std::ptrdiff_t>(m_spectrum.bins()) - 1);
    const double width = m_spectrum.hertzPerBin();
    if (static_cast<double>(peak) * width < kLeastHertz || !(line >= kLeastPurity * all))
        return {};
    double sum = 0;
    for (auto bin = middle - kLobe; bin <= middle + kLobe; ++bin)
        sum += m_spectrum.power(bin, bin) * static_cast<double>(bin);
    return {powerDecibels(line, kFloor), sum / line * width, 0};
}

void ToneCheck::addSoundFrame(std::span<const float> frame, qint64 position)
{
    const auto at = static_cast<std::size_t>(position) / m_length;
    if (at < m_tones.size())
        return;
    const std::size_t place = at - m_tones.size();
    if (m_recent.size() <= place)
        m_recent.resize(place + 1);
    Tone& known = m_recent[place];
    const double energy = sumOf(frame.size(), [frame](auto here) { return here(frame.data()) * here(frame.data()); });
    const auto power = static_cast<float>(energy / static_cast<double>(frame.size()));
    if (power < kLeastPower || power <= known.power)
        return; // another channel is louder
    m_spectrum.analyze(frame);
    known = toneIn();
    known.power = power;
}

void ToneCheck::addSound(const SoundBlock& block)
{
    for (std::size_t channel = 0; channel < m_channels.size(); ++channel) {
        m_channels[channel].feed(block.channels[channel], block.frames, block.position,
            [this](std::span<const float> frame, qint64 position) { addSoundFrame(frame, position); });
    }
    std::ranges::for_each(m_recent, [this](const Tone& tone) { m_tones.push_back(tone); });
    m_recent.clear();
}

CheckMeasurement ToneCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (m_length == 0) {
        measurement.cause = u"unsupported_format"_s;
        return measurement;
    }
    const double step = static_cast<double>(m_length) / m_sampleRate;
    Series levels {step, kScale, {}};
    Series frequencies {step, kScale, {}};
    const auto goesOn = [](const Tone& a, const Tone& b) {
        return a.hertz > 0 && b.hertz > 0 && std::abs(a.hertz - b.hertz) <= kHertzSteadiness * a.hertz
            && std::abs(a.level - b.level) <= kLevelSteadiness;
    };
    for (std::size_t i = 0; i < m_tones.size(); ++i) {
        const Tone tone = m_tones[i];
        const bool steady
            = (i > 0 && goesOn(tone, m_tones[i - 1])) || (i + 1 < m_tones.size() && goesOn(tone, m_tones[i + 1]));
        levels.codes.push_back(static_cast<qint32>(std::lround((steady ? tone.level : kFloor) / kScale)));
        frequencies.codes.push_back(static_cast<qint32>(std::lround((steady ? tone.hertz : 0) / kScale)));
    }
    measurement.series = {{u"tone"_s, std::move(levels)}, {u"frequency"_s, std::move(frequencies)}};
    return measurement;
}

} // namespace vidimus::checks::engine
