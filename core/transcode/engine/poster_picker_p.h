#pragma once

#include "core/transcode/engine/av_owners_p.h"
#include "core/transcode/engine/cmaf_init.h"
#include "core/transcode/segment_grid.h"
#include "core/transcode/transcode_request.h"

#include <QByteArray>
#include <cstdint>

namespace vidimus::transcode::engine {

/// How good a picture is as a poster.
struct PosterScore {
    bool hasContent = false; ///< neither nearly black nor nearly of one tone
    double sharpness = 0; ///< mean absolute difference of neighbours
};
[[nodiscard]] PosterScore scorePoster(const AVFrame& picture);

/// Keeps the sharpest picture with content: among those of preferred stretches, else among some around one third of the
/// length, or of the whole film where there is none. One thread.
class PosterPicker {
public:
    PosterPicker(const SegmentGrid& grid, int segmentCount);

    /// Stretches whose pictures come before all others that have content, wherever they are.
    void prefer(const std::vector<TimeSpan>& spans);

    void offer(const AVFrame& picture, std::int64_t ticks);
    /// The chosen picture as a JPEG; empty when none was offered. Errors: Internal.
    [[nodiscard]] Result<QByteArray> finish(const ColourTags& colour);

private:
    [[nodiscard]] bool isPreferred(std::int64_t ticks) const;

    struct Ticks {
        std::int64_t start;
        std::int64_t end;
    };
    std::vector<Ticks> m_preferred;
    std::int64_t m_nextPreferredTicks = 0;
    bool m_bestPreferred = false;
    int m_timescale;
    std::int64_t m_windowStart;
    std::int64_t m_windowEnd;
    std::int64_t m_stride;
    std::int64_t m_nextTicks = 0;
    AvFramePtr m_best;
    PosterScore m_bestScore;
    bool m_bestInWindow = false;
};

/// A 4:2:0 picture of limited range as a JPEG of full range (JFIF). Errors: Internal, Missing.
[[nodiscard]] Result<QByteArray> encodeJpeg(const AVFrame& picture, const ColourTags& colour);

} // namespace vidimus::transcode::engine
