#pragma once

#include "core/media/engine/input.h"
#include "core/transcode/engine/flash_envelope.h"
#include "core/transcode/fix_plan.h"

struct AVFrame;

namespace vidimus::transcode::engine {

/// Dims flashing: one pass over the spans measures the light of cells as the flash check does, then each picture in
/// them is multiplied by smooth gains. One thread.
class FlashDimmer {
public:
    /// Decodes the spans and half a second around them. Leaves the input rewound. Errors: of media::engine::runPass(),
    /// Invalid "unknown_standard".
    [[nodiscard]] static Result<FlashDimmer> study(
        media::engine::Input& input, const FlashFix& fix, const CancelToken& cancel, const ProgressSink& progress);

    /// Whether frame \a number is one that is dimmed.
    [[nodiscard]] bool touches(qint64 number) const;
    /// \a frame must be planar YUV and writable.
    void apply(AVFrame& frame, qint64 number) const;

private:
    /// A span with what was measured around it.
    struct Scene {
        FrameSpan span;
        qint64 firstMeasured = 0;
        CellFilm film;
    };
    [[nodiscard]] const Scene* sceneOf(qint64 number) const;

    std::vector<Scene> m_scenes;
    int m_side = 1; ///< pixels of a cell
    int m_columns = 0;
    int m_rows = 0;

    friend class CellSink;
};

} // namespace vidimus::transcode::engine
