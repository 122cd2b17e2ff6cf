#pragma once

#include "core/catalog/operation.h"
#include "core/workbench/publish.h"
#include "ui/widgets/step_truth.h"

#include <span>

namespace vidimus::ui::publishing {

/// "What is true now" of a publication: four steps and a sentence below them.
struct TruthText {
    std::vector<widgets::StepTruth::Step> steps;
    QString sentence;
    bool anything = false; ///< false: never published, nothing waits
};

/// \a operations is the outbox; those of other titles are passed over. Pure; times in UTC.
[[nodiscard]] TruthText truthText(const workbench::TitleOnBoard& title, std::span<const catalog::Operation> operations);
/// The operation that publishes or withdraws \a title and has not been answered; null: none waits.
[[nodiscard]] const catalog::Operation* waitingPublication(
    std::span<const catalog::Operation> operations, const TitleId& title);
/// True when something of the title is on the site or on its way there: it can be taken down.
[[nodiscard]] bool isOut(const workbench::TitleOnBoard& title);

} // namespace vidimus::ui::publishing
