#include "core/checks/judge.h"

#include "core/checks/judge_rules_p.h"

#include <algorithm>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

double JudgeContext::threshold(const char* parameter) const
{
    return threshold(QString::fromLatin1(descriptor.id), parameter);
}

double JudgeContext::threshold(const QString& checkId, const char* parameter) const
{
    const QString name = QString::fromLatin1(parameter);
    if (const auto setting = profile.checks.find(checkId); setting != profile.checks.end()) {
        if (const auto value = setting->second.thresholds.find(name); value != setting->second.thresholds.end())
            return value->second;
    }
    const CheckDescriptor* owner = findDescriptor(checkId);
    const CheckParameter* known = owner != nullptr ? owner->parameter(name) : nullptr;
    return known != nullptr ? known->fallback : 0;
}

Finding JudgeContext::findingAt(double start, double end, const char* detail) const
{
    Finding finding;
    finding.checkId = QString::fromLatin1(descriptor.id);
    finding.start = start;
    finding.end = end;
    finding.detail = QString::fromLatin1(detail);
    const FrameClock& clock = measurements.clock;
    if (descriptor.kind == CheckKind::Sound || clock.count() == 0)
        return finding;
    constexpr double kInside = 1e-6; // seconds: the end is exclusive
    const double last = clock.start(clock.count());
    if (start < last) {
        finding.firstFrame = clock.frameAt(start + kInside);
        finding.lastFrame = std::max(finding.firstFrame, clock.frameAt(std::min(end, last) - kInside));
    }
    return finding;
}

QString causeAgainstPass(const CheckDescriptor& descriptor, const Measurements& measurements)
{
    if (!measurements.facts.complete)
        return u"incomplete"_s;
    if (descriptor.kind == CheckKind::Container)
        return {};
    const bool picture = descriptor.kind == CheckKind::Picture;
    const bool damaged = std::any_of(measurements.damage.begin(), measurements.damage.end(),
        [&](const DamagedRange& range) { return range.picture == picture; });
    return damaged ? u"damaged"_s : QString();
}

namespace {

/// Why the check cannot be evaluated at all; empty when it can.
QString causeAgainst(const CheckDescriptor& descriptor, const Measurements& measurements)
{
    if (descriptor.kind == CheckKind::Picture && !measurements.facts.hasPicture)
        return u"no_video"_s;
    if (descriptor.kind == CheckKind::Sound && !measurements.facts.hasSound)
        return u"no_audio"_s;
    const auto found = measurements.checks.find(QString::fromLatin1(descriptor.id));
    if (found == measurements.checks.end())
        return u"not_measured"_s;
    return found->second.cause;
}

CheckResult judgeOne(const CheckDescriptor& descriptor, const CheckSetting& setting, const Measurements& measurements,
    const Profile& profile)
{
    CheckResult result;
    result.id = QString::fromLatin1(descriptor.id);
    result.threshold = setting.thresholds;
    result.cause = causeAgainst(descriptor, measurements);
    if (!result.cause.isEmpty())
        return result;
    const CheckMeasurement& measurement = measurements.checks.at(result.id);
    result.measured = measurement.scalars;
    const JudgeContext context {measurements, profile, descriptor, measurement};
    bool evaluated = false;
    for (const Rule& rule : descriptor.rules)
        evaluated |= std::visit([&](const auto& one) { return applyRule(one, context, result); }, rule);
    bool fails = false;
    for (Finding& finding : result.findings) {
        if (finding.severity == Severity::Fail)
            finding.severity = setting.severity;
        fails |= finding.severity == Severity::Fail;
    }
    std::stable_sort(result.findings.begin(), result.findings.end(),
        [](const Finding& a, const Finding& b) { return a.start < b.start; });
    if (!result.findings.empty()) {
        result.outcome = fails ? CheckOutcome::Fail : CheckOutcome::Warn;
        return result;
    }
    result.cause = evaluated ? causeAgainstPass(descriptor, measurements) : u"not_measured"_s;
    if (result.cause.isEmpty())
        result.outcome = CheckOutcome::Pass;
    return result;
}

} // namespace

Report judge(const Measurements& measurements, const Profile& profile)
{
    Report report {profile.id, measurements.clock.count(), measurements.duration(), {}};
    for (const CheckDescriptor& descriptor : checkDescriptors()) {
        const auto setting = profile.checks.find(QString::fromLatin1(descriptor.id));
        if (setting != profile.checks.end() && setting->second.enabled)
            report.checks.push_back(judgeOne(descriptor, setting->second, measurements, profile));
    }
    return report;
}

} // namespace vidimus::checks
