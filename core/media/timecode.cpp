#include "core/media/timecode.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>

namespace vidimus::media {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMinutesPerHour = 60;
constexpr qint64 kSecondsPerMinute = 60;

// SMPTE ST 12-1, 5.2.2: 2 numbers (4 at 60) are left out at the start of each minute but every tenth.
qint64 droppedPerMinute(TimecodeRate rate)
{
    return rate.dropFrame ? rate.nominalFps / 15 : 0;
}

Error invalid(const QString& what)
{
    return {ErrorCode::Invalid, u"timecode: "_s + what, "timecode_invalid"};
}

} // namespace

TimecodeRate timecodeRateFor(Rational framesPerSecond)
{
    const double fps = framesPerSecond.den > 0 ? framesPerSecond.toDouble() : 0;
    constexpr double kMostFps = 1000;
    if (!(fps > 0) || fps > kMostFps)
        return {};
    const int nominal = std::max(static_cast<int>(std::lround(fps)), 1);
    constexpr double kNtsc = 1000.0 / 1001.0;
    const bool ntsc = std::abs(fps - nominal * kNtsc) < 1e-4 * nominal;
    return {.nominalFps = nominal, .dropFrame = ntsc && nominal % 30 == 0};
}

QString timecodeText(qint64 frame, TimecodeRate rate)
{
    const qint64 fps = rate.nominalFps;
    if (const qint64 dropped = droppedPerMinute(rate); dropped > 0) {
        const qint64 perMinute = fps * kSecondsPerMinute - dropped;
        const qint64 perTenMinutes = perMinute * 10 + dropped;
        const qint64 tens = frame / perTenMinutes;
        const qint64 rest = frame % perTenMinutes;
        // The first minute of ten is a whole one.
        const qint64 minutes = rest < fps * kSecondsPerMinute ? 0 : 1 + (rest - fps * kSecondsPerMinute) / perMinute;
        frame += dropped * (tens * 9 + minutes);
    }
    const qint64 seconds = frame / fps;
    const auto two = [](qint64 value) { return QString::number(value).rightJustified(2, u'0'); };
    return two(seconds / (kSecondsPerMinute * kMinutesPerHour)) + u':'
        + two(seconds / kSecondsPerMinute % kMinutesPerHour) + u':' + two(seconds % kSecondsPerMinute)
        + (rate.dropFrame ? u';' : u':') + two(frame % fps);
}

Result<qint64> parseTimecode(QStringView text, TimecodeRate rate)
{
    QString plain = text.trimmed().toString();
    plain.replace(u';', u':');
    plain.replace(u'.', u':');
    const QStringList parts = plain.split(u':');
    if (parts.size() > 4)
        return invalid(u"too many fields"_s);
    std::array<qint64, 4> fields {}; // hours, minutes, seconds, frames
    for (qsizetype n = 0; n < parts.size(); ++n) {
        const QString& part = parts[n];
        const bool digits = !part.isEmpty() && part.size() <= 6
            && std::all_of(part.begin(), part.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (!digits)
            return invalid(u"\"%1\" is not a number"_s.arg(part));
        fields[static_cast<std::size_t>(4 - parts.size() + n)] = part.toLongLong();
    }
    const auto [hours, minutes, seconds, frames] = fields;
    const qint64 fps = rate.nominalFps;
    if (minutes >= kMinutesPerHour || seconds >= kSecondsPerMinute || frames >= fps)
        return invalid(u"a field is out of range"_s);
    const qint64 dropped = droppedPerMinute(rate);
    if (dropped > 0 && seconds == 0 && minutes % 10 != 0 && frames < dropped)
        return invalid(u"drop-frame leaves this number out"_s);
    const qint64 allMinutes = hours * kMinutesPerHour + minutes;
    return (allMinutes * kSecondsPerMinute + seconds) * fps + frames - dropped * (allMinutes - allMinutes / 10);
}

} // namespace vidimus::media
