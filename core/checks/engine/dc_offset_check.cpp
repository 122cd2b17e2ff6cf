#include "core/checks/engine/dc_offset_check.h"

#include "core/checks/engine/channel_names.h"
#include "core/checks/engine/sample_math.h"

#include <numbers>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWindowsPerSecond = 10;
constexpr std::size_t kWide = 50; ///< windows of the Hann window
constexpr double kScale = 0.1; // dB
constexpr double kFloor = -120; // dBFS

double levelOf(double mean)
{
    return mean != 0 ? std::max(kFloor, 20 * std::log10(std::abs(mean))) : kFloor;
}

} // namespace

std::unique_ptr<Check> DcOffsetCheck::create()
{
    return std::make_unique<DcOffsetCheck>();
}

void DcOffsetCheck::startSound(const SoundFormat& format)
{
    m_format = format;
    m_windows = SoundWindows(format.sampleRate, kWindowsPerSecond);
    m_sums.assign(format.roles.size(), 0);
    m_means.resize(format.roles.size());
}

void DcOffsetCheck::closeWindow()
{
    for (std::size_t channel = 0; channel < m_sums.size(); ++channel) {
        m_means[channel].push_back(m_inWindow > 0 ? static_cast<float>(m_sums[channel] / double(m_inWindow)) : 0.0F);
        m_sums[channel] = 0;
    }
    m_inWindow = 0;
}

void DcOffsetCheck::addSound(const SoundBlock& block)
{
    m_windows.feed(
        block,
        [&](std::size_t first, std::size_t count) {
            for (std::size_t channel = 0; channel < m_sums.size(); ++channel) {
                const float* samples = block.channels[channel] + first;
                m_sums[channel] += sumOf(count, [samples](auto at) { return at(samples); });
            }
            m_inWindow += count;
        },
        [this] { closeWindow(); });
}

// One value a second, for the 5 s around it.
Series DcOffsetCheck::track() const
{
    const std::size_t count = m_means.front().size();
    const std::size_t wide = std::min(kWide, count); // all of a short sound
    std::vector<double> window(wide);
    double weight = 0;
    for (std::size_t i = 0; i < wide; ++i) {
        window[i] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * (double(i) + 0.5) / double(wide));
        weight += window[i];
    }
    Series series {1.0, kScale, {}};
    for (std::size_t second = 0; second * kWindowsPerSecond < count; ++second) {
        // At the ends of the programme the nearest whole window stands for what is beyond.
        const std::size_t centre = second * kWindowsPerSecond + kWindowsPerSecond / 2;
        const std::size_t begin = std::min(centre > wide / 2 ? centre - wide / 2 : 0, count - wide);
        double largest = 0;
        for (const auto& means : m_means) {
            double sum = 0;
            for (std::size_t i = 0; i < wide; ++i)
                sum += window[i] * static_cast<double>(means[begin + i]);
            largest = std::max(largest, std::abs(sum / weight));
        }
        series.codes.push_back(static_cast<qint32>(std::lround(levelOf(largest) / kScale)));
    }
    return series;
}

CheckMeasurement DcOffsetCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (!m_windows.isUsable()) {
        measurement.cause = u"unsupported_format"_s;
        return measurement;
    }
    if (m_windows.hasRest() && m_inWindow * kWindowsPerSecond * 2 > static_cast<std::size_t>(m_format.sampleRate))
        closeWindow(); // a sliver has no mean worth its name
    if (m_means.front().empty()) {
        measurement.cause = u"too_short"_s;
        return measurement;
    }
    for (std::size_t channel = 0; channel < m_means.size(); ++channel) {
        double sum = 0;
        for (const float mean : m_means[channel].values())
            sum += static_cast<double>(mean);
        measurement.scalars[u"dc_%1_dbfs"_s.arg(QLatin1StringView(channelName(m_format.roles[channel])))]
            = levelOf(sum / static_cast<double>(m_means[channel].size()));
    }
    measurement.series[u"dc"_s] = track();
    return measurement;
}

} // namespace vidimus::checks::engine
