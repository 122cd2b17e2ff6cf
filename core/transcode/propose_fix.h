#pragma once

#include "core/checks/measurements.h"
#include "core/checks/profile.h"
#include "core/checks/report.h"
#include "core/media/facts.h"
#include "core/transcode/fix_plan.h"

#include <QStringList>

namespace vidimus::transcode {

/// One correction, for people to read before it is made.
struct FixStep {
    QString check; ///< the check whose findings it answers
    QString action; ///< "gain", "gain_and_limit", "limit", "dim", "calm_red", "legalise", "trim", "crop"
    checks::Values values; ///< what it does, in numbers: "gain_db", "ceiling_dbtp", "frames", "x", …
    double start = 0; ///< seconds of the programme that it touches, half-open
    double end = 0;

    friend bool operator==(const FixStep&, const FixStep&) = default;
};

/// Why a finding stays as it is.
struct FixRefusal {
    QString check;
    QString reason; ///< stable token: "not_failing", "sound_under_black", "bars_change", …
    QString detail; ///< a sentence in English

    friend bool operator==(const FixRefusal&, const FixRefusal&) = default;
};

struct FixProposal {
    FixPlan plan;
    std::vector<FixStep> steps;
    std::vector<FixRefusal> refusals;
};

/// The checks whose findings can be corrected: "loudness", "true_peak", "flash", "red_flash", "levels", "black",
/// "letterbox".
[[nodiscard]] QStringList correctableChecks();
/// The checks of \a profile that a proposal for \a ids reads: those, and what they depend on, switched on. Errors:
/// Invalid "not_correctable", NotFound for an id that is no check.
[[nodiscard]] Result<checks::Profile> profileForFix(checks::Profile profile, const QStringList& ids);
/// The smallest corrections after which the checks \a ids pass under \a profile, from what a pass measured; nothing is
/// decoded. A finding that nothing can be done about, or that only hides the fault, is refused with its reason. Pure;
/// any thread. \a report must be judged from \a measurements by \a profile.
[[nodiscard]] FixProposal proposeFix(const media::MediaFacts& facts, const checks::Measurements& measurements,
    const checks::Report& report, const checks::Profile& profile, const QStringList& ids);

[[nodiscard]] QJsonObject toJson(const FixStep& step);
[[nodiscard]] QJsonObject toJson(const FixRefusal& refusal);

} // namespace vidimus::transcode
