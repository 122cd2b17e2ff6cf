#pragma once

#include "core/checks/profile.h"

namespace vidimus::workbench {

/// A check profile by its shipped name, or from a JSON file (which may inherit a shipped one).
/// Errors: NotFound, Invalid with the place, Io, LimitExceeded.
[[nodiscard]] Result<checks::Profile> loadCheckProfile(const QString& nameOrPath);

/// The setting that names the profile for assets when none is asked for.
inline constexpr QLatin1StringView kCheckProfileSetting {"ingest.check_profile"};
inline const QString kDefaultCheckProfile = QStringLiteral("web");

} // namespace vidimus::workbench
