#include "core/transcode/engine/media_ticks.h"

#include <cstdlib>

namespace vidimus::transcode::engine {

namespace {

__extension__ using Wide = __int128;

}

std::int64_t pictureTicks(const Plan& plan, Rational time, Rational zero)
{
    const int timescale = plan.grid.timescale;
    const Wide numerator = (Wide {time.num} * zero.den - Wide {zero.num} * time.den) * timescale;
    const Wide denominator = Wide {time.den} * zero.den;
    const Wide doubled = numerator * 2 + denominator;
    const Wide quotient = doubled / (denominator * 2);
    const auto ticks = static_cast<std::int64_t>(doubled % (denominator * 2) < 0 ? quotient - 1 : quotient);
    const std::int64_t rateTicks = std::int64_t {timescale} * plan.frameRate.den;
    if (!plan.constantRate || rateTicks % plan.frameRate.num != 0)
        return ticks;
    const std::int64_t step = rateTicks / plan.frameRate.num;
    const std::int64_t snapped = scaleRounded(ticks, 1, step) * step;
    const std::int64_t away = std::abs(ticks - snapped);
    return away * 1'000 <= timescale && away * 4 < step ? snapped : ticks;
}

} // namespace vidimus::transcode::engine
