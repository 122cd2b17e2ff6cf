#pragma once

#include "core/checks/allowance.h"
#include "core/matching/alignment.h"
#include "core/store/unit_of_work.h"

#include <set>

namespace vidimus::workbench {

/// An allowance moved along a stretch that two videos share, from the time of \a b to that of \a a. Nothing when its
/// range does not lie within the stretch. Pure.
[[nodiscard]] std::optional<checks::Allowance> carryOver(
    const checks::Allowance& allowance, const matching::MatchSegment& segment);

/// What people allowed in content that this one repeats nearly whole and nearly alike (a re-encode), on its own time.
/// The pictures alone are known to be alike: allowances of sound and container are not carried, those of a passage that
/// many videos share and of a mirror image neither. Part of a transaction. Errors: Io, Corrupt.
[[nodiscard]] Result<std::vector<checks::Allowance>> carriedAllowances(
    const store::UnitOfWork& unit, const QByteArray& sha256);

/// The contents whose reports depend on what is allowed in this one: itself, and those that repeat it. Errors: Io.
[[nodiscard]] Result<std::set<QByteArray>> contentsFollowing(const store::UnitOfWork& unit, const QByteArray& sha256);

} // namespace vidimus::workbench
