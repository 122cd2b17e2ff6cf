#include "core/checks/engine/hum_check.h"

#include "core/checks/engine/sample_math.h"

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kMainsHertz {50.0, 60.0};
constexpr std::array kSeriesNames {"hum_50", "hum_60"};
constexpr int kSlowRate = 2000; ///< Hz, at least: twice the eighth harmonic and room for the filter
constexpr int kLeastRate = 4000; ///< Hz
constexpr int kFrameHops = 8; ///< a frame is 4 s
constexpr int kHopsPerSecond = 2;
constexpr int kHarmonics = 8;
/// Grids in Europe and North America stay within 0.2 Hz; recorders' clocks add little.
constexpr double kMainsTolerance = 0.25; // Hz, of the fundamental
constexpr double kLineWidth = 0.5; ///< Hz to either side: the main lobe of 4 s
constexpr double kNeighbourhood = 8; ///< Hz to either side, in which a line must stand out
constexpr double kLeastProminence = 31.6; ///< power, 15 dB above the median around; noise does not reach it
constexpr double kLoneProminence = 316; ///< 25 dB for a hum of one line only
constexpr int kLeastLines = 3;
constexpr double kLoneTolerance = 0.15; // Hz
constexpr double kFloor = -120; // dBFS
constexpr double kScale = 0.1; // dB

struct Line {
    double power = 0; ///< 0: does not stand out
    double prominence = 0;
    double hertz = 0;
};

/// The strongest line between two frequencies, if it stands out of what is around it.
Line lineBetween(const Spectrum& spectrum, double low, double high)
{
    const double width = spectrum.hertzPerBin();
    const auto binOf = [width](double hertz) { return std::lround(hertz / width); };
    auto peak = binOf(low);
    for (auto bin = peak; bin <= binOf(high); ++bin) {
        if (spectrum.power(std::size_t(bin)) > spectrum.power(std::size_t(peak)))
            peak = bin;
    }
    const auto lobe = std::max<std::ptrdiff_t>(1, binOf(kLineWidth));
    std::vector<double> around;
    for (auto bin = std::max<std::ptrdiff_t>(1, peak - binOf(kNeighbourhood)); bin <= peak + binOf(kNeighbourhood);
        ++bin) {
        if (std::abs(bin - peak) > 2 * lobe && bin < static_cast<std::ptrdiff_t>(spectrum.bins()))
            around.push_back(spectrum.power(std::size_t(bin)));
    }
    if (around.empty())
        return {};
    const auto middle = around.begin() + static_cast<std::ptrdiff_t>(around.size() / 2);
    std::ranges::nth_element(around, middle);
    const double prominence = spectrum.power(std::size_t(peak)) / std::max(*middle, 1e-16);
    if (prominence < kLeastProminence)
        return {};
    double weight = 0;
    double sum = 0;
    for (auto bin = peak - lobe; bin <= peak + lobe; ++bin) {
        weight += spectrum.power(std::size_t(bin));
        sum += spectrum.power(std::size_t(bin)) * static_cast<double>(bin) * width;
    }
    return {spectrum.power(peak - lobe, peak + lobe), prominence, sum / weight};
}

} // namespace

std::unique_ptr<Check> HumCheck::create()
{
    return std::make_unique<HumCheck>();
}

void HumCheck::startSound(const SoundFormat& format)
{
    m_usable = format.sampleRate >= kLeastRate;
    if (!m_usable)
        return;
    for (std::size_t channel = 0; channel < format.roles.size(); ++channel) {
        if (format.roles[channel] != media::ChannelRole::LowFrequency)
            m_channels.push_back({channel, Decimator(format.sampleRate, kSlowRate), {}});
    }
    const Decimator decimator(format.sampleRate, kSlowRate);
    const double slowRate = static_cast<double>(format.sampleRate) / decimator.factor();
    m_hop = std::lround(slowRate / kHopsPerSecond);
    const auto length = static_cast<std::size_t>(m_hop) * kFrameHops;
    for (Channel& channel : m_channels)
        channel.frames = SoundFrames(length, static_cast<std::size_t>(m_hop));
    m_spectrum = Spectrum(length, slowRate, Spectrum::Window::Hann);
}

double HumCheck::humLevel(double mains) const
{
    double power = 0;
    double fundamental = mains;
    int lines = 0;
    bool lone = false;
    for (int harmonic = 1; harmonic <= kHarmonics; ++harmonic) {
        // Once a line has told where the mains are, the higher ones must agree.
        const double tolerance = lines == 0 ? kMainsTolerance * harmonic : 0.5 * kLineWidth + 0.05 * harmonic;
        const Line line
            = lineBetween(m_spectrum, fundamental * harmonic - tolerance, fundamental * harmonic + tolerance);
        if (line.power <= 0 || std::abs(line.hertz - mains * harmonic) > kMainsTolerance * harmonic)
            continue;
        if (lines == 0)
            fundamental = line.hertz / harmonic;
        ++lines;
        power += line.power;
        lone |= harmonic <= 2 && line.prominence >= kLoneProminence
            && std::abs(line.hertz - mains * harmonic) <= kLoneTolerance * harmonic;
    }
    return lines >= kLeastLines || lone ? powerDecibels(power, kFloor) : kFloor;
}

void HumCheck::addSoundFrame(std::span<const float> frame, qint64 position)
{
    m_spectrum.analyze(frame);
    const auto at = static_cast<std::size_t>(position / m_hop);
    for (std::size_t mains = 0; mains < kMains; ++mains) {
        std::vector<double>& levels = m_levels[mains];
        if (levels.size() <= at)
            levels.resize(at + 1, kFloor);
        levels[at] = std::max(levels[at], humLevel(kMainsHertz[mains]));
    }
}

void HumCheck::addSound(const SoundBlock& block)
{
    for (Channel& channel : m_channels) {
        m_slow.clear();
        const qint64 first
            = channel.decimator.feed(block.channels[channel.number], block.frames, block.position, m_slow);
        channel.frames.feed(m_slow.data(), m_slow.size(), first,
            [this](std::span<const float> frame, qint64 position) { addSoundFrame(frame, position); });
    }
}

CheckMeasurement HumCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    if (!m_usable) {
        measurement.cause = u"unsupported_format"_s;
        return measurement;
    }
    for (std::size_t mains = 0; mains < kMains; ++mains) {
        std::vector<double>& levels = m_levels[mains];
        if (levels.empty())
            levels.push_back(kFloor); // shorter than any hum that is reported
        Series series {1.0 / kHopsPerSecond, kScale, {}};
        // A frame stands for its middle; the first and the last one also for what is before and after.
        const double seconds = programme.facts.soundEnd - programme.facts.soundStart;
        const auto count = static_cast<std::size_t>(std::ceil(std::max(seconds, 0.0) * kHopsPerSecond));
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t from = i < kFrameHops / 2 ? 0 : std::min(i - kFrameHops / 2, levels.size() - 1);
            series.codes.push_back(static_cast<qint32>(std::lround(levels[from] / kScale)));
        }
        measurement.scalars[QString::fromLatin1(kSeriesNames[mains]) + u"_dbfs"_s] = *std::ranges::max_element(levels);
        measurement.series[QString::fromLatin1(kSeriesNames[mains])] = std::move(series);
    }
    return measurement;
}

} // namespace vidimus::checks::engine
