#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/checks/measurements.h"
#include "core/checks/report.h"

#include <span>

namespace vidimus::checks {

using AllowanceId = Id<struct AllowanceTag>;

/// "Allowed here because …": what a person said of a finding, kept for the content, not for the file: the same bytes
/// uploaded again have it, and under another profile it holds as well. A value.
struct Allowance {
    AllowanceId id;
    QByteArray sha256; ///< hex, of the content it was said of
    QString checkId;
    QString detail; ///< the finding's token; empty: whatever this check finds in the range
    double start = 0; ///< seconds, [start, end)
    double end = 0;
    QString reason; ///< a person's words; never empty
    QString author; ///< person id
    Instant at {};
    std::optional<Instant> expires; ///< none: it holds for good
    /// Worked out for content that repeats the one it was said of; never stored.
    std::optional<CarriedFrom> carried;

    friend bool operator==(const Allowance&, const Allowance&) = default;
};

/// Whether a finding of this content falls under the allowance: same check, same kind, and nowhere more than a tenth of
/// a second outside its range. What grew beyond what was seen is asked about again.
[[nodiscard]] bool covers(const Allowance& allowance, const Finding& finding);
/// Those that hold at \a now, oldest first.
[[nodiscard]] std::vector<Allowance> standingAllowances(std::vector<Allowance> allowances, Instant now);
/// The first one that covers it, or null.
[[nodiscard]] const Allowance* findAllowance(std::span<const Allowance> allowances, const Finding& finding);

/// The report with the findings under these allowances noted as allowed (and no others): they are shown and no longer
/// count. A check all of whose findings are allowed passes, unless damage hides more. \a measurements are the report's.
[[nodiscard]] Report withAllowances(
    Report report, const Measurements& measurements, std::span<const Allowance> allowances);

/// "id", "sha256", "check", "detail", "start", "end", "reason", "author", "at", "expires" (absent: never).
[[nodiscard]] QJsonObject toJson(const Allowance& allowance);
/// Strict. Errors: Invalid with the place.
[[nodiscard]] Result<Allowance> allowanceFromJson(const QJsonObject& object);

} // namespace vidimus::checks
