#pragma once

#include "core/base/result.h"

#include <QString>
#include <chrono>

namespace vidimus {

/// A UTC instant with millisecond resolution.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

/// Years 1 to 9999 are valid; what lies outside is refused at the edges.
inline constexpr Instant kMinInstant {Milliseconds {-62135596800000}};
inline constexpr Instant kMaxInstant {Milliseconds {253402300799999}};

/// RFC 3339 in UTC, "2026-11-21T12:00:00Z", with ".123" only where there are milliseconds.
[[nodiscard]] QString toRfc3339(Instant instant);
/// Reads RFC 3339 with any offset; a zone is required. Errors: Invalid.
[[nodiscard]] Result<Instant> parseRfc3339(QStringView text);

/// Where "now" comes from, so that a test can say what time it is. Implementations are safe from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    /// For callers that need no injected clock.
    [[nodiscard]] static Instant read();
};

} // namespace vidimus
