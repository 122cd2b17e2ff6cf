#pragma once

#include "core/base/cancel.h"
#include "core/rights/rule_pairs_p.h"

#include <functional>
#include <span>

namespace vidimus::rights {

enum class PairKind { Duplicate, ExclusiveOverlap, Shadow };

/// Takes a pair, of a shadow the weak one first; false: no more of them.
using PairTaker = std::function<bool(PairKind kind, const CompiledRule& x, const CompiledRule& y)>;

/// Every pair of \a rules that is a duplicate, two exclusive grants that overlap, or a shadow, once each; pairs whose
/// rules are both inherited are left out, as their own title has them. The title's own rules stand first. With
/// restrictions, duplicates alone. In time that follows the rules, the different sets of places and the pairs found;
/// false when \a mostSteps were taken before the end, or \a cancel came.
[[nodiscard]] bool findPairs(RulePairs& pairs, std::span<const Placed> rules, qint64 mostSteps,
    const CancelToken& cancel, const PairTaker& take);
/// The same by looking at every two: quicker for a handful, and what the other is tested against.
void compareAllPairs(RulePairs& pairs, std::span<const Placed> rules, const PairTaker& take);

/// For each of the title's own grants, the first of \a denies that is hard, in force and leaves nothing of it.
/// False as above.
[[nodiscard]] bool findDenied(RulePairs& pairs, std::span<const Placed> grants, std::span<const Placed> denies,
    qint64 mostSteps, const CancelToken& cancel,
    const std::function<bool(const CompiledRule& grant, const CompiledRule& deny)>& take);

} // namespace vidimus::rights
