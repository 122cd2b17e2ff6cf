#pragma once

#include "ui/moderation/finding_text.h"
#include "ui/widgets/timeline_data.h"

namespace vidimus::ui::moderation {

class Player;

/// First and last frame of a finding on the player's timeline, half-open; sound alone is placed by its time.
[[nodiscard]] widgets::FrameSpan spanOf(const FindingRow& row, const Player& player);
/// One lane per kind of finding, in the order of the check table.
[[nodiscard]] std::vector<widgets::TimelineLane> findingLanes(
    const std::vector<FindingRow>& rows, const Player& player);
/// What models saw, in lanes of its own: faces. Pictures next to each other are one bar; nothing of it is judged.
[[nodiscard]] std::vector<widgets::TimelineLane> seenLanes(const checks::Report& report, const Player& player);
/// The first frames of the shots that the checks saw, the first of all included; empty when shots were not measured.
[[nodiscard]] std::vector<qint64> shotStarts(const checks::Report& report, const Player& player);
/// "−23.1": the integrated loudness of a report; empty when it was not measured.
[[nodiscard]] QString loudnessText(const std::optional<checks::Report>& report);

} // namespace vidimus::ui::moderation
