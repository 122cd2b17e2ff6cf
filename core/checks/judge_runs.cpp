#include "core/checks/judge_rules_p.h"
#include "core/checks/region_code.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

/// Time stamps of many containers are whole milliseconds: a length that misses the minimum by less is that length.
constexpr double kTimeSlack = 0.001;

struct Run {
    std::size_t first = 0;
    std::size_t last = 0; ///< inclusive
    qint32 worst = 0; ///< code
};

const Series* findSeries(const CheckMeasurement& measurement, const RunRule& rule, double level)
{
    const auto found
        = measurement.series.find(seriesName(rule.series, rule.level != nullptr ? std::optional(level) : std::nullopt));
    return found != measurement.series.end() ? &found->second : nullptr;
}

/// Compares codes, so that no rounding can decide: the limit in codes, allowing for its own rounding.
class Comparison {
public:
    Comparison(const RunRule& rule, const Series& series, double limit)
        : m_relation(rule.relation)
        , m_limit(limit / series.scale)
        , m_breakLimit(m_limit * rule.breakFactor)
    {
    }
    [[nodiscard]] bool holds(qint32 code) const
    {
        constexpr double kRounding = 1e-6;
        switch (m_relation) {
        case Relation::AtMost:
            return code <= m_limit + kRounding;
        case Relation::AtLeast:
            return code >= m_limit - kRounding;
        case Relation::Above:
            return code > m_limit + kRounding;
        }
        Q_UNREACHABLE();
    }
    [[nodiscard]] bool isPulse(qint32 code) const { return m_relation == Relation::AtMost && code <= m_breakLimit; }
    [[nodiscard]] qint32 worse(qint32 a, qint32 b) const
    {
        return m_relation == Relation::AtLeast ? std::min(a, b) : std::max(a, b);
    }

private:
    Relation m_relation;
    double m_limit;
    double m_breakLimit;
};

/// Which samples the except rule takes out; empty when there is nothing to take out.
std::vector<bool> exceptedSamples(const RunRule& rule, const JudgeContext& context, const Series& series)
{
    if (rule.except == nullptr)
        return {};
    const QString checkId = QString::fromLatin1(rule.exceptCheck);
    const auto measurement = context.measurements.checks.find(checkId);
    if (measurement == context.measurements.checks.end())
        return {};
    const RunRule& except = *rule.except;
    const double level = except.level != nullptr ? context.threshold(checkId, except.level) : 0;
    const Series* other = findSeries(measurement->second, except, level);
    if (other == nullptr || other->codes.size() != series.codes.size())
        return {};
    const Comparison comparison(except, *other, context.threshold(checkId, except.limit));
    std::vector<bool> excepted(other->codes.size());
    for (std::size_t i = 0; i < excepted.size(); ++i)
        excepted[i] = comparison.holds(other->codes[i]);
    return excepted;
}

std::vector<Run> findRuns(
    const RunRule& rule, const Series& series, const Comparison& comparison, const std::vector<bool>& excepted)
{
    const auto isOut = [&](std::size_t i) { return !excepted.empty() && excepted[i]; };
    const auto keeps = [&](std::size_t i) { return comparison.holds(series.codes[i]) && !isOut(i); };
    std::vector<Run> runs;
    const std::size_t count = series.codes.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (!keeps(i))
            continue;
        Run run {i, i, series.codes[i]};
        for (std::size_t next = i + 1; next < count; ++next) {
            const bool pulse = rule.breakFactor > 1 && !isOut(next) && comparison.isPulse(series.codes[next])
                && next + 1 < count && keeps(next + 1);
            if (!keeps(next) && !pulse)
                break;
            run.last = next;
            run.worst = comparison.worse(run.worst, series.codes[next]);
        }
        i = run.last;
        if (rule.includesReference && run.first > 0 && !isOut(run.first - 1))
            --run.first;
        runs.push_back(run);
    }
    return runs;
}

