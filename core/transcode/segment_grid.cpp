#include "core/transcode/segment_grid.h"

#include <algorithm>
#include <limits>

namespace vidimus::transcode {

namespace {

__extension__ using Wide = __int128;

Wide floorDivide(Wide a, Wide b)
{
    const Wide quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

} // namespace

std::int64_t scaleRounded(std::int64_t a, std::int64_t b, std::int64_t c)
{
    return static_cast<std::int64_t>(floorDivide(static_cast<Wide>(a) * b * 2 + c, static_cast<Wide>(c) * 2));
}

int SegmentGrid::segmentAt(std::int64_t ticks) const
{
    const Wide numerator
        = (static_cast<Wide>(ticks) * tolerance.den + static_cast<Wide>(tolerance.num) * timescale) * length.den;
    const Wide denominator = static_cast<Wide>(timescale) * tolerance.den * length.num;
    const Wide segment = floorDivide(numerator, denominator);
    return static_cast<int>(std::clamp<Wide>(segment, 0, std::numeric_limits<int>::max()));
}

std::int64_t SegmentGrid::startOf(int segment) const
{
    return scaleRounded(static_cast<std::int64_t>(segment) * length.num, timescale, length.den);
}

} // namespace vidimus::transcode
