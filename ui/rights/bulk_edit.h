#pragma once

#include "core/base/result.h"
#include "ui/rights/engine.h"
#include "ui/rights/time_text.h"

/// Edits of many windows at once, as pure functions from rules to rules. Ui thread where words are read.
namespace vidimus::ui::rights {

enum class EdgeChoice { Both, Start, End };

/// Moves edges of windows; open sides stay open, a rule that does not change is left out.
[[nodiscard]] std::vector<engine::Rule> shiftWindows(
    const std::vector<engine::Rule>& rules, EdgeChoice edges, NudgeStep step, int count);

/// A date to find or to put: an instant, or a whole day of UTC.
struct DateText {
    Instant at {};
    bool isDay = false;
};
/// What parseInstantText() reads; a text without a time of day is a day. Errors: Invalid (bad_date).
[[nodiscard]] Result<DateText> parseDateText(const QString& text);
/// Puts \a to where an edge is \a from. A day found and put keeps the time of day. Rules without it are left out.
[[nodiscard]] std::vector<engine::Rule> replaceDates(
    const std::vector<engine::Rule>& rules, EdgeChoice edges, const DateText& from, const DateText& to);

/// The earliest rule, ending where the latest does, and the others. Errors: Invalid: too_few (less than two), differ
/// (anything but window, id and origin), apart (time between them).
struct MergedWindows {
    engine::Rule rule;
    std::vector<WindowId> removed;
};
[[nodiscard]] Result<MergedWindows> mergeWindows(std::vector<engine::Rule> rules);

/// The season (or volume) that comes after \a title in its series; nothing when it is the last one or has no number.
[[nodiscard]] std::optional<TitleId> nextSeasonOf(const TitleId& title, const std::vector<engine::Title>& titles);
/// New rules for \a to like those of \a from, moved in time; rules of parts go to the part of the same number.
/// \a withoutTarget counts rules of parts that have no such counterpart.
struct CopiedRights {
    std::vector<engine::Rule> rules;
    int withoutTarget = 0;
};
[[nodiscard]] CopiedRights copyRights(
    const engine::RuleSet& rules, const TitleId& from, const TitleId& to, NudgeStep step, int count);

} // namespace vidimus::ui::rights
