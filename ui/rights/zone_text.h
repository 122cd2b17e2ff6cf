#pragma once

#include "core/base/instant.h"

#include <QString>
#include <QTimeZone>
#include <optional>

namespace vidimus::ui::rights {

/// What clocks in a zone do around an instant: two instants share one time of day in autumn, an hour is missing in
/// spring. Half an hour and whole days (a country that moves over the date line) are told as they are.
struct ClockChange {
    enum class Kind { Twice, Jump };
    Kind kind = Kind::Twice;
    Instant earlier {}; ///< Twice: the first of both. Jump: the last instant before, told as the change itself
    Instant later {}; ///< Twice: the second of both. Jump: the change
    QString wall; ///< Twice: "02:30". Jump: "02:00 to 03:00"
};

/// Nothing where clocks run on as ever. Any thread.
[[nodiscard]] std::optional<ClockChange> clockChangeAt(Instant instant, const QTimeZone& zone);
/// "02:30 in Berlin is twice: 00:30Z and 01:30Z", "clocks in Berlin jump from 02:00 to 03:00 at 01:00Z". Ui thread.
[[nodiscard]] QString clockChangeText(const ClockChange& change, const QTimeZone& zone);
/// "25 Oct 2026 00:30Z, 02:30 in Berlin", and the change of clocks where there is one. Ui thread.
[[nodiscard]] QString edgeText(Instant instant, const QTimeZone& zone);

} // namespace vidimus::ui::rights
