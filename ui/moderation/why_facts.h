#pragma once

#include "core/workbench/review.h"
#include "ui/widgets/tokens.h"

namespace vidimus::ui::moderation {

/// One true sentence about why an item stands in the queue, and a short fact at its end.
struct WhyFact {
    QString iconName;
    widgets::Ink ink = widgets::Ink::Second;
    QString text;
    QString trailing;
    QString other = {}; ///< an asset that it can be compared with
};

/// What is known of the item: verdict of its checks, findings by kind, problems of the file, decisions, age. Ui thread
/// (texts).
[[nodiscard]] std::vector<WhyFact> whyFacts(const workbench::ReviewItem& item, Instant now);
/// "1280×720 · 25p · H.264 · 5.1"
[[nodiscard]] QString mediaLine(const media::MediaFacts& facts);
/// Words for a code of MediaProblem.
[[nodiscard]] QString problemText(const media::MediaProblem& problem);

} // namespace vidimus::ui::moderation
