#include "core/transcode/engine/picture_pipeline_p.h"

namespace vidimus::transcode::engine {

namespace {

std::int64_t nominalTicks(const Plan& plan)
{
    return scaleRounded(plan.grid.timescale, plan.frameRate.den, plan.frameRate.num);
}

PictureShape shapeOfRung(const PlannedRendition& rendition, const ColourTags& colour)
{
    return {.format = AV_PIX_FMT_YUV420P, .width = rendition.width, .height = rendition.height, .colour = colour};
}

} // namespace

PicturePipeline::PicturePipeline(const Plan& plan, const ColourTags& streamColour, const ColourTags& targetColour,
    std::vector<std::unique_ptr<RenditionTrack>> tracks, OutputWriter& writer)
    : m_plan(plan)
    , m_streamColour(streamColour)
    , m_targetColour(targetColour)
    , m_tracks(std::move(tracks))
    , m_writer(writer)
    , m_timeline(plan.grid, nominalTicks(plan))
    , m_poster(plan.grid, plan.segmentCount)
    , m_scalers(plan.renditions.size())
    , m_scaled(plan.renditions.size())
{
}

Result<void> PicturePipeline::picture(const AVFrame& decoded, std::int64_t ticks)
{
    if (!m_plan.deinterlace)
        return place(decoded, ticks);
    if (!m_deinterlacer || !m_deinterlacer->fits(decoded)) {
        if (auto drained = drainDeinterlacer(); !drained)
            return drained;
        auto made = Deinterlacer::create(decoded, m_plan.grid.timescale);
        if (!made)
            return std::move(made).error();
        m_deinterlacer.emplace(*std::move(made));
    }
    return m_deinterlacer->push(
        &decoded, ticks, [this](const AVFrame& whole, std::int64_t at) { return place(whole, at); });
}

Result<void> PicturePipeline::drainDeinterlacer()
{
    if (!m_deinterlacer)
        return {};
    auto drained
        = m_deinterlacer->push(nullptr, 0, [this](const AVFrame& whole, std::int64_t at) { return place(whole, at); });
    m_deinterlacer.reset();
    return drained;
}

Result<void> PicturePipeline::place(const AVFrame& upright, std::int64_t ticks)
{
    // Where the first pictures were lost, the first one that is left stands in for them.
    const std::int64_t shownAt = m_timeline.pictures() == 0 ? 0 : ticks;
    const auto showings = m_timeline.next(shownAt);
    if (!showings)
        return showings.error();
    if (!*showings)
        return {};
    if (auto distributed = distribute(**showings); !distributed)
        return distributed;
    return scale(upright);
}

Result<AvFramePtr> PicturePipeline::scaleLargest(const AVFrame& decoded)
{
    const PictureShape shape = shapeOf(decoded, m_streamColour);
    const PlannedRendition& largest = m_plan.renditions.front();
    const media::Orientation orientation {.clockwiseDegrees = m_plan.rotation, .mirrored = m_plan.mirrored};
    PictureShape wanted = shapeOfRung(largest, shape.colour);
    wanted.colour.matrix = m_targetColour.matrix;
    wanted.colour.fullRange = false;
    const bool sameMatrix = outputColour(shape).matrix == m_targetColour.matrix;
    if (orientation == media::Orientation {} && sameMatrix && !shape.colour.fullRange && shape.format == wanted.format
        && shape.width == wanted.width && shape.height == wanted.height)
        return shareFrame(decoded);
    if (!m_scalers.front() || !(shape == m_shape)) {
        auto scaler = PictureScaler::create(shape, m_targetColour, largest.width, largest.height, orientation);
        if (!scaler)
            return std::move(scaler).error();
        m_scalers.front().emplace(*std::move(scaler));
        m_shape = shape;
    }
    return m_scalers.front()->scale(planesOf(decoded));
}

Result<void> PicturePipeline::scale(const AVFrame& decoded)
{
    auto largest = scaleLargest(decoded);
    if (!largest)
        return std::move(largest).error();
    m_scaled.front() = *std::move(largest);
    for (std::size_t i = 1; i < m_scaled.size(); ++i) {
        const PlannedRendition& rendition = m_plan.renditions[i];
        const PictureShape above = shapeOfRung(m_plan.renditions[i - 1], m_targetColour);
        if (above.width == rendition.width && above.height == rendition.height) {
            auto shared = shareFrame(*m_scaled[i - 1]);
            if (!shared)
                return std::move(shared).error();
            m_scaled[i] = *std::move(shared);
            continue;
        }
        if (!m_scalers[i]) {
            auto scaler = PictureScaler::create(above, m_targetColour, rendition.width, rendition.height, {});
            if (!scaler)
                return std::move(scaler).error();
            m_scalers[i].emplace(*std::move(scaler));
        }
        auto scaled = m_scalers[i]->scale(planesOf(*m_scaled[i - 1]));
        if (!scaled)
            return std::move(scaled).error();
        m_scaled[i] = *std::move(scaled);
    }
    return {};
}

Result<void> PicturePipeline::distribute(const std::vector<Showing>& showings)
{
    if (!showings.empty())
        m_poster.offer(*m_scaled.front(), showings.front().ticks);
    for (const Showing& showing : showings) {
        for (std::size_t i = 0; i < m_tracks.size(); ++i) {
            if (m_writer.has({OutputKind::VideoSegment, static_cast<int>(i), showing.segment}))
                continue;
            auto picture = shareFrame(*m_scaled[i]);
            if (!picture)
                return std::move(picture).error();
            if (auto pushed = m_tracks[i]->push({*std::move(picture), showing}); !pushed)
                return pushed;
        }
    }
    return {};
}

Result<void> PicturePipeline::finish(std::int64_t minimumEnd)
{
    if (auto drained = drainDeinterlacer(); !drained)
        return drained;
    const auto showings = m_timeline.finish(minimumEnd);
    if (!showings)
        return showings.error();
    if (auto distributed = distribute(*showings); !distributed)
        return distributed;
    for (const auto& track : m_tracks) {
        if (auto finished = track->finish(); !finished)
            return finished;
    }
    const OutputKey key {OutputKind::Poster, 0, 0};
    if (m_writer.has(key))
        return {};
    const auto poster = m_poster.finish(m_targetColour);
    if (!poster)
        return poster.error();
    return poster->isEmpty() ? Result<void>() : m_writer.write({.key = key}, *poster);
}

} // namespace vidimus::transcode::engine
