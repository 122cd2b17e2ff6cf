#pragma once

#include "core/transcode/engine/av_owners_p.h"
#include "core/transcode/engine/cmaf_init.h"
#include "core/transcode/segment_grid.h"

#include <QByteArray>
#include <cstdint>

namespace vidimus::transcode::engine {

/// How good a picture is as a poster.
struct PosterScore {
    bool hasContent = false; ///< neither nearly black nor nearly of one tone
    double sharpness = 0; ///< mean absolute difference of neighbours
};
[[nodiscard]] PosterScore scorePoster(const AVFrame& picture);

/// Keeps the sharpest picture with content among some around one third of the length, or of the whole film where there
/// is none. One thread.
class PosterPicker {
public:
    PosterPicker(const SegmentGrid& grid, int segmentCount);

    void offer(const AVFrame& picture, std::int64_t ticks);
    /// The chosen picture as a JPEG; empty when none was offered. Errors: Internal.
    [[nodiscard]] Result<QByteArray> finish(const ColourTags& colour);

private:
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
