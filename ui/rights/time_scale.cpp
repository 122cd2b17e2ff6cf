#include "ui/rights/time_scale.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMillisPerDay = 86'400'000.0;
constexpr double kTickGap = 26; // px between two day numbers

QString tr(const char* text)
{
    return QCoreApplication::translate("TimeScale", text);
}

QDate dayOf(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), Qt::UTC).date();
}

Instant instantOf(QDate day)
{
    return Instant(Milliseconds(day.startOfDay(Qt::UTC).toMSecsSinceEpoch()));
}

} // namespace

double pixelsPerDay(Zoom zoom)
{
    switch (zoom) {
    case Zoom::Day:
        return 192;
    case Zoom::Week:
        return 24;
    case Zoom::Month:
        return 6;
    case Zoom::Quarter:
        return 2;
    case Zoom::Year:
        break;
    }
    return 0.6;
}

double TimeScale::xOf(Instant instant) const
{
    return static_cast<double>((instant - m_start).count()) / kMillisPerDay * pixelsPerDay(m_zoom);
}

Instant TimeScale::at(double x) const
{
    const double millis
        = static_cast<double>(m_start.time_since_epoch().count()) + x / pixelsPerDay(m_zoom) * kMillisPerDay;
    const double low = static_cast<double>(kMinInstant.time_since_epoch().count());
    const double high = static_cast<double>(kMaxInstant.time_since_epoch().count());
    return Instant(Milliseconds(static_cast<qint64>(std::clamp(millis, low, high))));
}

TimeScale TimeScale::placed(Instant instant, double x, Zoom zoom) const
{
    return TimeScale(TimeScale(instant, zoom).at(-x), zoom);
}

std::vector<TimeTick> TimeScale::months(double width) const
{
    const bool years = m_zoom == Zoom::Year || m_zoom == Zoom::Quarter;
    QDate day = dayOf(m_start);
    day = years && m_zoom == Zoom::Year ? QDate(day.year(), 1, 1) : QDate(day.year(), day.month(), 1);
    std::vector<TimeTick> ticks;
    bool first = true;
    while (xOf(instantOf(day)) < width) {
        const bool withYear = first || day.month() == 1;
        //: The heading of a month in the chart, in Qt's date format, with and without the year.
        const QString format = m_zoom == Zoom::Year ? u"yyyy"_s : withYear ? tr("MMM yyyy") : tr("MMM");
        ticks.push_back({instantOf(day), xOf(instantOf(day)), QLocale().toString(day, format)});
        day = m_zoom == Zoom::Year ? day.addYears(1) : day.addMonths(1);
        first = false;
    }
    return ticks;
}

std::vector<TimeTick> TimeScale::weeks(double width) const
{
    std::vector<TimeTick> ticks;
    if (m_zoom == Zoom::Year) {
        QDate day = dayOf(m_start);
        day = QDate(day.year(), (day.month() - 1) / 3 * 3 + 1, 1);
        for (; xOf(instantOf(day)) < width; day = day.addMonths(3))
            ticks.push_back({instantOf(day), xOf(instantOf(day)), QLocale().toString(day, tr("MMM"))});
        return ticks;
    }
    QDate day = dayOf(m_start);
    if (m_zoom == Zoom::Day) {
        for (; xOf(instantOf(day)) < width; day = day.addDays(1))
            ticks.push_back({instantOf(day), xOf(instantOf(day)), QLocale().toString(day.day())});
        return ticks;
    }
    day = day.addDays(1 - day.dayOfWeek());
    int weeksPerTick = 1;
    while (weeksPerTick * 7 * pixelsPerDay(m_zoom) < kTickGap)
        ++weeksPerTick;
    for (; xOf(instantOf(day)) < width; day = day.addDays(7 * weeksPerTick))
        ticks.push_back({instantOf(day), xOf(instantOf(day)), QLocale().toString(day.day())});
    return ticks;
}

Instant TimeScale::snapped(Instant instant) const
{
    const Milliseconds step = m_zoom <= Zoom::Week ? Milliseconds(3'600'000) : Milliseconds(86'400'000);
    const Milliseconds since = instant.time_since_epoch() + step / 2;
    return Instant(since - (since % step + step) % step);
}

} // namespace vidimus::ui::rights
