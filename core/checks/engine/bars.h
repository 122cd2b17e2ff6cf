#pragma once

#include "core/checks/engine/check.h"

namespace vidimus::checks::engine {

/// Thickness of the black bars around the picture in pixels; 0: none; kUnknownBar: this frame cannot tell (too dark,
/// no clear edge, text across the edge).
struct Bars {
    int top = 0;
    int right = 0;
    int bottom = 0;
    int left = 0;

    friend bool operator==(const Bars&, const Bars&) = default;
};
inline constexpr int kUnknownBar = -1;

/// A line belongs to a bar when its mean is at most black+10 and no pixel is above black+42 (8-bit codes; eko/qc's
/// rule). Lines of burnt-in text, bright in the middle only and apart from the picture, belong to the bar too.
[[nodiscard]] Bars measureBars(const Luma& luma);

} // namespace vidimus::checks::engine
