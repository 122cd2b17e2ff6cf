#include "core/checks/engine/phase_check.h"

#include "core/checks/engine/sample_math.h"

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWindowsPerSecond = 10;
constexpr std::size_t kWide = 4; ///< windows of the correlation that is judged: 400 ms, as meters show it
constexpr double kScale = 0.01;
constexpr double kLeastPower = 1e-6; ///< -60 dBFS; of less nothing can be told
constexpr double kFloor = -120; // dB

double correlationOf(double left, double right, double product)
{
    return left > 0 && right > 0 ? product / std::sqrt(left * right) : 0;
}

} // namespace

std::unique_ptr<Check> PhaseCheck::create()
{
    return std::make_unique<PhaseCheck>();
}

void PhaseCheck::addPair(
    media::ChannelRole left, media::ChannelRole right, const char* series, const SoundFormat& format)
{
    const auto first = std::ranges::find(format.roles, left);
    const auto second = std::ranges::find(format.roles, right);
    if (first == format.roles.end() || second == format.roles.end())
        return;
    m_pairs.push_back({static_cast<std::size_t>(first - format.roles.begin()),
        static_cast<std::size_t>(second - format.roles.begin()), series, {}, {}});
}

void PhaseCheck::startSound(const SoundFormat& format)
{
    using enum media::ChannelRole;
    m_windows = SoundWindows(format.sampleRate, kWindowsPerSecond);
    m_windowSamples = std::max(1, format.sampleRate / kWindowsPerSecond);
    addPair(FrontLeft, FrontRight, "correlation", format);
    const bool hasSides = std::ranges::find(format.roles, SideLeft) != format.roles.end();
    addPair(hasSides ? SideLeft : BackLeft, hasSides ? SideRight : BackRight, "surround_correlation", format);
}

void PhaseCheck::closeWindow()
{
    for (Pair& pair : m_pairs) {
        pair.windows.push_back(pair.open);
        pair.open = {};
    }
}

void PhaseCheck::addSound(const SoundBlock& block)
{
    m_windows.feed(
        block,
        [&](std::size_t first, std::size_t count) {
            for (Pair& pair : m_pairs) {
                const float* left = block.channels[pair.left] + first;
                const float* right = block.channels[pair.right] + first;
                pair.open.left += sumOf(count, [left](auto at) { return at(left) * at(left); });
                pair.open.right += sumOf(count, [right](auto at) { return at(right) * at(right); });
                pair.open.product += sumOf(count, [left, right](auto at) { return at(left) * at(right); });
            }
        },
        [this] { closeWindow(); });
}

// A window counts with the lowest correlation of the 400 ms that hold it, but not below its own: so the edges of a
// stretch are exact, and a moment of wide stereo is none.
Series PhaseCheck::correlations(const Pair& pair) const
{
    const auto& windows = pair.windows;
    const double least = kLeastPower * static_cast<double>(m_windowSamples);
    const auto isQuiet
        = [&](double left, double right, double length) { return left < least * length || right < least * length; };
    std::vector<double> wide(windows.size(), 1.0); // of the stretch that begins here
    for (std::size_t i = 0; i < windows.size(); ++i) {
        Power sum;
        const std::size_t end = std::min(windows.size(), i + kWide);
        for (std::size_t k = i; k < end; ++k) {
            const Power window = windows[k];
            sum.left += window.left;
            sum.right += window.right;
            sum.product += window.product;
        }
        if (!isQuiet(sum.left, sum.right, double(end - i)))
            wide[i] = correlationOf(sum.left, sum.right, sum.product);
    }
    Series series {m_windows.step(), kScale, {}};
    for (std::size_t i = 0; i < windows.size(); ++i) {
        double lowest = 1;
        for (std::size_t k = i >= kWide - 1 ? i - (kWide - 1) : 0; k <= i; ++k)
            lowest = std::min(lowest, wide[k]);
        const Power own = windows[i];
        const double ownValue
            = isQuiet(own.left, own.right, 1) ? -1.0 : correlationOf(own.left, own.right, own.product);
        series.codes.push_back(static_cast<qint32>(std::lround(std::max(lowest, ownValue) / kScale)));
    }
    return series;
}

CheckMeasurement PhaseCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (m_pairs.empty() || !m_windows.isUsable()) {
        measurement.cause = m_pairs.empty() ? u"no_stereo_pair"_s : u"unsupported_format"_s;
        return measurement;
    }
    if (m_windows.hasRest())
        closeWindow();
    for (const Pair& pair : m_pairs)
        measurement.series[QString::fromLatin1(pair.series)] = correlations(pair);
    if (qstrcmp(m_pairs.front().series, "correlation") != 0)
        return measurement;
    Power total;
    for (const Power window : m_pairs.front().windows.values()) {
        total.left += window.left;
        total.right += window.right;
        total.product += window.product;
    }
    const double length = static_cast<double>(m_windowSamples) * static_cast<double>(m_pairs.front().windows.size());
    if (total.left + total.right < 2 * kLeastPower * length)
        return measurement; // silence is neither mono nor stereo
    measurement.scalars[u"mean_correlation"_s] = correlationOf(total.left, total.right, total.product);
    const double mid = total.left + total.right + 2 * total.product;
    const double side = total.left + total.right - 2 * total.product;
    // Out of phase the sum is what is missing; that is no mono.
    measurement.scalars[u"side_to_mid_db"_s] = powerDecibels(mid > 0 ? std::max(side, 0.0) / mid : 1, kFloor);
    return measurement;
}

} // namespace vidimus::checks::engine
