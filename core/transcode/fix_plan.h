#pragma once

#include "core/base/result.h"
#include "core/checks/finding.h"

#include <QJsonObject>
#include <optional>
#include <vector>

namespace vidimus::transcode {

/// Pictures in presentation order, both inclusive.
struct FrameSpan {
    qint64 first = 0;
    qint64 last = 0;

    [[nodiscard]] bool has(qint64 frame) const { return frame >= first && frame <= last; }
    friend bool operator==(const FrameSpan&, const FrameSpan&) = default;
};

/// One gain over the programme's sound; peaks that would then pass the ceiling are held by a limiter.
struct SoundFix {
    double gainDb = 0;
    bool limits = false;
    double ceilingDbtp = 0; ///< highest true peak after the limiter; only with \a limits
    /// The integrated loudness that the programme must have after the limiter, which takes some away; only with
    /// \a limits. Absent: the gain stands as it is.
    std::optional<double> loudnessLufs;

    friend bool operator==(const SoundFix&, const SoundFix&) = default;
};

/// Flashing is dimmed cell by cell: within a second no place rises more than a part of the step that counts as a flash.
struct FlashFix {
    std::vector<FrameSpan> spans;
    double standard = 0; ///< choice of checks::FlashStandard
    double step = 0.7; ///< the part that stays, 0…1

    friend bool operator==(const FlashFix&, const FlashFix&) = default;
};

/// Colour is drawn towards grey just as far as no place is a saturated red: then nothing flashes to or from one.
struct RedFix {
    std::vector<FrameSpan> spans;

    friend bool operator==(const RedFix&, const RedFix&) = default;
};

/// Luma is clipped and colour drawn in until R, G, B and Y keep EBU R 103.
struct LevelsFix {
    std::vector<FrameSpan> spans;

    friend bool operator==(const LevelsFix&, const LevelsFix&) = default;
};

/// What stays of the programme.
struct TrimFix {
    FrameSpan frames;
    double start = 0; ///< seconds from the start of the programme, half-open [start, end)
    double end = 0;

    friend bool operator==(const TrimFix&, const TrimFix&) = default;
};

/// Corrections of one file, to be made in one run. A value.
struct FixPlan {
    std::optional<SoundFix> sound;
    std::optional<FlashFix> flash;
    std::optional<RedFix> red;
    std::optional<LevelsFix> levels;
    std::optional<TrimFix> trim;
    std::optional<checks::Region> crop; ///< of the picture as stored, even numbers

    [[nodiscard]] bool isEmpty() const { return !sound && !touchesPicture(); }
    [[nodiscard]] bool touchesPicture() const { return flash || red || levels || trim || crop; }
    friend bool operator==(const FixPlan&, const FixPlan&) = default;
};

[[nodiscard]] QJsonObject toJson(const FixPlan& plan);
/// Strict, with bounds on every number. Errors: Invalid.
[[nodiscard]] Result<FixPlan> fixPlanFromJson(const QJsonObject& object);

} // namespace vidimus::transcode
