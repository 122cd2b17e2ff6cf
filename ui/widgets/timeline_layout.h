#pragma once

#include "ui/widgets/timeline_data.h"

#include <QRect>

namespace vidimus::ui::widgets {

/// Where each lane of a timeline lies, and frame ↔ x. Pure.
struct TimelineLayout {
    static constexpr int kGutter = 104;

    QRect ruler;
    QRect film;
    QRect sound;
    QRect shots; ///< empty without shots
    std::vector<QRect> findings;
    QRect talk; ///< empty when narrow, or when nobody said anything
    QRect watched;
    QRect content; ///< all lanes without the gutter
    int height = 0;
    FrameSpan shown;

    /// What there is to be shown; a lane without anything in it is left out.
    struct Lanes {
        int findings = 0;
        bool shots = false;
        bool talk = false;
    };

    [[nodiscard]] static TimelineLayout compute(int width, Lanes lanes, bool narrow, FrameSpan shown);
    /// Left edge of a frame; outside the content for frames that are not shown.
    [[nodiscard]] double xOf(qint64 frame) const;
    /// The frame at x, clamped to what is shown.
    [[nodiscard]] qint64 frameAt(double x) const;
    /// A bar in its lane: lane height −7, at least 3 px wide.
    [[nodiscard]] QRectF barRect(const QRect& lane, FrameSpan span) const;
};

/// Frames between two labels of the ruler, so that labels stand at least \a minPixels apart: 1, 2, 5, 10, 15, 30 s, 1,
/// 2, 5, 10, 15, 30 min, 1, 2, 6, 12, 24 h. At least 1.
[[nodiscard]] qint64 rulerStep(Rational framesPerSecond, double pixelsPerFrame, double minPixels);

} // namespace vidimus::ui::widgets
