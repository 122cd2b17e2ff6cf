#pragma once

#include "core/media/engine/frame_sink.h"
#include "core/transcode/engine/picture_pipeline_p.h"
#include "core/transcode/engine/sound_track_p.h"
#include "core/transcode/transcode_request.h"

namespace vidimus::transcode::engine {

/// The transcoder's end of a pass: puts picture and sound on the grid's timeline. The zero is the first shown picture,
/// or the first sound where there is no picture.
class TranscodeSink : public media::engine::FrameSink {
public:
    TranscodeSink(const Plan& plan, const RegisteredEncoder& encoder, int qualityInterval, OutputWriter& writer);

    /// Before the pass: where a poster is best taken from.
    void preferPosterFrom(std::vector<TimeSpan> spans) { m_posterSpans = std::move(spans); }

    [[nodiscard]] std::vector<media::engine::PictureWish> wishes(const media::MediaFacts&) const override
    {
        return {{}};
    }
    [[nodiscard]] media::engine::AudioWish audioWish() const override;
    [[nodiscard]] Result<void> begin(const media::engine::PassStart& start) override;
    [[nodiscard]] Result<void> picture(const media::engine::PictureSet& set) override;
    [[nodiscard]] Result<void> audio(const media::AudioView& sound) override;
    [[nodiscard]] Result<void> end() override;

    [[nodiscard]] int pictures() const { return m_pipeline ? m_pipeline->pictures() : 0; }
    [[nodiscard]] double endSeconds() const { return m_endSeconds; }
    [[nodiscard]] const RenditionTrack& track(std::size_t rendition) const { return m_pipeline->track(rendition); }

private:
    [[nodiscard]] Result<void> openPicture(const media::VideoStream& video);

    const Plan& m_plan;
    const RegisteredEncoder& m_encoder;
    int m_qualityInterval;
    OutputWriter& m_writer;
    std::vector<TimeSpan> m_posterSpans;
    std::optional<Rational> m_zero;
    std::unique_ptr<PicturePipeline> m_pipeline;
    std::unique_ptr<SoundTrack> m_sound;
    double m_endSeconds = 0;
};

} // namespace vidimus::transcode::engine
