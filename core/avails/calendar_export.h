#pragma once

#include "core/rights/rule_set.h"

#include <QByteArray>

namespace vidimus::avails {

/// Which grants a calendar or a report holds. Empty members do not narrow.
struct GrantFilter {
    QString licensor; ///< of the grant (rights::Licensors)
    QString territory; ///< as the rule writes it: "FR", "EU4", "WORLD"
    rights::Window period; ///< a grant counts when its window meets this one
};
/// Whether an approved or pending grant passes; a restriction never does. \a licensor: its own.
[[nodiscard]] bool passes(const rights::Rule& rule, const QString& licensor, const GrantFilter& filter);

/// Starts and ends as a calendar (RFC 5545): one event an instant, in UTC, with alarms 90, 60, 30, 7 and 1 days before
/// an end. \a stamp is the time of making; equal input gives equal bytes. Pure; any thread.
[[nodiscard]] QByteArray exportCalendar(const rights::RuleSet& rules, const GrantFilter& filter, Instant stamp);

} // namespace vidimus::avails
