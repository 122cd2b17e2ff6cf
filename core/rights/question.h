#pragma once

#include "core/rights/rule_set.h"

namespace vidimus::rights {

/// The rules that one question is answered from, as rules about playing: each grant with the window it has for the
/// question, grants without one left out. A takedown, a regulatory ban and an embargo hide a title altogether; a
/// blackout and a holdback only keep it from being played. Pure; any thread.
[[nodiscard]] RuleSet rulesFor(const RuleSet& rules, Question question);

} // namespace vidimus::rights
