#pragma once

#include "core/checks/measurements.h"
#include "core/checks/report.h"

#include <optional>
#include <vector>

namespace vidimus::checks {

/// The extremes of a measured series over a short time.
struct EvidencePoint {
    double time = 0; ///< seconds from the start of the programme
    double low = 0;
    double high = 0;

    friend bool operator==(const EvidencePoint&, const EvidencePoint&) = default;
};

/// Why a finding fired, in numbers: the value, the bounds it broke, and the measurement around it. A value.
struct Evidence {
    std::optional<double> value; ///< what was measured of this finding, in \a unit
    std::optional<double> lower; ///< below it the rule fires
    std::optional<double> upper; ///< above it the rule fires
    QString parameter; ///< the threshold of the check that a person would change; empty: none
    QString unit; ///< of value, bounds and points: "dBFS", "fraction", …; empty: a plain number
    std::vector<EvidencePoint> points; ///< rising time; empty where the rule reads no series
    double start = 0; ///< seconds that the points cover
    double end = 0;

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// The evidence for \a finding of \a result, from the measurements that the report was judged by. At most \a maxPoints
/// points, each with the lowest and the highest sample of its share, over the finding and as much beside it (at least
/// two seconds). None for a finding whose rule compares no number. Any thread; milliseconds.
[[nodiscard]] std::optional<Evidence> evidenceFor(
    const Measurements& measurements, const CheckResult& result, const Finding& finding, int maxPoints = 240);

} // namespace vidimus::checks
