#include "core/workbench/bench_figures.h"

#include <QJsonObject>
#include <algorithm>
#include <cmath>
#include <sys/resource.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

double medianOf(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double percentileOf(std::vector<double> values, double percent)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const double rank = std::ceil(percent / 100 * static_cast<double>(values.size()));
    return values[std::clamp(static_cast<std::size_t>(rank), std::size_t(1), values.size()) - 1];
}

void FigureList::addSpread(const QString& name, const std::vector<double>& milliseconds)
{
    if (milliseconds.empty())
        return;
    add(name + u"_p50"_s, medianOf(milliseconds), u"ms"_s);
    add(name + u"_p95"_s, percentileOf(milliseconds, 95), u"ms"_s);
    add(name + u"_worst"_s, percentileOf(milliseconds, 100), u"ms"_s);
}

void FigureList::addRatio(const QString& name, double value, double base)
{
    if (base > 0)
        add(name, value / base, u"ratio"_s);
}

QJsonArray FigureList::toJson() const
{
    QJsonArray array;
    for (const Figure& figure : m_figures)
        array.append(QJsonObject {{u"name"_s, figure.name}, {u"value"_s, figure.value}, {u"unit"_s, figure.unit}});
    return array;
}

namespace {

double cpuSecondsOf(int who)
{
    rusage used {};
    getrusage(static_cast<__rusage_who>(who), &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

} // namespace

double childCpuSeconds()
{
    return cpuSecondsOf(RUSAGE_CHILDREN);
}

double ownCpuSeconds()
{
    return cpuSecondsOf(RUSAGE_SELF);
}

double childPeakMiB()
{
    rusage used {};
    getrusage(RUSAGE_CHILDREN, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

} // namespace vidimus::workbench
