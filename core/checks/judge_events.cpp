#include "core/checks/judge_rules_p.h"

#include <algorithm>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

/// A moment is shown as this much around it, so that a person sees and hears it.
constexpr double kMomentSeconds = 0.1;

const Series* find(const CheckMeasurement& measurement, const char* name)
{
    const auto found = measurement.series.find(QString::fromLatin1(name));
    return found != measurement.series.end() ? &found->second : nullptr;
}

} // namespace

bool applyRule(const EventRule& rule, const JudgeContext& context, CheckResult& result)
{
    const Series* at = find(context.measurement, rule.at);
    const Series* size = find(context.measurement, rule.size);
    if (at == nullptr || size == nullptr || at->codes.size() != size->codes.size())
        return false;
    const double limit = context.threshold(rule.limit);
    const double last = context.measurements.duration();
    int count = 0;
    for (std::size_t i = 0; i < at->codes.size(); ++i) {
        // In codes, so that no rounding decides.
        constexpr double kRounding = 1e-6;
        if (size->codes[i] <= limit / size->scale + kRounding)
            continue;
        const double moment = std::clamp(at->value(i), 0.0, last);
        const double start = rule.lasts ? moment : std::max(0.0, moment - kMomentSeconds / 2);
        const double end = rule.lasts ? moment + size->value(i) : moment + kMomentSeconds / 2;
        Finding finding = context.findingAt(start, std::clamp(end, start, std::max(last, start)), rule.detail);
        finding.measured = {{QString::fromLatin1(rule.measured), size->value(i)}};
        result.findings.push_back(std::move(finding));
        ++count;
    }
    result.measured[QString::fromLatin1(rule.detail) + u"_count"_s] = count;
    return true;
}

} // namespace vidimus::checks
