#pragma once

#include "core/moderation/decision.h"
#include "core/store/unit_of_work.h"

namespace vidimus::workbench {

/// How decisions of one asset follow one another on the site. The catalog takes a decision only when it names the one
/// that stands there, and what was taken back within the undo window never got there. Part of a transaction.

/// Queues \a decision, which replaces what the site knows as \a standsThere (empty: nothing).
[[nodiscard]] Result<void> queueDecision(
    store::UnitOfWork& unit, const moderation::Decision& decision, const TitleId& title, const DecisionId& standsThere);

/// Takes \a decision's operation back when it cannot have left.
struct TakenBack {
    bool wasUntold = false; ///< no trace of the decision is anywhere
    DecisionId standsThere; ///< what stands on the site: itself, or what it would have replaced
};
[[nodiscard]] Result<TakenBack> takeBackDecision(store::UnitOfWork& unit, const DecisionId& decision);

/// Lets the decision that \a undone had replaced stand again, and queues it when the site was never told of it.
/// None when it had replaced nothing.
[[nodiscard]] Result<std::optional<moderation::Decision>> reinstateBefore(
    store::UnitOfWork& unit, const moderation::Decision& undone, const TitleId& title, const DecisionId& standsThere);

[[nodiscard]] store::AssetState assetStateFor(moderation::Verdict verdict);

} // namespace vidimus::workbench
