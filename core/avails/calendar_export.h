#pragma once

#include "core/avails/grant_sieve.h"

#include <QByteArray>

namespace vidimus::avails {

/// Starts and ends as a calendar (RFC 5545): one event an instant, in UTC, with alarms 90, 60, 30, 7 and 1 days before
/// an end. \a stamp is the time of making; equal input gives equal bytes. Pure; any thread.
[[nodiscard]] QByteArray exportCalendar(const rights::RuleSet& rules, const GrantFilter& filter, Instant stamp);

} // namespace vidimus::avails
