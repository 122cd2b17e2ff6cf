#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <map>
#include <optional>
#include <vector>

namespace vidimus {
class JsonReader;
}

namespace vidimus::checks {

/// Named numbers; the name carries the unit ("true_peak_dbtp"). Sorted, so that reports are reproducible.
using Values = std::map<QString, double>;

/// How much a finding weighs; chosen per check by the profile.
enum class Severity { Warn, Fail };

enum class CheckOutcome { Pass, Warn, Fail, NotEvaluated };

/// A rectangle in pixels of the picture as stored (before rotation).
struct Region {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    friend bool operator==(const Region&, const Region&) = default;
};

/// Where an allowance was said that was carried over from content that this one repeats.
struct CarriedFrom {
    QString asset; ///< id of the asset with that content
    QString name; ///< its file's, for people
    int distance = 0; ///< of the pictures, 0…256

    friend bool operator==(const CarriedFrom&, const CarriedFrom&) = default;
};

/// A person's word that a finding is fine here; see Allowance.
struct AllowedNote {
    QString allowance; ///< id
    QString author; ///< person id
    QString reason;
    std::optional<CarriedFrom> carried; ///< absent: it was said of this content itself

    friend bool operator==(const AllowedNote&, const AllowedNote&) = default;
};

/// One place where a check found something.
struct Finding {
    QString checkId;
    double start = 0; ///< seconds from the start of the programme, half-open [start, end)
    double end = 0;
    qint64 firstFrame = -1; ///< presentation order, from 0, inclusive; -1 for sound alone
    qint64 lastFrame = -1;
    Severity severity = Severity::Fail;
    Values measured;
    std::optional<Region> region;
    QString detail; ///< stable token: "black", "channel_silent_left", …
    std::optional<AllowedNote> allowed; ///< it is shown, but no longer counts

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// A place on a track: something to see, not to judge (a shot, a fade).
struct TrackItem {
    QString kind; ///< stable token
    double start = 0; ///< seconds, half-open [start, end)
    double end = 0;
    qint64 firstFrame = -1; ///< inclusive
    qint64 lastFrame = -1;
    Values values;
    std::optional<Region> region;

    friend bool operator==(const TrackItem&, const TrackItem&) = default;
};

/// The answer of one check.
struct CheckResult {
    QString id;
    CheckOutcome outcome = CheckOutcome::NotEvaluated;
    Values measured;
    Values threshold;
    std::vector<Finding> findings;
    std::vector<TrackItem> track;
    /// Why it was not evaluated: "no_audio", "no_video", "not_hdr", "not_measured", "damaged", "incomplete", or a
    /// check's own ("too_short", "nothing_to_compare"); else empty.
    QString cause;

    friend bool operator==(const CheckResult&, const CheckResult&) = default;
};

/// "warn", "fail".
[[nodiscard]] QString severityName(Severity severity);
[[nodiscard]] std::optional<Severity> severityFromName(QStringView name);
/// "pass", "warn", "fail", "not_evaluated".
[[nodiscard]] QString outcomeName(CheckOutcome outcome);
[[nodiscard]] std::optional<CheckOutcome> outcomeFromName(QStringView name);

/// Seconds and measured values are rounded to six decimals, so that text is the same on every machine.
[[nodiscard]] QJsonObject toJson(const Values& values);
[[nodiscard]] QJsonObject toJson(const Finding& finding);
[[nodiscard]] QJsonObject toJson(const TrackItem& item);
[[nodiscard]] QJsonObject toJson(const Region& region);
/// Strict; absent: none. A wrong one is told to \a reader.
[[nodiscard]] std::optional<Region> regionMember(JsonReader& reader);
[[nodiscard]] Values valuesMember(JsonReader& reader, QLatin1StringView name);
[[nodiscard]] QJsonObject toJson(const CheckResult& result);
/// Strict; \a path is the place for messages. Errors: Invalid.
[[nodiscard]] Result<CheckResult> checkResultFromJson(const QJsonObject& object, const QString& path);

} // namespace vidimus::checks
