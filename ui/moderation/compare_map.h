#pragma once

#include "core/matching/alignment.h"

#include <QImage>
#include <vector>

namespace vidimus::ui::moderation {

/// Where a moment of one item stands in the other, by the segments in which they show the same. Outside of them the
/// nearest segment goes on. Without segments both run alike.
[[nodiscard]] Milliseconds otherTime(const std::vector<matching::MatchSegment>& segments, Milliseconds time);

/// \a b beside \a a in one picture of a's size: \a share of the width from the start shows a, the rest b.
[[nodiscard]] QImage wiped(const QImage& a, const QImage& b, double share);
/// The difference of each channel, three times as strong, so that what was changed stands out.
[[nodiscard]] QImage difference(const QImage& a, const QImage& b);

} // namespace vidimus::ui::moderation
