#pragma once

#include "ui/rights/engine.h"

namespace vidimus::ui::rights {

/// Windows that end within so many days; each number includes the smaller ones.
struct Expiries {
    int within90 = 0;
    int within60 = 0;
    int within30 = 0;
    int within7 = 0;
    friend bool operator==(const Expiries&, const Expiries&) = default;
};

/// Counts grants in force at \a now. Pure; any thread.
[[nodiscard]] Expiries countExpiries(const engine::RuleSet& rules, Instant now);

} // namespace vidimus::ui::rights
