#pragma once

#include "core/base/rational.h"
#include "core/checks/finding.h"
#include "core/checks/series.h"
#include "core/media/time_list.h"

#include <map>

namespace vidimus::checks {

/// When each shown frame starts, so that times are right for variable frame rates.
struct FrameClock {
    Rational timeBase {1, 1}; ///< seconds per tick
    double offset = 0; ///< seconds from the start of the programme to tick 0
    media::TimeList starts; ///< ticks, rising
    qint64 end = 0; ///< tick at which the last frame ends

    [[nodiscard]] qint64 count() const { return static_cast<qint64>(starts.size()); }
    /// Seconds. \a frame may be count(): the end.
    [[nodiscard]] double start(qint64 frame) const;
    /// The frame shown at a time; clamped to the first and last. -1 without frames.
    [[nodiscard]] qint64 frameAt(double seconds) const;
    friend bool operator==(const FrameClock&, const FrameClock&) = default;
};

/// What is needed about the file to judge it.
struct ProgrammeFacts {
    bool hasPicture = false;
    bool hasSound = false;
    int width = 0; ///< pixels, as stored
    int height = 0;
    double soundStart = 0; ///< seconds from the start of the programme
    double soundEnd = 0;
    double declaredDuration = 0; ///< seconds, as the container says; 0: it does not say
    bool complete = true; ///< false when the pass was stopped before the end by a limit

    friend bool operator==(const ProgrammeFacts&, const ProgrammeFacts&) = default;
};

/// A range that could not be decoded. Nothing in it counts as checked.
struct DamagedRange {
    bool picture = true; ///< else sound
    double start = 0; ///< seconds
    double end = 0;
    qint64 firstFrame = -1;
    qint64 lastFrame = -1;
    QString detail; ///< stable token: "damaged"

    friend bool operator==(const DamagedRange&, const DamagedRange&) = default;
};

/// Something that a check saw at one place, where a number for every frame would say less. Rules judge its values; as
/// a track it is shown without being judged.
struct Mark {
    QString kind; ///< stable token: "cut", "stuck_pixel"
    qint64 firstFrame = 0; ///< inclusive
    qint64 lastFrame = 0;
    Values values;
    std::optional<Region> region;

    friend bool operator==(const Mark&, const Mark&) = default;
};

/// What one check gathered.
struct CheckMeasurement {
    /// A check that sees more stops adding, so that no file can fill the memory.
    static constexpr std::size_t kMaxMarks = 20000;

    QString cause; ///< why it could not measure ("no_audio"); empty when it did
    Values scalars;
    std::map<QString, Series> series;
    std::vector<Mark> marks; ///< rising first frame

    friend bool operator==(const CheckMeasurement&, const CheckMeasurement&) = default;
};

/// What a pass measured, apart from any profile: judge() turns it into a report, again and again, without decoding.
struct Measurements {
    FrameClock clock;
    ProgrammeFacts facts;
    std::vector<DamagedRange> damage;
    std::map<QString, CheckMeasurement> checks; ///< by check id

    [[nodiscard]] double duration() const; ///< seconds: the longer of picture and sound
    friend bool operator==(const Measurements&, const Measurements&) = default;
};

/// "series" or "series@0.1": one of the series that are stored for each choice of a parameter.
[[nodiscard]] QString seriesName(const char* series, std::optional<double> level);

/// "vidimus.measurements/1": compact (runs of equal differences in base64), a few kilobytes a minute.
[[nodiscard]] QJsonObject toJson(const Measurements& measurements);
/// Strict and bounded: it comes from the worker, which reads untrusted files. Errors: Invalid, Corrupt, LimitExceeded.
[[nodiscard]] Result<Measurements> measurementsFromJson(const QJsonObject& object);

/// All series of 24 hours at 60 frames a second, the longest file that is taken.
inline constexpr std::size_t kMostMeasuredValues = std::size_t {256} << 20;

/// Puts measurements together that come check by check, so that those of a long programme never lie in memory as one
/// text. As strict as measurementsFromJson(), and bounded in all that it takes.
class MeasurementParts {
public:
    [[nodiscard]] static QJsonObject part(const QString& id, const CheckMeasurement& check);
    /// Errors: Invalid (also for a check that came before), Corrupt, LimitExceeded.
    [[nodiscard]] Result<void> add(const QJsonObject& part);
    /// \a rest: toJson() of the measurements without the checks that came as parts; once, after the last part.
    /// Errors: as measurementsFromJson().
    [[nodiscard]] Result<Measurements> join(const QJsonObject& rest);

private:
    ValueBudget m_budget {kMostMeasuredValues};
    std::map<QString, CheckMeasurement> m_checks;
};

} // namespace vidimus::checks
