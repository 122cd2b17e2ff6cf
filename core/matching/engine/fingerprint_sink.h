#pragma once

#include "core/matching/engine/dct.h"
#include "core/matching/engine/luma_grid.h"
#include "core/matching/engine/thumbnail.h"
#include "core/matching/fingerprint.h"
#include "core/media/engine/checkpoints.h"
#include "core/media/engine/frame_sink.h"

namespace vidimus {
class StateArchive;
}

namespace vidimus::matching::engine {

/// Which pictures of a video are kept.
struct FingerprintOptions {
    Milliseconds grid {1000}; ///< the first picture at or after each multiple of this, always
    Milliseconds spacing {125}; ///< pictures nearer to the last one that was looked at are passed over
    int drift = 16; ///< bits by which a picture must differ from the last kept one to be kept between the grid's
};

/// Makes the fingerprint of a file from one pass over it; may share the pass with other sinks. Damaged pictures are
/// left out. The pass's thread.
class FingerprintSink : public media::engine::FrameSink {
public:
    explicit FingerprintSink(const FingerprintOptions& options = {});

    /// Before begin(): states of the pass go here from now on.
    void saveTo(media::engine::Checkpoints checkpoints) { m_checkpoints = std::move(checkpoints); }
    /// Before begin(): goes on from a state saved in a pass over the same file. Gives the first picture that is not in
    /// it yet. Errors: Corrupt "resume_refused".
    [[nodiscard]] Result<qint64> resumeFrom(const QByteArray& state);

    [[nodiscard]] std::vector<media::engine::PictureWish> wishes(const media::MediaFacts& facts) const override;
    [[nodiscard]] Result<void> begin(const media::engine::PassStart& start) override;
    [[nodiscard]] Result<void> picture(const media::engine::PictureSet& pictures) override;
    [[nodiscard]] Result<void> end() override;

    /// Once, after end().
    [[nodiscard]] Fingerprint takeFingerprint() { return std::move(m_fingerprint); }

private:
    void keep(const media::FrameView& view, const FingerprintFrame& frame);
    void hashContent();
    [[nodiscard]] Result<void> look(const media::FrameView& view);
    void describe(StateArchive& archive);

    FingerprintOptions m_options;
    std::vector<Turn> m_upright; ///< what brings a coded picture into the way it is shown
    LumaGrid m_grid;
    Fingerprint m_fingerprint;
    std::vector<Thumbnail> m_thumbnails; ///< of the last frames, whose content hash is still to come
    Milliseconds m_nextGrid {0};
    Milliseconds m_nextLook {0};
    qint64 m_nextFrame = 0; ///< pictures before it were seen
    media::engine::Checkpoints m_checkpoints;
    media::engine::CheckpointClock m_checkpointClock;
};

} // namespace vidimus::matching::engine
