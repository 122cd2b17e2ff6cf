#pragma once

#include <span>
#include <variant>

namespace vidimus::checks {

/// How a sample is compared with the limit.
enum class Relation { AtMost, AtLeast, Above };

/// Finds the stretches in which each sample of a measured series keeps a relation to a limit for long enough.
/// Names of parameters, series and details are ASCII literals that live as long as the program.
struct RunRule {
    const char* series = nullptr;
    /// A parameter with choices; the series is then stored once per choice, named seriesName(series, choice).
    const char* level = nullptr;
    Relation relation = Relation::AtMost;
    const char* limit = nullptr; ///< parameter
    const char* minDuration = nullptr; ///< parameter in seconds; null: any length
    /// The sample before a run belongs to it: a freeze begins with the frame that is then repeated.
    bool includesReference = false;
    /// One sample beyond the limit, but within breakFactor times it, does not end an AtMost run.
    double breakFactor = 1.0;
    double mergeGap = 0.0; ///< seconds; runs closer together are one finding
    /// Samples that keep this rule are taken out first (black pictures are no freeze). Read from \a exceptCheck.
    const RunRule* except = nullptr;
    const char* exceptCheck = nullptr;
    const char* detail = nullptr; ///< stable token of the finding
    const char* measured = nullptr; ///< name of the finding's value: the run's worst sample
    bool median = false; ///< the value is the run's median sample instead
    /// A series of region codes (region_code.h): the finding's region holds those of all its frames.
    const char* region = nullptr;
    /// Another series of the check, of the same length, whose sample in the middle of the finding is a second value.
    const char* companion = nullptr;
    const char* companionMeasured = nullptr; ///< its name in the finding
};

/// Finds single events that are larger than a limit, in sound or container, where marks would need frames. A check
/// stores them as two series of equal length (any step): where each happened, in seconds from the start of the
/// programme, and how large it was.
struct EventRule {
    const char* at = nullptr; ///< series
    const char* size = nullptr; ///< series
    const char* limit = nullptr; ///< parameter; an event counts when its size is above
    /// The event takes up the time of its size (a gap); else it is a moment, shown as  momentSeconds around it.
    bool lasts = false;
    const char* detail = nullptr;
    const char* measured = nullptr;
};

/// A measured number must lie between two parameters, or within target ± tolerance. Null means no such bound.
struct LimitRule {
    const char* scalar = nullptr;
    const char* lower = nullptr;
    const char* upper = nullptr;
    const char* target = nullptr;
    const char* tolerance = nullptr;
    const char* detailLow = nullptr;
    const char* detailHigh = nullptr;
    /// Scalars with the time range of the finding, in seconds; null: the whole stream of the check's kind.
    const char* rangeStart = nullptr;
    const char* rangeEnd = nullptr;
};

/// The active picture (inside black bars) must be the whole frame and must not change. Reads the per-frame series
/// "top", "right", "bottom" and "left" (bar thickness in pixels, -1 when it cannot be told).
struct AreaRule {
    const char* minBar = nullptr; ///< parameter: fraction of the side from which a bar counts
    const char* tolerance = nullptr; ///< parameter in pixels
    const char* minDuration = nullptr; ///< parameter in seconds; shorter areas are passing content
    /// Parameter in seconds: the same for an area that is not in the middle, which is more often a dark side of a
    /// scene.
    const char* uncentredMinDuration = nullptr;
    const char* reportConstant = nullptr; ///< parameter, 0 or 1: report bars that stay for the whole programme
};

/// Ranges of picture or sound that could not be decoded, in total no longer than a parameter (seconds).
struct DamageRule {
    const char* maxDamaged = nullptr;
};

/// Where in the programme a mark must stand to be a finding.
enum class Place { Anywhere, Head, Tail, Inside };

/// Judges the marks of one kind: each whose value keeps the relation to the limit is a finding.
struct MarkRule {
    const char* kind = nullptr;
    const char* value = nullptr; ///< name of the value that is compared; null: the length in seconds
    Relation relation = Relation::AtLeast;
    const char* limit = nullptr; ///< parameter; null: every mark
    const char* minDuration = nullptr; ///< parameter in seconds; null: any length
    Place place = Place::Anywhere;
    const char* ends = nullptr; ///< parameter in seconds: how long head and tail are; null with Anywhere
    const char* enabled = nullptr; ///< parameter, 0 or 1; null: always
    double mergeGap = 0.0; ///< seconds; marks closer together are one finding
    const char* detail = nullptr;
};

/// Shows marks of one kind on the result's track; nothing is judged.
struct TrackRule {
    const char* kind = nullptr;
    const char* count = nullptr; ///< name of the measured number of them
};

/// Finds the stretches in which enough samples keep a relation to a limit, though not one after the other: in each
/// window the share of them is at least a parameter. For a regular pattern the finding says its period.
struct RepeatRule {
    const char* series = nullptr; ///< one sample per frame
    const char* limit = nullptr; ///< parameter: a sample at or below it counts
    const char* window = nullptr; ///< parameter in seconds
    const char* minShare = nullptr; ///< parameter, fraction of the frames in the window
    const char* minIrregularShare = nullptr; ///< the same for a stretch without a pattern
    const char* detailRegular = nullptr;
    const char* detailIrregular = nullptr;
    const char* measured = nullptr; ///< name of the share
};

/// More than so many flashes in any second on more than the area that counts. Reads the states that the engine keeps
/// for each choice of a standard, one sample where they change and holding until the next: "frame", "transitions" (in
/// the second that ends there), "first", "last" (their frames), "area", "step", "x", "y", "w", "h".
struct FlashRule {
    const char* standard = nullptr; ///< parameter with choices
    const char* maxFlashes = nullptr; ///< parameter: flashes in a second; a flash is two transitions
    /// Parameter in seconds: flashing that keeps the limit is warned of when it lasts longer. Two flashes a second are
    /// flashing.
    const char* maxDuration = nullptr;
    const char* detail = nullptr;
    const char* detailProlonged = nullptr;
    bool redSteps = false; ///< steps are distances of colour, not of luminance
};

using Rule
    = std::variant<RunRule, LimitRule, EventRule, AreaRule, DamageRule, MarkRule, TrackRule, RepeatRule, FlashRule>;

} // namespace vidimus::checks
