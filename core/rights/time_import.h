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

/// How a licensor writes dates. 2026-03-04 is read in any case; 3/4/2026 (also with points or dashes, and with a time
/// behind it) only where the order is stated. A bare number is a day of a spreadsheet, which is sure only where the
/// licensor is known to write dates so.
enum class DateFormat { Iso, MonthFirst, DayFirst, Serial };

struct TimeProfile {
    QString zone = QStringLiteral("UTC"); ///< IANA name
    DateOnlyEnd dateOnlyEnd = DateOnlyEnd::InclusiveDay;
    DateFormat dates = DateFormat::Iso;
    friend bool operator==(const TimeProfile&, const TimeProfile&) = default;
};

enum class TimeColumn { Start, End };

/// A cell read. Neither instant nor condition: the window is unbounded on that side ("Open", "Immediate").
struct ImportedTime {
    std::optional<Instant> instant;
    QString condition; ///< ESTStart, EST, Broadcast, Completed, Theatrical: needs an event date from elsewhere
    QString warning; ///< LOCAL_TIME_TWICE, LOCAL_TIME_SKIPPED, END_OF_DAY_ROUNDED, or empty
    bool includesDay = false; ///< an end that was a date alone, and means the whole day
    QString ambiguity; ///< how a date was taken that can be read in two ways ("the month stands first"); else empty
};

/// \a value is a text or a number (Excel serial, 1900 system). Pure except that the zone comes from the system's IANA
/// database. Any thread. Errors: Invalid with reason BAD_DATE or BAD_ZONE.
[[nodiscard]] Result<ImportedTime> importTime(const QJsonValue& value, TimeColumn column, const TimeProfile& profile);

/// The version of the system's IANA database ("2025b"), to be kept with what was read by it; "unknown" where the system
/// does not say. Read once; any thread.
[[nodiscard]] QString timeZoneDatabaseVersion();

/// Nothing when \a zone is one of the IANA database; else an error with names that look like it (BAD_ZONE).
[[nodiscard]] Result<void> checkZone(const QString& zone);
/// "iso", "mdy", "dmy" or "serial".
[[nodiscard]] std::optional<DateFormat> dateFormatFromName(const QString& name);
[[nodiscard]] QString nameOf(DateFormat format);

/// {"zone": "Europe/Paris", "date_only_end": "inclusive_day" | "exclusive", "dates": "iso" | "mdy" | "dmy" | "serial"};
/// members may be left out. Errors: Invalid.
[[nodiscard]] Result<TimeProfile> timeProfileFromJson(const QJsonObject& json, const QString& path = {});
[[nodiscard]] QJsonObject toJson(const TimeProfile& profile);

} // namespace vidimus::rights
