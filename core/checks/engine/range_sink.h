#pragma once

#include "core/checks/engine/run_checks.h"
#include "core/media/engine/frame_sink.h"

namespace vidimus::checks::engine {

/// Shows a part of a file to a sink as if it were all of it: frames are counted from the part's first one. Times stay
/// those of the file. The pass must be limited to the same frames.
class RangeSink : public media::engine::FrameSink {
public:
    /// Frames [\a first, \a end). \a inner must outlive this.
    RangeSink(media::engine::FrameSink& inner, qint64 first, qint64 end);

    [[nodiscard]] std::vector<media::engine::PictureWish> wishes(const media::MediaFacts& facts) const override;
    [[nodiscard]] media::engine::AudioWish audioWish() const override;
    [[nodiscard]] Result<void> begin(const media::engine::PassStart& start) override;
    [[nodiscard]] Result<void> picture(const media::engine::PictureSet& pictures) override;
    [[nodiscard]] Result<void> audio(const media::AudioView& view) override;
    [[nodiscard]] Result<void> damaged(const media::engine::DamagedRange& range) override;
    [[nodiscard]] Result<void> end() override;

private:
    media::engine::FrameSink& m_inner;
    qint64 m_first;
    qint64 m_end;
    media::FrameIndex m_index;
    std::vector<media::FrameView> m_views;
};

/// runChecks() of frames [\a first, \a end) and the sound of that time. Findings count frames from \a first.
/// Errors also: Invalid "bad_range".
[[nodiscard]] Result<CheckRun> runChecksOfFrames(media::engine::Input& input, const Profile& profile, qint64 first,
    qint64 end, const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::checks::engine
