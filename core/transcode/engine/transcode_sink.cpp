#include "core/transcode/engine/media_ticks.h"
#include "core/transcode/engine/transcode_sink_p.h"

#include <cmath>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

ColourTags coloursOf(const media::ColorTags& tags)
{
    return {.primaries = tags.primaries,
        .transfer = tags.transfer,
        .matrix = tags.matrix,
        .fullRange = tags.range == media::ColorRange::Full};
}

double secondsBetween(Rational zero, Rational time)
{
    return time.toDouble() - zero.toDouble();
}

} // namespace

TranscodeSink::TranscodeSink(
    const Plan& plan, const RegisteredEncoder& encoder, int qualityInterval, OutputWriter& writer)
    : m_plan(plan)
    , m_encoder(encoder)
    , m_qualityInterval(qualityInterval)
    , m_writer(writer)
{
}

media::engine::AudioWish TranscodeSink::audioWish() const
{
    return m_plan.sound ? media::engine::AudioWish::Best : media::engine::AudioWish::None;
}

Result<void> TranscodeSink::openPicture(const media::VideoStream& video)
{
    const ColourTags streamColour = coloursOf(video.color);
    const ColourTags targetColour = outputColour(
        {.format = AV_PIX_FMT_YUV420P, .width = video.width, .height = video.height, .colour = streamColour});
    std::vector<std::unique_ptr<RenditionTrack>> tracks;
    for (std::size_t i = 0; i < m_plan.renditions.size(); ++i) {
        VideoEncoderSettings settings {.rendition = m_plan.renditions[i],
            .preset = m_plan.preset,
            .timescale = m_plan.grid.timescale,
            .frameRate = m_plan.frameRate,
            .constantRate = m_plan.constantRate,
            .segmentSeconds = m_plan.grid.length.toDouble(),
            .colour = targetColour};
        tracks.push_back(std::make_unique<RenditionTrack>(
            static_cast<int>(i), m_encoder, std::move(settings), m_qualityInterval, m_writer));
        if (auto started = tracks.back()->start(); !started)
            return started;
    }
    m_pipeline = std::make_unique<PicturePipeline>(m_plan, streamColour, targetColour, std::move(tracks), m_writer);
    m_pipeline->poster().prefer(m_posterSpans);
    return {};
}

Result<void> TranscodeSink::begin(const media::engine::PassStart& start)
{
    const media::VideoStream* video = start.facts.programmeVideo();
    if (!m_plan.renditions.empty()) {
        if (video == nullptr || start.index.isEmpty())
            return Error {ErrorCode::Invalid, u"There are no pictures, though the request says so."_s, "no_frames"};
        m_zero = start.index.timeOf(0);
        if (auto opened = openPicture(*video); !opened)
            return opened;
    }
    if (m_plan.sound) {
        auto sound = SoundTrack::create(*m_plan.sound, m_plan.grid, m_writer);
        if (!sound)
            return std::move(sound).error();
        m_sound = *std::move(sound);
    }
    return {};
}

Result<void> TranscodeSink::picture(const media::engine::PictureSet& set)
{
    if (!m_pipeline)
        return {};
    const media::FrameView& view = set[0];
    return m_pipeline->picture(*set.decoded, pictureTicks(m_plan, view.time, *m_zero));
}

Result<void> TranscodeSink::audio(const media::AudioView& sound)
{
    if (!m_sound)
        return {};
    if (!m_zero)
        m_zero = sound.time;
    return m_sound->push(secondsBetween(*m_zero, sound.time), sound);
}

Result<void> TranscodeSink::end()
{
    double soundEnd = 0;
    if (m_sound) {
        const auto drained = m_sound->drain();
        if (!drained)
            return drained.error();
        soundEnd = *drained;
    }
    m_endSeconds = soundEnd;
    if (m_pipeline) {
        const auto minimumEnd = static_cast<std::int64_t>(std::floor(soundEnd * m_plan.grid.timescale));
        if (auto finished = m_pipeline->finish(minimumEnd); !finished)
            return finished;
        if (m_pipeline->pictures() == 0)
            return Error {ErrorCode::Corrupt, u"No picture could be decoded."_s, "no_frames"};
        m_endSeconds = static_cast<double>(m_pipeline->end()) / m_plan.grid.timescale;
    }
    return m_sound ? m_sound->finish(m_endSeconds) : Result<void>();
}

} // namespace vidimus::transcode::engine
