#pragma once

#include "core/base/instant.h"
#include "core/rights/time_import.h"

namespace vidimus::ui::rights {

/// Reads what a person types for an instant: RFC 3339, "2026-12-01", "2026-12-01 18:30" or "1 Dec 2026 18:30Z" as the
/// page writes it. A text without a zone is UTC; a date alone is its first instant. Errors: Invalid.
[[nodiscard]] Result<Instant> parseInstantText(const QString& text);
/// The same, and nothing for an empty text, "always", "open" or "-". With a zone behind it ("2026-10-25 02:30
/// Europe/Berlin") it is a time of day there: one that comes twice is the later for a start, the earlier for an end.
[[nodiscard]] Result<std::optional<Instant>> parseEdgeText(
    const QString& text, vidimus::rights::TimeColumn column = vidimus::rights::TimeColumn::Start);

enum class NudgeStep { Hour, Day, Month };
/// An instant moved by \a count steps. A month keeps the day where it can (31 Jan → 28 Feb) and the time.
[[nodiscard]] Instant nudged(Instant instant, NudgeStep step, int count);

} // namespace vidimus::ui::rights
