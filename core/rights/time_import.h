#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <optional>

/// Reads the times of a licensor's sheet as that licensor means them (rights reference, section 7.2, "Import of
/// times").
namespace vidimus::rights {

/// What an end that is a date alone means: the whole day (its next local midnight), or that very midnight.
enum class DateOnlyEnd { InclusiveDay, Exclusive };

struct TimeProfile {
    QString zone = QStringLiteral("UTC"); ///< IANA name
    DateOnlyEnd dateOnlyEnd = DateOnlyEnd::InclusiveDay;
    friend bool operator==(const TimeProfile&, const TimeProfile&) = default;
};

enum class TimeColumn { Start, End };

/// A cell read. Neither instant nor condition: the window is unbounded on that side ("Open", "Immediate").
struct ImportedTime {
    std::optional<Instant> instant;
    QString condition; ///< ESTStart, EST, Broadcast, Completed, Theatrical: needs an event date from elsewhere
    QString warning; ///< LOCAL_TIME_TWICE, LOCAL_TIME_SKIPPED, END_OF_DAY_ROUNDED, or empty
};

/// \a value is a text or a number (Excel serial, 1900 system). Pure except that the zone comes from the system's IANA
/// database. Any thread. Errors: Invalid with reason BAD_DATE or BAD_ZONE.
[[nodiscard]] Result<ImportedTime> importTime(const QJsonValue& value, TimeColumn column, const TimeProfile& profile);

/// The version of the system's IANA database ("2025b"), to be kept with what was read by it; "unknown" where the system
/// does not say. Read once; any thread.
[[nodiscard]] QString timeZoneDatabaseVersion();

/// {"zone": "Europe/Paris", "date_only_end": "inclusive_day" | "exclusive"}. Errors: Invalid.
[[nodiscard]] Result<TimeProfile> timeProfileFromJson(const QJsonObject& json, const QString& path = {});
[[nodiscard]] QJsonObject toJson(const TimeProfile& profile);

} // namespace vidimus::rights
