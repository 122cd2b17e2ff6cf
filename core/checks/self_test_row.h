#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <vector>

namespace vidimus::checks {

/// One check proven, or not, on one small generated programme on this machine.
struct SelfTestRow {
    QString check; ///< id
    QString vector; ///< what was shown to it: "black from frame 20 to 79"
    bool passed = false;
    QString detail; ///< what it said, when that was not what it should say

    friend bool operator==(const SelfTestRow&, const SelfTestRow&) = default;
};

/// {"rows": […]}
[[nodiscard]] QJsonObject toJson(const std::vector<SelfTestRow>& rows);
/// Strict and bounded: it comes from a worker. Errors: Invalid, LimitExceeded.
[[nodiscard]] Result<std::vector<SelfTestRow>> selfTestRowsFromJson(const QJsonObject& object);

} // namespace vidimus::checks
