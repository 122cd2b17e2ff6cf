#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <vector>

namespace vidimus::rights {

struct CaseFailure {
    QString id;
    QJsonValue expected;
    QJsonValue actual;
};

struct CaseReport {
    int passed = 0;
    std::vector<CaseFailure> failures;
};

/// Runs a file of expected answers: {"context", "deals", "availability": […], "time": […], "conflicts": […],
/// "diffs": […]}. A case may carry its own "deals" (and "context" members), which go over those of the file. A case
/// that cannot be read counts as failed. Conflicts are compared on the members that the case gives; a time warning
/// whose code is not one of ours is compared by presence. Pure; any thread. Errors: Invalid when the file has no cases
/// at all.
[[nodiscard]] Result<CaseReport> verifyCases(const QJsonObject& cases);
/// {"passed", "failed", "failures": [{"id", "expected", "actual"}]}.
[[nodiscard]] QJsonObject toJson(const CaseReport& report);

} // namespace vidimus::rights
