#pragma once

#include "core/transcode/engine/deinterlacer_p.h"
#include "core/transcode/engine/frame_timeline.h"
#include "core/transcode/engine/picture_scaler_p.h"
#include "core/transcode/engine/poster_picker_p.h"
#include "core/transcode/engine/rendition_track_p.h"

namespace vidimus::transcode::engine {

/// Decoded pictures in; each rung's pictures out, scaled from the next larger rung. Runs on the thread of the pass;
/// each rung encodes on its own.
class PicturePipeline {
public:
    PicturePipeline(const Plan& plan, const ColourTags& streamColour, const ColourTags& targetColour,
        std::vector<std::unique_ptr<RenditionTrack>> tracks, OutputWriter& writer);

    /// \a ticks from the grid's zero; pictures that are not later than the last are dropped.
    [[nodiscard]] Result<void> picture(const AVFrame& decoded, std::int64_t ticks);
    /// Shows the last picture until \a minimumEnd at least, ends the tracks and writes the poster.
    [[nodiscard]] Result<void> finish(std::int64_t minimumEnd);

    [[nodiscard]] PosterPicker& poster() { return m_poster; }
    [[nodiscard]] int pictures() const { return m_timeline.pictures(); }
    [[nodiscard]] std::int64_t end() const { return m_timeline.end(); }
    [[nodiscard]] const RenditionTrack& track(std::size_t rendition) const { return *m_tracks.at(rendition); }

private:
    [[nodiscard]] Result<void> place(const AVFrame& upright, std::int64_t ticks);
    [[nodiscard]] Result<void> scale(const AVFrame& decoded);
    [[nodiscard]] Result<AvFramePtr> scaleLargest(const AVFrame& decoded);
    [[nodiscard]] Result<void> distribute(const std::vector<Showing>& showings);
    [[nodiscard]] Result<void> drainDeinterlacer();

    const Plan& m_plan;
    ColourTags m_streamColour;
    ColourTags m_targetColour;
    std::vector<std::unique_ptr<RenditionTrack>> m_tracks;
    OutputWriter& m_writer;
    FrameTimeline m_timeline;
    PosterPicker m_poster;
    std::optional<Deinterlacer> m_deinterlacer;
    PictureShape m_shape;
    std::vector<std::optional<PictureScaler>> m_scalers; ///< by rung; the first follows m_shape
    std::vector<AvFramePtr> m_scaled; ///< the last picture, by rung
};

} // namespace vidimus::transcode::engine
