#include "core/base/instant.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

namespace vidimus {

using namespace Qt::StringLiterals;

QString toRfc3339(Instant instant)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), QTimeZone::utc());
    const bool fraction = instant.time_since_epoch().count() % 1000 != 0;
    return time.toString(fraction ? u"yyyy-MM-ddTHH:mm:ss.zzz"_s : u"yyyy-MM-ddTHH:mm:ss"_s) + u'Z';
}

Result<Instant> parseRfc3339(QStringView text)
{
    static const QRegularExpression pattern(
        u"^(\\d{4})-(\\d{2})-(\\d{2})[Tt](\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?(?:([Zz])|([+-])(\\d{2}):(\\d{2}))\\z"_s); // $ would let a line end pass
    const QRegularExpressionMatch match = pattern.match(text.left(64));
    const Error bad {ErrorCode::Invalid, u"not an RFC 3339 time: \"%1\""_s.arg(text.left(64)), "bad_time"};
    if (!match.hasMatch())
        return bad;
    const auto number = [&match](int group) { return match.capturedView(group).toInt(); };
    const QDate date(number(1), number(2), number(3));
    // A leap second is taken as the second after it, which is what POSIX time does.
    const int second = number(6);
    const QTime time(number(4), number(5), std::min(second, 59));
    if (!date.isValid() || !time.isValid() || second > 60 || number(10) > 23 || number(11) > 59)
        return bad;
    qint64 millis = QDateTime(date, time, QTimeZone::utc()).toMSecsSinceEpoch() + (second == 60 ? 1000 : 0);
    if (match.hasCaptured(7))
        millis += match.captured(7).leftJustified(3, u'0').left(3).toInt();
    if (match.hasCaptured(9)) {
        const qint64 offset = (number(10) * 60 + number(11)) * 60000LL;
        millis += match.capturedView(9) == u"-" ? offset : -offset;
    }
    const Instant instant {Milliseconds {millis}};
    if (instant < kMinInstant || instant > kMaxInstant)
        return bad;
    return instant;
}

Instant SystemClock::now() const
{
    return read();
}

Instant SystemClock::read()
{
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

} // namespace vidimus
