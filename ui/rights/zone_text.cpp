#include "ui/rights/zone_text.h"

#include "core/rights/local_time.h"
#include "ui/rights/rights_texts.h"

#include <QCoreApplication>
#include <QDateTime>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ZoneText", text);
}

QString cityOf(const QTimeZone& zone)
{
    return QString::fromUtf8(zone.id()).section(u'/', -1).replace(u'_', u' ');
}

qint64 millisOf(Instant instant)
{
    return instant.time_since_epoch().count();
}

qint64 wallOf(qint64 millis, const QTimeZone& zone)
{
    return millis + qint64(zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(millis, Qt::UTC))) * 1000;
}

QString timeOf(qint64 wall)
{
    return QDateTime::fromMSecsSinceEpoch(wall, Qt::UTC).toString(u"HH:mm"_s);
}

} // namespace

std::optional<ClockChange> clockChangeAt(Instant instant, const QTimeZone& zone)
{
    if (!zone.isValid() || !zone.hasTransitions())
        return std::nullopt;
    const qint64 millis = millisOf(instant);
    const qint64 wall = wallOf(millis, zone);
    const vidimus::rights::LocalTime local = vidimus::rights::fromWallClock(wall, zone);
    if (local.kind == vidimus::rights::LocalTimeKind::Twice)
        return ClockChange {ClockChange::Kind::Twice, Instant(Milliseconds(local.earlier)),
            Instant(Milliseconds(local.later)), timeOf(wall)};
    const qint64 before = wallOf(millis - 1, zone) + 1;
    if (before < wall)
        return ClockChange {
            ClockChange::Kind::Jump, instant, instant, tr("%1 to %2").arg(timeOf(before), timeOf(wall))};
    return std::nullopt;
}

QString clockChangeText(const ClockChange& change, const QTimeZone& zone)
{
    const auto utc = [](Instant instant) { return timeOf(millisOf(instant)) + u'Z'; };
    if (change.kind == ClockChange::Kind::Twice)
        //: Clocks go back: "02:30 in Berlin is twice: 00:30Z and 01:30Z".
        return tr("%1 in %2 is twice: %3 and %4")
            .arg(change.wall, cityOf(zone), utc(change.earlier), utc(change.later));
    //: Clocks go forward: "clocks in Berlin jump from 02:00 to 03:00 at 01:00Z".
    return tr("clocks in %1 jump from %2 at %3").arg(cityOf(zone), change.wall, utc(change.later));
}

QString edgeText(Instant instant, const QTimeZone& zone)
{
    const QString both = u"%1, %2"_s.arg(instantText(instant), localText(instant, zone));
    const auto change = clockChangeAt(instant, zone);
    return change ? u"%1; %2"_s.arg(both, clockChangeText(*change, zone)) : both;
}

} // namespace vidimus::ui::rights
