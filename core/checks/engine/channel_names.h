#pragma once

#include "core/media/frame.h"

namespace vidimus::checks::engine {

/// The part of a finding's or value's name that tells a channel: "left", "back_right"; "other" for the rest.
[[nodiscard]] constexpr const char* channelName(media::ChannelRole role)
{
    using enum media::ChannelRole;
    switch (role) {
    case FrontLeft:
        return "left";
    case FrontRight:
        return "right";
    case FrontCenter:
        return "centre";
    case LowFrequency:
        return "lfe";
    case BackLeft:
        return "back_left";
    case BackRight:
        return "back_right";
    case SideLeft:
        return "side_left";
    case SideRight:
        return "side_right";
    case BackCenter:
        return "back_centre";
    case FrontLeftOfCenter:
        return "left_of_centre";
    case FrontRightOfCenter:
        return "right_of_centre";
    case Other:
        return "other";
    }
    return "other";
}

} // namespace vidimus::checks::engine
