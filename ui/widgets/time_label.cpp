#include "ui/widgets/time_label.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <cmath>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TimeText", text);
}

QString twoDigits(qint64 number)
{
    return u"%1"_s.arg(number, 2, 10, QLatin1Char('0'));
}

} // namespace

QString zonedTimeText(Instant instant, const QTimeZone& zone, bool withDate)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), Qt::UTC);
    const bool isUtc = !zone.isValid() || zone == QTimeZone::utc();
    const QDateTime local = isUtc ? utc : utc.toTimeZone(zone);
    QString text = local.toString(u"HH:mm"_s);
    if (withDate) {
        //: A day and an abbreviated month, in Qt's date format: "21 Nov".
        text = QLocale().toString(local.date(), tr("d MMM")) + u' ' + text;
    }
    if (isUtc)
        return text + u'Z';
    const int minutes = local.offsetFromUtc() / 60;
    const QChar sign = minutes < 0 ? u'−' : u'+';
    return text + u' ' + sign + twoDigits(std::abs(minutes) / 60) + u':' + twoDigits(std::abs(minutes) % 60);
}

QString spanText(Milliseconds span)
{
    const qint64 seconds = std::abs(span.count()) / 1000;
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    const qint64 days = hours / 24;
    if (days > 0) {
        return hours % 24 ? tr("%1 d %2 h").arg(days).arg(hours % 24) : tr("%1 d").arg(days);
    }
    if (hours > 0)
        return minutes % 60 ? tr("%1 h %2 m").arg(hours).arg(minutes % 60) : tr("%1 h").arg(hours);
    if (minutes > 0)
        return minutes < 10 && seconds % 60 ? tr("%1 m %2 s").arg(minutes).arg(seconds % 60) : tr("%1 m").arg(minutes);
    return tr("%1 s").arg(seconds);
}

QString ageText(Milliseconds age)
{
    if (age < Milliseconds(1000)) {
        const double tenths = std::max<qint64>(0, age.count() / 100) / 10.0;
        return tr("%1 s ago").arg(QLocale().toString(tenths, 'f', 1));
    }
    const qint64 seconds = age.count() / 1000;
    if (seconds < 60)
        return tr("%1 s ago").arg(seconds);
    if (seconds < 3600)
        return tr("%1 m ago").arg(seconds / 60);
    if (seconds < 86400)
        return tr("%1 h ago").arg(seconds / 3600);
    return tr("%1 d ago").arg(seconds / 86400);
}

QString frameTimecodeText(qint64 frame, Rational framesPerSecond)
{
    const qint64 rate = std::max<qint64>(1, std::llround(framesPerSecond.toDouble()));
    const qint64 whole = std::max<qint64>(0, frame) / rate;
    return twoDigits(whole / 3600) + u':' + twoDigits(whole / 60 % 60) + u':' + twoDigits(whole % 60) + u':'
        + twoDigits(std::max<qint64>(0, frame) % rate);
}

QString clockText(qint64 frame, Rational framesPerSecond)
{
    return frameTimecodeText(frame, framesPerSecond).left(8);
}

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

TimeLabel::TimeLabel(QWidget* parent)
    : TextLabel({}, TextRole::LabelPlain, Ink::Second, parent)
{
}

void TimeLabel::setInstant(Instant instant, const QTimeZone& zone, bool withDate)
{
    setText(zonedTimeText(instant, zone, withDate));
    setToolTip(toRfc3339(instant));
}

} // namespace vidimus::ui::widgets
