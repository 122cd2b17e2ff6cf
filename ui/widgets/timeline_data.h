#pragma once

#include "core/base/rational.h"
#include "ui/widgets/painting.h"

#include <QImage>
#include <QString>
#include <optional>
#include <vector>

namespace vidimus::ui::widgets {

/// Frames are 0-based in presentation order; spans are half-open [first, end).
struct FrameSpan {
    qint64 first = 0;
    qint64 end = 0;
    friend bool operator==(const FrameSpan&, const FrameSpan&) = default;
};

struct TimelineBar {
    QString id; ///< given back by findingChosen()
    FrameSpan span;
    SeverityPattern severity = SeverityPattern::Solid;
    QString text; ///< "Weapon, staff, blade, high, 91 %": for tooltip, table twin and screen reader
};

/// One kind of finding.
struct TimelineLane {
    QString name;
    int colorIndex = 0; ///< into Tokens::lanes, taken modulo 7
    std::vector<TimelineBar> bars;
};

struct TimelineMark {
    QString id;
    qint64 frame = 0;
    bool isComment = true; ///< a dot; otherwise a marker (diamond)
    bool isMine = false; ///< accent
    QString text;
};

enum class WatchedSpeed { Normal, Fast }; ///< up to 1×: solid; up to 4×: hatched

struct WatchedSpan {
    FrameSpan span;
    WatchedSpeed speed = WatchedSpeed::Normal;
};

/// Everything that the timeline shows but the playhead. A value.
struct TimelineData {
    qint64 frameCount = 0;
    Rational framesPerSecond {25, 1};
    std::vector<QImage> film; ///< equally spaced pictures
    std::vector<float> waveform; ///< peak per equal slice, 0..1
    std::vector<float> loudness; ///< line over the waveform, 0..1; may be empty
    QString loudnessText; ///< "−23", LUFS integrated
    std::vector<qint64> shotStarts;
    std::vector<TimelineLane> lanes;
    std::vector<TimelineMark> marks;
    std::vector<WatchedSpan> watched;
    std::optional<FrameSpan> unreadable;
};

} // namespace vidimus::ui::widgets
