#pragma once

#include "core/base/instant.h"

#include <QString>
#include <vector>

namespace vidimus::ui::rights {

/// How much time a pixel stands for.
enum class Zoom { Day, Week, Month, Quarter, Year };
[[nodiscard]] double pixelsPerDay(Zoom zoom);

struct TimeTick {
    Instant at {};
    double x = 0;
    QString text;
};

/// Maps instants to places of the chart. Plain value; ticks' texts by QLocale.
class TimeScale {
public:
    TimeScale() = default;
    TimeScale(Instant start, Zoom zoom)
        : m_start(start)
        , m_zoom(zoom)
    {
    }

    [[nodiscard]] Instant start() const { return m_start; }
    [[nodiscard]] Zoom zoom() const { return m_zoom; }
    [[nodiscard]] double xOf(Instant instant) const;
    [[nodiscard]] Instant at(double x) const;
    /// The scale that shows \a instant at \a x.
    [[nodiscard]] TimeScale placed(Instant instant, double x, Zoom zoom) const;
    /// First instants of months (years when zoomed far out) that touch [0, width).
    [[nodiscard]] std::vector<TimeTick> months(double width) const;
    /// Mondays, thinned out where they would touch; days when close up, months when zoomed far out.
    [[nodiscard]] std::vector<TimeTick> weeks(double width) const;
    /// Rounded to the step that the zoom lets a hand hit: a day, or an hour close up.
    [[nodiscard]] Instant snapped(Instant instant) const;

private:
    Instant m_start {};
    Zoom m_zoom = Zoom::Month;
};

} // namespace vidimus::ui::rights
