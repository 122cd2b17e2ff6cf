#pragma once

#include "core/workbench/rights_desk.h"

#include <span>

namespace vidimus::workbench {

/// One clip of the demo and what it is called there.
struct DemoClip {
    const char* file;
    const char* title;
};
[[nodiscard]] std::span<const DemoClip> demoClips();

/// Deals and windows that make the rights page worth a look: for the main title a window that is open now in a few
/// countries, one that ends soon, one that begins later, a holdback and a blackout; plain ones for the others. \a now
/// is the day they are made.
[[nodiscard]] RightsPlan demoRights(const std::vector<TitleId>& titles, Instant now);

inline const QString kDemoAllowedCountry = QStringLiteral("DE");
inline const QString kDemoDeniedCountry = QStringLiteral("JP");
inline const QString kDemoOffer = QStringLiteral("svod_base");

} // namespace vidimus::workbench
