#pragma once

#include "core/rights/conflicts.h"
#include "core/rights/query.h"
#include "ui/rights/engine.h"

/// Words for rights. Ui thread (translations).
namespace vidimus::ui::rights {

/// "Germany"; "Everywhere" for WORLD; a group or an unknown code stays as it is.
[[nodiscard]] QString territoryName(const QString& code);
/// "DE", or "DE +2" for several; "not RU" is left to territoryNames().
[[nodiscard]] QString territoryCode(const engine::TerritoryExpression& territory);
/// "Germany, Austria, Switzerland", "Everywhere except Russia".
[[nodiscard]] QString territoryNames(const engine::TerritoryExpression& territory);
/// "svod_base, svod_plus", "Any".
[[nodiscard]] QString namesText(const engine::NameList& names);
/// Offers, and what else makes the right: "svod_base, exclusive"; of a restriction its kind.
[[nodiscard]] QString rightText(const engine::Rule& rule);
[[nodiscard]] QString restrictionText(engine::RestrictionKind kind);
/// "Exclusive windows overlap".
[[nodiscard]] QString conflictText(engine::ConflictCode code);
/// "1 Dec 2026 00:00Z": UTC, minutes (seconds only where there are some).
[[nodiscard]] QString instantText(Instant instant);
/// "1 Dec 2026" at midnight UTC, else with the time.
[[nodiscard]] QString dayText(Instant instant);
/// "always", "1 Dec 2026 00:00Z".
[[nodiscard]] QString startText(const std::optional<Instant>& start);
/// "open".
[[nodiscard]] QString endText(const std::optional<Instant>& end);
/// "30 Nov 2026 – 1 Mar 2027", with "from" and "until" where a side is open.
[[nodiscard]] QString windowText(const engine::Window& window);
/// "01:00 in Berlin": an instant on clocks of a zone.
[[nodiscard]] QString localText(Instant instant, const QTimeZone& zone);
/// Why something is not available, as a short phrase: "not yet", "held back".
[[nodiscard]] QString reasonText(engine::Reason reason);

} // namespace vidimus::ui::rights
