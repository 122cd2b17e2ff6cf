#pragma once

#include "core/checks/measurements.h"
#include "core/checks/profile.h"
#include "core/checks/report.h"

namespace vidimus::checks {

/// Applies a profile to measurements: pure, no decoding, milliseconds. Any thread.
/// A check without its stream, without its measurement, or with damage in what it looks at, is not evaluated, with the
/// cause; what it found all the same is still reported.
[[nodiscard]] Report judge(const Measurements& measurements, const Profile& profile);

} // namespace vidimus::checks
