#pragma once

#include "core/workbench/publish.h"
#include "core/workbench/review.h"

namespace vidimus::ui::publishing {

/// The lines that say which bytes a title stands for.
struct TitleFactsText {
    QString version; ///< "Version 2, sha256 9c1e…77a0"
    QString media; ///< "0:42, 24 p, 1920×1080, de en"
    QString file; ///< "talking_head.mp4, 1.4 MB"
};

/// Pure.
[[nodiscard]] TitleFactsText titleFactsText(const workbench::TitleOnBoard& title, const workbench::ReviewItem& item);
/// "0:07", "1:02:33"
[[nodiscard]] QString durationText(double seconds);

} // namespace vidimus::ui::publishing
