#include "core/checks/judge_rules_p.h"

#include <algorithm>
#include <optional>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

/// Meters show a tenth or a hundredth of a unit; a value that misses its bound by less than this meets it.
constexpr double kValueSlack = 1e-6;

std::optional<double> scalarOf(const CheckMeasurement& measurement, const char* name)
{
    if (name == nullptr)
        return std::nullopt;
    const auto found = measurement.scalars.find(QString::fromLatin1(name));
    return found != measurement.scalars.end() ? std::optional(found->second) : std::nullopt;
}

} // namespace

bool applyRule(const LimitRule& rule, const JudgeContext& context, CheckResult& result)
{
    const auto value = scalarOf(context.measurement, rule.scalar);
    if (!value)
        return false;
    std::optional<double> lower;
    std::optional<double> upper;
    if (rule.target != nullptr) {
        const double target = context.threshold(rule.target);
        const double tolerance = context.threshold(rule.tolerance);
        lower = target - tolerance;
        upper = target + tolerance;
    }
    if (rule.lower != nullptr)
        lower = context.threshold(rule.lower);
    if (rule.upper != nullptr)
        upper = context.threshold(rule.upper);
    const bool tooLow = lower && *value < *lower - kValueSlack;
    const bool tooHigh = upper && *value > *upper + kValueSlack;
    if (!tooLow && !tooHigh)
        return true;
    const ProgrammeFacts& facts = context.measurements.facts;
    const bool sound = context.descriptor.kind == CheckKind::Sound;
    const double start = scalarOf(context.measurement, rule.rangeStart).value_or(sound ? facts.soundStart : 0);
    const double stated = scalarOf(context.measurement, rule.rangeEnd)
                              .value_or(sound ? facts.soundEnd : context.measurements.duration());
    const double end = std::max(start, stated); // the scalars come from the worker
    Finding finding = context.findingAt(start, end, tooLow ? rule.detailLow : rule.detailHigh);
    finding.measured = {{QString::fromLatin1(rule.scalar), *value}};
    result.findings.push_back(std::move(finding));
    return true;
}

namespace {

/// Seconds in which picture or sound or both are damaged.
double damagedSeconds(std::vector<DamagedRange> ranges)
{
    std::ranges::sort(ranges, {}, &DamagedRange::start);
    double total = 0;
    double reached = 0;
    for (const DamagedRange& range : ranges) {
        total += std::max(range.end - std::max(range.start, reached), 0.0);
        reached = std::max(reached, range.end);
    }
    return total;
}

} // namespace

bool applyRule(const DamageRule& rule, const JudgeContext& context, CheckResult& result)
{
    const double total = damagedSeconds(context.measurements.damage);
    result.measured[u"damaged_s"_s] = total;
    result.measured[u"damaged_ranges"_s] = static_cast<double>(context.measurements.damage.size());
    if (context.measurements.damage.empty() || total <= context.threshold(rule.maxDamaged) - kValueSlack)
        return true;
    for (const DamagedRange& range : context.measurements.damage) {
        Finding finding;
        finding.checkId = result.id;
        finding.start = range.start;
        finding.end = range.end;
        finding.firstFrame = range.firstFrame;
        finding.lastFrame = range.lastFrame;
        finding.measured = {{u"duration_s"_s, range.end - range.start}};
        finding.detail = (range.picture ? u"picture_"_s : u"sound_"_s) + range.detail;
        result.findings.push_back(std::move(finding));
    }
    return true;
}

} // namespace vidimus::checks
