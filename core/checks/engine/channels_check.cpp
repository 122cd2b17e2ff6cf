#include "core/checks/engine/channels_check.h"

#include "core/checks/engine/channel_names.h"
#include "core/checks/engine/sample_math.h"

#include <numbers>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWindowsPerSecond = 10;
constexpr float kSilence = 0.001F; ///< -60 dBFS
constexpr double kFloor = -120; // dB
constexpr double kLeastMeanPower = 1e-7; ///< -70 dBFS; of less no frequency is told

bool isFullRange(media::ChannelRole role)
{
    return role != media::ChannelRole::LowFrequency && role != media::ChannelRole::Other;
}

} // namespace

std::unique_ptr<Check> ChannelsCheck::create()
{
    return std::make_unique<ChannelsCheck>();
}

void ChannelsCheck::startProgramme(const media::engine::PassStart& start)
{
    const media::AudioStream* sound = start.facts.programmeAudio();
    m_layoutKnown = sound == nullptr || sound->channels <= 2 || !sound->layout.isEmpty();
}

void ChannelsCheck::startSound(const SoundFormat& format)
{
    m_format = format;
    m_windows = SoundWindows(format.sampleRate, kWindowsPerSecond);
    m_channels.assign(format.roles.size(), {});
}

void ChannelsCheck::closeWindow()
{
    const bool sounds = std::ranges::any_of(m_channels, [](const Channel& each) { return each.peak > kSilence; });
    m_soundingWindows += sounds ? 1 : 0;
    for (Channel& channel : m_channels) {
        channel.silentWindows += sounds && channel.peak <= kSilence ? 1 : 0;
        channel.peak = 0;
    }
}

void ChannelsCheck::addSound(const SoundBlock& block)
{
    m_windows.feed(
        block,
        [&](std::size_t first, std::size_t count) {
            for (std::size_t n = 0; n < m_channels.size(); ++n) {
                Channel& channel = m_channels[n];
                const float* samples = block.channels[n] + first;
                channel.peak = std::max(channel.peak, peakOf(samples, count));
                channel.power += sumOf(count, [samples](auto at) { return at(samples) * at(samples); });
                const float join = samples[0] - channel.last;
                channel.steps += static_cast<double>(join * join) + sumOf(count - 1, [samples](auto at) {
                    const auto step = at(samples + 1) - at(samples);
                    return step * step;
                });
                channel.last = samples[count - 1];
            }
            m_frames += static_cast<qint64>(count);
        },
        [this] { closeWindow(); });
}

// A sine of f has squared steps of (2·sin(π·f/rate))² times its power.
double ChannelsCheck::centreFrequency(const Channel& channel) const
{
    if (m_frames == 0 || channel.power < kLeastMeanPower * static_cast<double>(m_frames))
        return 0;
    const double half = std::min(1.0, std::sqrt(channel.steps / channel.power) / 2);
    return std::asin(half) / std::numbers::pi * m_format.sampleRate;
}

void ChannelsCheck::addLayout(Values& scalars) const
{
    double lowest = 0; // centre frequency of a full-range channel
    for (std::size_t n = 0; n < m_channels.size(); ++n) {
        const double frequency = centreFrequency(m_channels[n]);
        if (frequency <= 0)
            continue;
        if (m_format.roles[n] == media::ChannelRole::LowFrequency)
            scalars[u"lfe_frequency_hz"_s] = frequency;
        else if (isFullRange(m_format.roles[n]))
            lowest = lowest > 0 ? std::min(lowest, frequency) : frequency;
    }
    if (scalars.contains(u"lfe_frequency_hz"_s) && lowest > 0)
        scalars[u"lowest_channel_frequency_hz"_s] = lowest;
    scalars[u"layout_known"_s] = m_layoutKnown ? 1 : 0;
}

CheckMeasurement ChannelsCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (!m_windows.isUsable()) {
        measurement.cause = u"unsupported_format"_s;
        return measurement;
    }
    if (m_windows.hasRest())
        closeWindow();
    Values& scalars = measurement.scalars;
    scalars[u"channels"_s] = static_cast<double>(m_channels.size());
    addLayout(scalars);
    if (m_soundingWindows == 0)
        return measurement;
    double left = 0;
    double right = 0;
    for (std::size_t n = 0; n < m_channels.size(); ++n) {
        const media::ChannelRole role = m_format.roles[n];
        scalars[u"silent_share_"_s + QLatin1StringView(channelName(role))]
            = static_cast<double>(m_channels[n].silentWindows) / static_cast<double>(m_soundingWindows);
        left = role == media::ChannelRole::FrontLeft ? m_channels[n].power : left;
        right = role == media::ChannelRole::FrontRight ? m_channels[n].power : right;
    }
    if (left > 0 && right > 0)
        scalars[u"imbalance_db"_s] = std::abs(powerDecibels(left / right, kFloor));
    return measurement;
}

} // namespace vidimus::checks::engine
