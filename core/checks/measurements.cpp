#include "core/checks/measurements.h"

#include <algorithm>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

double FrameClock::start(qint64 frame) const
{
    if (starts.empty())
        return 0;
    const qint64 tick = frame >= count() ? end : starts[static_cast<std::size_t>(std::max<qint64>(frame, 0))];
    return offset + static_cast<double>(tick) * static_cast<double>(timeBase.num) / static_cast<double>(timeBase.den);
}

qint64 FrameClock::frameAt(double seconds) const
{
    if (starts.empty())
        return -1;
    const double tick = (seconds - offset) * static_cast<double>(timeBase.den) / static_cast<double>(timeBase.num);
    const auto values = starts.values();
    const auto after
        = std::ranges::upper_bound(values, tick, {}, [](qint64 start) { return static_cast<double>(start); });
    return std::max<qint64>(0, after - values.begin() - 1);
}

double Measurements::duration() const
{
    return std::max(clock.start(clock.count()), facts.soundEnd);
}

QString seriesName(const char* series, std::optional<double> level)
{
    const QString name = QString::fromLatin1(series);
    return level ? u"%1@%2"_s.arg(name).arg(*level, 0, 'g', 6) : name;
}

} // namespace vidimus::checks
