#pragma once

#include "core/publishing/gate.h"

namespace vidimus::ui::publishing {

/// A gate in words.
struct GateText {
    QString title; ///< "Rights: no window licenses this title now"
    QString sentence; ///< what it means or what was found
    QString fix; ///< the button that would open it; empty: nothing to press
};

/// Pure; whole sentences, never a code.
[[nodiscard]] GateText gateText(const vidimus::publishing::Gate& gate);
/// Blocks first, then warnings and what was not evaluated, then passed; the given order within each.
[[nodiscard]] std::vector<vidimus::publishing::Gate> orderedGates(std::vector<vidimus::publishing::Gate> gates);
/// Why Publish is off: "Blocked by moderation" or "Blocked by 2 gates"; empty when nothing blocks.
[[nodiscard]] QString blockText(const std::vector<vidimus::publishing::Gate>& gates);

} // namespace vidimus::ui::publishing
