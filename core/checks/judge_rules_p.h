#pragma once

#include "core/checks/check_descriptor.h"
#include "core/checks/measurements.h"
#include "core/checks/profile.h"

namespace vidimus::checks {

/// What a rule may read while it judges one check.
struct JudgeContext {
    const Measurements& measurements;
    const Profile& profile;
    const CheckDescriptor& descriptor;
    const CheckMeasurement& measurement;

    /// A threshold of this check, or of another one.
    [[nodiscard]] double threshold(const char* parameter) const;
    [[nodiscard]] double threshold(const QString& checkId, const char* parameter) const;
    /// A finding of this check over a time range; frames are filled in unless the check is about sound alone.
    [[nodiscard]] Finding findingAt(double start, double end, const char* detail) const;
};

/// Why a check that found nothing that counts must still not pass; empty when it may.
[[nodiscard]] QString causeAgainstPass(const CheckDescriptor& descriptor, const Measurements& measurements);

/// Each appends findings and totals; a finding whose severity is Fail gets that of the profile from the caller, and one
/// that is set to Warn keeps it. It says whether the measurement held what
/// the rule reads.
[[nodiscard]] bool applyRule(const RunRule& rule, const JudgeContext& context, CheckResult& result);
[[nodiscard]] bool applyRule(const LimitRule& rule, const JudgeContext& context, CheckResult& result);
[[nodiscard]] bool applyRule(const EventRule& rule, const JudgeContext& context, CheckResult& result);
[[nodiscard]] bool applyRule(const AreaRule& rule, const JudgeContext& context, CheckResult& result);
[[nodiscard]] bool applyRule(const DamageRule& rule, const JudgeContext& context, CheckResult& result);
[[nodiscard]] bool applyRule(const MarkRule& rule, const JudgeContext& context, CheckResult& result);
[[nodiscard]] bool applyRule(const TrackRule& rule, const JudgeContext& context, CheckResult& result);
[[nodiscard]] bool applyRule(const RepeatRule& rule, const JudgeContext& context, CheckResult& result);
[[nodiscard]] bool applyRule(const FlashRule& rule, const JudgeContext& context, CheckResult& result);

} // namespace vidimus::checks
