#include "core/checks/first_verdict.h"

#include "core/checks/check_descriptor.h"
#include "core/checks/judge.h"

#include <QLatin1StringView>
#include <algorithm>
#include <array>
#include <functional>
#include <ranges>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

/// Long enough for what must last two seconds to be a fault, short enough to be decoded in a fraction of one.
constexpr double kPartSeconds = 3;
/// A file up to this length is looked at whole.
constexpr double kShortSeconds = 8;
constexpr int kSamples = 24;
/// A tail is asked for beyond the declared end: the last frame has a length of its own.
constexpr double kBeyondEnd = 1;

// Checks that need the whole file are missing here: sums over all of it, drift, what stays in place for long.
constexpr std::array kPartChecks {"black"_L1, "freeze"_L1, "flash"_L1, "red_flash"_L1, "letterbox"_L1, "interlace"_L1,
    "blockiness"_L1, "blur"_L1, "levels"_L1, "dropout"_L1, "bars_slate"_L1, "noise"_L1, "silence"_L1, "true_peak"_L1,
    "clipping"_L1, "dc_offset"_L1, "tone"_L1, "decode_errors"_L1};
/// The same wherever one looks.
constexpr std::array kFileChecks {"tracks"_L1, "colour_tags"_L1};
constexpr std::array kSampleChecks {"black"_L1, "letterbox"_L1, "blockiness"_L1, "blur"_L1, "levels"_L1, "noise"_L1};

template<std::size_t Count>
bool isAmong(const std::array<QLatin1StringView, Count>& ids, const QString& id)
{
    return std::ranges::any_of(ids, [&](QLatin1StringView each) { return id == each; });
}

void addFindings(const Look& look, const Report& report, FirstVerdict& verdict)
{
    const bool isSample = look.kind == LookKind::Sample;
    for (const CheckResult& result : report.checks) {
        for (Finding finding : result.findings) {
            finding.firstFrame = -1;
            finding.lastFrame = -1;
            if (isSample)
                finding.severity = Severity::Warn;
            (isSample ? verdict.suspects : verdict.findings).push_back(std::move(finding));
        }
    }
}

} // namespace

QString lookKindName(LookKind kind)
{
    switch (kind) {
    case LookKind::Head:
        return u"head"_s;
    case LookKind::Tail:
        return u"tail"_s;
    case LookKind::Sample:
        return u"sample"_s;
    case LookKind::Range:
        return u"range"_s;
    }
    return {};
}

CheckOutcome verdict(const FirstVerdict& verdict)
{
    const auto fails = [](const Finding& finding) { return finding.severity == Severity::Fail; };
    if (std::ranges::any_of(verdict.findings, fails))
        return CheckOutcome::Fail;
    const bool misses = std::ranges::any_of(verdict.lookedAt, [](const auto& each) { return !each.problem.isEmpty(); });
    return misses || !verdict.findings.empty() || !verdict.suspects.empty() ? CheckOutcome::Warn
                                                                            : CheckOutcome::NotEvaluated;
}

Profile partProfile(const Profile& profile)
{
    Profile part = profile;
    for (auto& [id, setting] : part.checks)
        setting.enabled = setting.enabled && (isAmong(kPartChecks, id) || isAmong(kFileChecks, id));
    return part;
}

Profile sampleProfile(const Profile& profile)
{
    Profile sample = profile;
    for (auto& [id, setting] : sample.checks) {
        setting.enabled = setting.enabled && isAmong(kSampleChecks, id);
        const CheckDescriptor* descriptor = findDescriptor(id);
        for (auto& [name, value] : setting.thresholds) {
            const CheckParameter* parameter = descriptor != nullptr ? descriptor->parameter(name) : nullptr;
            if (parameter != nullptr && name.endsWith("min_duration"_L1))
                value = parameter->minimum;
        }
    }
    return sample;
}

FirstVerdict firstVerdict(const std::vector<Look>& looks, double duration, const Profile& profile)
{
    FirstVerdict verdict {.profile = profile.id, .duration = duration, .lookedAt = {}, .findings = {}, .suspects = {}};
    const Profile sample = sampleProfile(profile);
    Profile part = partProfile(profile);
    for (const Look& look : looks) {
        verdict.lookedAt.push_back({look.kind, look.start, look.end, look.measurements.clock.count(), look.problem});
        if (!look.problem.isEmpty())
            continue;
        if (look.kind == LookKind::Sample) {
            addFindings(look, judge(look.measurements, sample), verdict);
            continue;
        }
        addFindings(look, judge(look.measurements, part), verdict);
        for (auto& [id, setting] : part.checks)
            setting.enabled = setting.enabled && !isAmong(kFileChecks, id); // told once
    }
    std::ranges::stable_sort(verdict.findings, {}, &Finding::start);
    std::ranges::stable_sort(verdict.suspects, {}, &Finding::start);
    return verdict;
}

std::vector<PlannedLook> planLooks(double duration, bool hasPicture)
{
    if (duration <= kShortSeconds)
        return {{LookKind::Head, 0, kShortSeconds + kBeyondEnd}};
    std::vector<PlannedLook> looks {
        {LookKind::Head, 0, kPartSeconds}, {LookKind::Tail, duration - kPartSeconds, duration + kBeyondEnd}};
    const double between = duration - 2 * kPartSeconds;
    for (int i = 0; hasPicture && i < kSamples; ++i) {
        const double at = kPartSeconds + (i + 0.5) * between / kSamples;
        looks.push_back({LookKind::Sample, at, at});
    }
    return looks;
}

std::vector<PlannedLook> planRisks(const FirstVerdict& first)
{
    constexpr double kAround = 3; // seconds: a fault that must last two is seen whole
    constexpr std::size_t kMost = 4; // a second of work or so; then the whole pass is as soon there
    struct Risk {
        PlannedLook look;
        int suspects = 0;
    };
    std::vector<Risk> risks; // suspects rise in time
    for (const Finding& suspect : first.suspects) {
        const PlannedLook look {LookKind::Range, std::max(0.0, suspect.start - kAround), suspect.end + kAround};
        if (!risks.empty() && look.start <= risks.back().look.end) {
            risks.back().look.end = std::max(risks.back().look.end, look.end);
            ++risks.back().suspects;
        } else {
            risks.push_back({look, 1});
        }
    }
    std::ranges::stable_sort(risks, std::ranges::greater(), &Risk::suspects);
    std::vector<PlannedLook> looks;
    for (const Risk& risk : risks | std::views::take(kMost))
        looks.push_back(risk.look);
    return looks;
}

FirstVerdict joined(FirstVerdict first, const FirstVerdict& more)
{
    first.lookedAt.insert(first.lookedAt.end(), more.lookedAt.begin(), more.lookedAt.end());
    first.findings.insert(first.findings.end(), more.findings.begin(), more.findings.end());
    first.suspects.insert(first.suspects.end(), more.suspects.begin(), more.suspects.end());
    std::erase_if(first.suspects, [&more](const Finding& suspect) {
        return std::ranges::any_of(more.lookedAt, [&](const FirstVerdict::LookedAt& part) {
            return part.problem.isEmpty() && part.kind != LookKind::Sample && suspect.start >= part.start
                && suspect.end <= part.end;
        });
    });
    std::ranges::stable_sort(first.findings, {}, &Finding::start);
    std::ranges::stable_sort(first.suspects, {}, &Finding::start);
    return first;
}

} // namespace vidimus::checks
