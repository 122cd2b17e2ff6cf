#include "core/rights/local_time.h"

#include <QDateTime>
#include <vector>

namespace vidimus::rights {

namespace {

// Farther than any zone ever lay from UTC or moved at once (Samoa skipped a whole day in 2011).
constexpr std::int64_t kSearchMs = 48LL * 3600 * 1000;

struct Period {
    std::int64_t from; ///< ms since 1970, UTC
    std::int64_t offset; ///< ms east of UTC
};

QDateTime utc(std::int64_t millis)
{
    return QDateTime::fromMSecsSinceEpoch(millis, QTimeZone::utc());
}

/// The offsets in force around an instant, in order.
std::vector<Period> periodsAround(std::int64_t instant, const QTimeZone& zone)
{
    const QDateTime from = utc(instant - kSearchMs);
    std::vector<Period> periods {{instant - kSearchMs, zone.offsetFromUtc(from) * 1000LL}};
    const QTimeZone::OffsetDataList changes = zone.transitions(from, utc(instant + kSearchMs));
    for (const QTimeZone::OffsetData& change : changes)
        periods.push_back({change.atUtc.toMSecsSinceEpoch(), change.offsetFromUtc * 1000LL});
    return periods;
}

} // namespace

LocalTime fromWallClock(std::int64_t wall, const QTimeZone& zone)
{
    const std::vector<Period> periods = periodsAround(wall, zone);
    std::vector<std::int64_t> found;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        const std::int64_t instant = wall - periods[i].offset;
        const bool begun = i == 0 || instant >= periods[i].from;
        const bool over = i + 1 < periods.size() && instant >= periods[i + 1].from;
        if (begun && !over)
            found.push_back(instant);
    }
    if (found.size() > 1)
        return {.earlier = found.front(), .later = found.back(), .kind = LocalTimeKind::Twice};
    if (found.size() == 1)
        return {.earlier = found.front(), .later = found.front(), .kind = LocalTimeKind::Once};
    for (std::size_t i = 1; i < periods.size(); ++i) {
        const bool before = wall >= periods[i].from + periods[i - 1].offset;
        const bool after = wall < periods[i].from + periods[i].offset;
        if (before && after)
            return {.earlier = periods[i].from, .later = periods[i].from, .kind = LocalTimeKind::Skipped};
    }
    return {
        .earlier = wall - periods.back().offset, .later = wall - periods.back().offset, .kind = LocalTimeKind::Once};
}

} // namespace vidimus::rights
