#include "core/avails/xlsx_number_format_p.h"

#include <QDate>
#include <QTime>
#include <cmath>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

NumberKind builtInNumberKind(int formatId)
{
    const auto within = [formatId](int first, int last) { return formatId >= first && formatId <= last; };
    if (within(14, 17) || within(27, 31) || within(34, 36) || within(50, 58))
        return NumberKind::Date;
    if (formatId == 22)
        return NumberKind::DateTime;
    if (within(18, 21) || within(32, 33) || within(45, 47))
        return NumberKind::Time;
    return NumberKind::Plain;
}

NumberKind numberKindOf(const QString& formatCode)
{
    bool date = false;
    bool time = false;
    bool quoted = false;
    for (qsizetype i = 0; i < formatCode.size(); ++i) {
        const QChar letter = formatCode[i].toLower();
        if (letter == u'"') {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (letter == u'\\' || letter == u'_' || letter == u'*') {
            ++i; // the next character stands for itself
        } else if (letter == u'[') {
            // [h], [mm], [ss] are elapsed time; anything else in brackets is a colour, a condition or a locale.
            const qsizetype end = formatCode.indexOf(u']', i);
            if (end < 0)
                break;
            const QString inside = formatCode.mid(i + 1, end - i - 1).toLower();
            if (!inside.isEmpty() && inside.count(inside[0]) == inside.size() && u"hms"_s.contains(inside[0]))
                time = true;
            i = end;
        } else if (letter == u'y' || letter == u'd') {
            date = true;
        } else if (letter == u'h' || letter == u's') {
            time = true;
        } else if (letter == u';') {
            break; // the formats of negative numbers and texts
        }
    }
    if (!date && !time) // "mmm" alone is a month
        return formatCode.contains("mmm"_L1, Qt::CaseInsensitive) ? NumberKind::Date : NumberKind::Plain;
    if (date)
        return time ? NumberKind::DateTime : NumberKind::Date;
    return NumberKind::Time;
}

std::optional<QString> isoFromSerial(double serial, NumberKind kind, bool since1904)
{
    constexpr double kLastSerial = 2958466; // the day after 9999-12-31 in the 1900 system
    constexpr int kDaysTo1904 = 1462;
    if (!std::isfinite(serial) || serial < 0)
        return std::nullopt;
    const double count = since1904 ? serial + kDaysTo1904 : serial;
    double day = std::floor(count);
    qint64 second = std::llround((count - day) * 86400); // a double holds no exact seconds
    if (second == 86400) {
        second = 0;
        day += 1;
    }
    const QString clock = QTime::fromMSecsSinceStartOfDay(static_cast<int>(second) * 1000).toString(u"HH:mm:ss");
    if (kind == NumberKind::Time && day == 0)
        return clock;
    // The 1900 system has a 29 February 1900 (day 60) that never was.
    if (!(day >= 1 && day < kLastSerial) || (day == 60 && !since1904))
        return std::nullopt;
    const QDate date = QDate(1899, 12, day < 60 && !since1904 ? 31 : 30).addDays(static_cast<qint64>(day));
    QString text = date.toString(u"yyyy-MM-dd");
    if (second != 0 || kind == NumberKind::DateTime || kind == NumberKind::Time)
        text += u'T' + clock;
    return text;
}

} // namespace vidimus::avails
