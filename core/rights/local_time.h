#pragma once

#include <QTimeZone>
#include <cstdint>

namespace vidimus::rights {

/// What became of a wall-clock time.
enum class LocalTimeKind { Once, Twice, Skipped };

struct LocalTime {
    std::int64_t earlier = 0; ///< ms since 1970, UTC
    std::int64_t later = 0; ///< the same unless Twice
    LocalTimeKind kind = LocalTimeKind::Once;
};

/// The instant or instants at which clocks in \a zone show \a wall (ms since 1970-01-01T00:00 as if the wall were UTC).
/// A time that was skipped maps to the instant of the change. Any thread.
[[nodiscard]] LocalTime fromWallClock(std::int64_t wall, const QTimeZone& zone);

} // namespace vidimus::rights
