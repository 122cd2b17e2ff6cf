#include "core/checks/engine/loudness_meter.h"

#include <algorithm>

namespace vidimus::checks::engine {

namespace {

constexpr double kSurround = 1.41; ///< from 60° to 120° to the side (ITU-R BS.1770-5, table 4)

// The back pair of a layout without side channels (5.1) stands at 110°.
double weightOf(media::ChannelRole role, bool hasSides)
{
    using enum media::ChannelRole;
    switch (role) {
    case FrontLeft:
    case FrontRight:
    case FrontCenter:
    case BackCenter:
    case FrontLeftOfCenter:
    case FrontRightOfCenter:
    case Other:
        return 1;
    case LowFrequency:
        return 0;
    case SideLeft:
    case SideRight:
        return kSurround;
    case BackLeft:
    case BackRight:
        return hasSides ? 1 : kSurround;
    }
    Q_UNREACHABLE();
}

} // namespace

LoudnessMeter::LoudnessMeter(const SoundFormat& format)
{
    const bool hasSides = std::ranges::find(format.roles, media::ChannelRole::SideLeft) != format.roles.end();
    for (std::size_t channel = 0; channel < format.roles.size(); ++channel) {
        if (const double weight = weightOf(format.roles[channel], hasSides); weight > 0)
            m_channels.push_back({channel, weight, KWeighting(format.sampleRate)});
    }
}

double LoudnessMeter::energyOf(const SoundBlock& block, std::size_t first, std::size_t count)
{
    double energy = 0;
    for (Channel& channel : m_channels)
        energy += channel.weight * channel.filter.energyOf(block.channels[channel.number] + first, count);
    return energy;
}

} // namespace vidimus::checks::engine
