#include "core/transcode/engine/nal_units.h"
#include "core/transcode/engine/rendition_track_p.h"
#include "core/transcode/hls_manifest.h"

namespace vidimus::transcode::engine {

namespace {

constexpr std::size_t kQueuedPictures = 12; // evens out the encoder's uneven pace
constexpr std::int64_t kReorderedPictures = 2; // B-frames that are referred to need two

// How far decoding runs ahead of showing; at a variable rate two pictures may be long.
std::int64_t reorderTicks(const VideoEncoderSettings& settings)
{
    if (!settings.constantRate)
        return settings.timescale / 2;
    return scaleRounded(kReorderedPictures * settings.timescale, settings.frameRate.den, settings.frameRate.num);
}

} // namespace

RenditionTrack::RenditionTrack(int rendition, const RegisteredEncoder& encoder, VideoEncoderSettings settings,
    int qualityInterval, OutputWriter& writer)
    : m_rendition(rendition)
    , m_encoder(encoder)
    , m_settings(std::move(settings))
    , m_qualityInterval(qualityInterval)
    , m_writer(writer)
{
}

RenditionTrack::~RenditionTrack()
{
    m_thread.request_stop();
}

Result<void> RenditionTrack::start()
{
    const auto opened = m_encoder.create(m_settings);
    if (!opened)
        return opened.error();
    m_header = (*opened)->globalHeader();
    const auto sets = parameterSetsOf(m_header);
    if (!sets)
        return sets.error();
    m_codecString = avcCodecString(sets->sequence);
    const OutputKey key {OutputKind::VideoInit, m_rendition, 0};
    if (!m_writer.has(key)) {
        const QByteArray init = videoInitSegment({.timescale = m_settings.timescale,
            .width = m_settings.rendition.width,
            .height = m_settings.rendition.height,
            .reorderTicks = reorderTicks(m_settings),
            .avcConfiguration = avcConfiguration(*sets),
            .colour = m_settings.colour});
        if (auto written = m_writer.write({.key = key}, init); !written)
            return written;
    }
    m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
    return {};
}

Result<void> RenditionTrack::push(TimedPicture timed)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_queue.size() < kQueuedPictures || m_error; });
    if (m_error)
        return *m_error;
    m_queue.push_back(std::move(timed));
    m_changed.notify_all();
    return {};
}

Result<void> RenditionTrack::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        m_changed.notify_all();
    }
    if (m_thread.joinable())
        m_thread.join();
    return m_error ? Result<void>(*m_error) : Result<void>();
}

void RenditionTrack::work(const std::stop_token& stop)
{
    Result<void> result;
    for (;;) {
        TimedPicture timed;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, stop, [this] { return !m_queue.empty() || m_ended; });
            if (stop.stop_requested())
                return;
            if (m_queue.empty())
                break;
            timed = std::move(m_queue.front());
            m_queue.pop_front();
            m_changed.notify_all();
        }
        result = encode(timed);
        if (!result)
            break;
    }
    if (result)
        result = closeSegment();
    if (!result) {
        const std::lock_guard lock(m_mutex);
        m_error = result.error();
        m_queue.clear();
        m_changed.notify_all();
    }
}

SegmentRun::Quality RenditionTrack::qualityOf(int segment) const
{
    return m_qualityInterval > 0 && segment % m_qualityInterval == 0 ? SegmentRun::Quality::Measure
                                                                     : SegmentRun::Quality::Skip;
}

Result<void> RenditionTrack::encode(const TimedPicture& timed)
{
    if (timed.showing.segment != m_segment) {
        if (auto closed = closeSegment(); !closed)
            return closed;
        m_segment = timed.showing.segment;
        auto run = SegmentRun::create(m_encoder, m_settings, m_header, qualityOf(m_segment));
        if (!run)
            return std::move(run).error();
        m_run.emplace(*std::move(run));
    }
    return m_run->add(timed);
}

Result<void> RenditionTrack::closeSegment()
{
    if (!m_run)
        return {};
    SegmentFacts facts;
    const auto bytes = m_run->finish(m_segment, reorderTicks(m_settings), facts);
    m_run.reset();
    if (!bytes)
        return bytes.error();
    return m_writer.write({.key = {OutputKind::VideoSegment, m_rendition, m_segment},
                              .startTicks = facts.startTicks,
                              .durationTicks = facts.durationTicks,
                              .samples = facts.pictures,
                              .measuredFrames = facts.quality.pictures,
                              .ssimSum = facts.quality.ssim,
                              .squaredErrorSum = facts.quality.squaredError},
        *bytes);
}

} // namespace vidimus::transcode::engine