struct Stretch {
    double start = 0; ///< seconds
    double end = 0;
    qint32 worst = 0;
    std::size_t first = 0; ///< samples
    std::size_t last = 0;
};

std::vector<Stretch> toStretches(const std::vector<Run>& runs, const RunRule& rule, const JudgeContext& context,
    const Series& series, const Comparison& comparison)
{
    const auto timeOf = [&](std::size_t sample) {
        return series.step == 0
            ? context.measurements.clock.start(static_cast<qint64>(sample))
            : std::min(context.measurements.facts.soundStart + static_cast<double>(sample) * series.step,
                  context.measurements.facts.soundEnd);
    };
    std::vector<Stretch> stretches;
    for (const Run& run : runs) {
        const Stretch next {timeOf(run.first), timeOf(run.last + 1), run.worst, run.first, run.last};
        if (rule.mergeGap > 0 && !stretches.empty() && next.start - stretches.back().end < rule.mergeGap) {
            stretches.back().end = next.end;
            stretches.back().last = next.last;
            stretches.back().worst = comparison.worse(stretches.back().worst, next.worst);
        } else {
            stretches.push_back(next);
        }
    }
    return stretches;
}

/// The companion's sample in the middle of a stretch.
void addCompanion(const RunRule& rule, const CheckMeasurement& measurement, const Stretch& stretch, Values& measured)
{
    const auto found = measurement.series.find(seriesName(rule.companion, {}));
    const std::size_t middle = stretch.first + (stretch.last - stretch.first) / 2;
    if (found != measurement.series.end() && middle < found->second.codes.size())
        measured[QString::fromLatin1(rule.companionMeasured)] = found->second.value(middle);
}

std::optional<Region> regionOf(const RunRule& rule, const JudgeContext& context, const Stretch& stretch)
{
    if (rule.region == nullptr)
        return std::nullopt;
    const auto found = context.measurement.series.find(QString::fromLatin1(rule.region));
    if (found == context.measurement.series.end() || found->second.codes.size() <= stretch.last)
        return std::nullopt;
    const auto& facts = context.measurements.facts;
    return decodeRegion(
        unitedRegions(found->second.codes.dense(stretch.first, stretch.last + 1)), facts.width, facts.height);
}

qint32 medianOf(const Series& series, const Stretch& stretch)
{
    std::vector<qint32> codes = series.codes.dense(stretch.first, stretch.last + 1);
    const auto middle = codes.begin() + static_cast<std::ptrdiff_t>(codes.size() / 2);
    std::ranges::nth_element(codes, middle);
    return *middle;
}

} // namespace

bool applyRule(const RunRule& rule, const JudgeContext& context, CheckResult& result)
{
    const double level = rule.level != nullptr ? context.threshold(rule.level) : 0;
    const Series* series = findSeries(context.measurement, rule, level);
    if (series == nullptr)
        return false;
    const Comparison comparison(rule, *series, context.threshold(rule.limit));
    const auto runs = findRuns(rule, *series, comparison, exceptedSamples(rule, context, *series));
    const double minDuration = rule.minDuration != nullptr ? context.threshold(rule.minDuration) : 0;
    double total = 0;
    for (const Stretch& stretch : toStretches(runs, rule, context, *series, comparison)) {
        const double length = stretch.end - stretch.start;
        if (length + kTimeSlack < minDuration || length <= 0)
            continue;
        total += length;
        Finding finding = context.findingAt(stretch.start, stretch.end, rule.detail);
        const qint32 code = rule.median ? medianOf(*series, stretch) : stretch.worst;
        finding.measured = {{u"duration_s"_s, length}, {QString::fromLatin1(rule.measured), code * series->scale}};
        if (rule.companion != nullptr)
            addCompanion(rule, context.measurement, stretch, finding.measured);
        finding.region = regionOf(rule, context, stretch);
        result.findings.push_back(std::move(finding));
    }
    result.measured[QString::fromLatin1(rule.detail) + u"_s"_s] = total;
    return true;
}

} // namespace vidimus::checks
