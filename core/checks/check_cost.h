#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <vector>

namespace vidimus::checks {

/// What one check cost in a pass; no part of any report.
struct CheckCost {
    QString id;
    double cpuSeconds = 0; ///< what several checks share is counted with the first that asks
    friend bool operator==(const CheckCost&, const CheckCost&) = default;
};

[[nodiscard]] QJsonArray toJson(const std::vector<CheckCost>& costs);
/// Untrusted. Errors: Invalid.
[[nodiscard]] Result<std::vector<CheckCost>> checkCostsFromJson(const QJsonArray& array);

} // namespace vidimus::checks
