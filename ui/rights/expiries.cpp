#include "ui/rights/expiries.h"

#include "ui/rights/window_state.h"

#include <QHash>

namespace vidimus::ui::rights {

Expiries countExpiries(const engine::RuleSet& rules, Instant now)
{
    QHash<QString, const engine::Deal*> deals;
    for (const engine::Deal& deal : rules.deals)
        deals.insert(deal.id.toString(), &deal);
    Expiries counts;
    for (const engine::Rule& rule : rules.rules) {
        if (rule.effect == engine::Effect::Deny)
            continue;
        const WindowState state = windowState(rule, deals.value(rule.deal.toString()), nullptr, now);
        if ((state.kind != WindowStateKind::Live && state.kind != WindowStateKind::EndsSoon) || !state.left)
            continue;
        const auto within = [&state](int days) { return *state.left <= std::chrono::days(days) ? 1 : 0; };
        counts.within90 += within(90);
        counts.within60 += within(60);
        counts.within30 += within(30);
        counts.within7 += within(7);
    }
    return counts;
}

} // namespace vidimus::ui::rights
