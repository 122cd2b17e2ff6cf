#pragma once

#include "core/rights/rule_set.h"

namespace vidimus::rights {

/// A grant that takes orders and lets nothing play: its window is empty on purpose, and another grant says from when
/// the title plays. Pure; any thread.
[[nodiscard]] inline bool isPreOrderOnly(const Rule& rule)
{
    return rule.effect == Effect::Allow && rule.preOrder && !rule.preOrder->isEmpty() && rule.window.start
        && rule.window.start == rule.window.end;
}

} // namespace vidimus::rights
