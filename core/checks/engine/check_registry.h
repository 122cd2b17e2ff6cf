#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/profile.h"

#include <memory>
#include <utility>

namespace vidimus::checks::engine {

/// A check and its id in the descriptor table.
struct RunningCheck {
    QString id;
    std::unique_ptr<Check> check;
    double cpuSeconds = 0; ///< spent in it
};

/// The checks that a profile enables, and those whose measurements these need, in registry order.
[[nodiscard]] std::vector<RunningCheck> createChecks(const Profile& profile);
/// Ids in the registry, in its order.
[[nodiscard]] QStringList registeredChecks();

} // namespace vidimus::checks::engine
