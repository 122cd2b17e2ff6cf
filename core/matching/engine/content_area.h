#pragma once

#include "core/matching/engine/thumbnail.h"

#include <span>

namespace vidimus::matching::engine {

/// A part of a thumbnail, in its samples.
struct ContentArea {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    friend bool operator==(const ContentArea&, const ContentArea&) = default;
};

/// What lies between bars: rows and columns at the border of which most holds one tone in every picture, whatever that
/// tone is; the rest may be a logo or subtitles. Pictures of a single tone say nothing. The whole when there are no
/// bars or next to nothing would be left. \a pictures have one size and come from one stretch of a video. Pure.
[[nodiscard]] ContentArea contentAreaOf(std::span<const Thumbnail> pictures);

} // namespace vidimus::matching::engine
