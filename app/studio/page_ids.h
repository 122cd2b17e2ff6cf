#pragma once

#include <QLatin1StringView>

namespace vidimus::studio {

inline constexpr QLatin1StringView kOpeningPage {"opening"};
inline constexpr QLatin1StringView kWelcomePage {"welcome"};
inline constexpr QLatin1StringView kReviewPage {"moderation"};
inline constexpr QLatin1StringView kComparePage {"compare"};
inline constexpr QLatin1StringView kRightsPage {"rights"};
inline constexpr QLatin1StringView kPublishPage {"publishing"};
inline constexpr QLatin1StringView kJobsPage {"jobs"};
inline constexpr QLatin1StringView kQualityPage {"quality"};
inline constexpr QLatin1StringView kSettingsPage {"settings"};
inline constexpr QLatin1StringView kPeoplePage {"people"};
inline constexpr QLatin1StringView kBackupPage {"backup"};
inline constexpr QLatin1StringView kManualPage {"manual"};
inline constexpr QLatin1StringView kDoctorPage {"doctor"};

} // namespace vidimus::studio
