#pragma once

#include "core/base/result.h"
#include "core/rights/rule_set.h"

namespace vidimus::rights {

/// Windows and terms may only lie in these years (inclusive); "for ever" is written as no end, not as 9999.
inline constexpr int kFirstYear = 1900;
inline constexpr int kLastYear = 2199;
inline constexpr int kMaxSites = 4096;
inline constexpr int kMaxOffers = 4096;
inline constexpr int kMaxPathLength = 16; ///< titles from the leaf to the root
inline constexpr std::size_t kMaxRules = 16'000'000;
inline constexpr std::size_t kMaxTitles = 16'000'000;

/// References and bounds: ids are unique and not empty, parents exist and make no circle, scopes and deals exist,
/// territory names are known, years lie in kFirstYear..kLastYear. The first fault is given with its place and what to
/// do. An empty window is no error (it never matches, and findConflicts names it). Pure; any thread.
/// Errors: Invalid with reasons unknown_territory, unknown_title, unknown_deal, parent_cycle, duplicate_id, bad_id,
/// year_out_of_range, too_deep; LimitExceeded.
[[nodiscard]] Result<void> validate(const RuleSet& rules);

/// Errors: Invalid "unknown_territory" for a name that is neither WORLD, a group, an assigned country, a subdivision of
/// one, nor XX.
[[nodiscard]] Result<void> validateTerritory(const RuleSet& rules, const QString& name);

} // namespace vidimus::rights
