#include "core/transcode/engine/cmaf_init.h"
#include "core/transcode/engine/cmaf_segment.h"
#include "core/transcode/engine/sound_track_p.h"

#include <array>
#include <cmath>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kTolerance = 0.05; // seconds; timestamps of sound wander by less
constexpr double kLongestHole = 600; // seconds; a larger jump is a broken timestamp, not silence

AVChannel channelOf(media::ChannelRole role)
{
    switch (role) {
    case media::ChannelRole::FrontLeft:
        return AV_CHAN_FRONT_LEFT;
    case media::ChannelRole::FrontRight:
        return AV_CHAN_FRONT_RIGHT;
    case media::ChannelRole::FrontCenter:
        return AV_CHAN_FRONT_CENTER;
    case media::ChannelRole::LowFrequency:
        return AV_CHAN_LOW_FREQUENCY;
    case media::ChannelRole::BackLeft:
        return AV_CHAN_BACK_LEFT;
    case media::ChannelRole::BackRight:
        return AV_CHAN_BACK_RIGHT;
    case media::ChannelRole::SideLeft:
        return AV_CHAN_SIDE_LEFT;
    case media::ChannelRole::SideRight:
        return AV_CHAN_SIDE_RIGHT;
    case media::ChannelRole::BackCenter:
        return AV_CHAN_BACK_CENTER;
    case media::ChannelRole::FrontLeftOfCenter:
        return AV_CHAN_FRONT_LEFT_OF_CENTER;
    case media::ChannelRole::FrontRightOfCenter:
        return AV_CHAN_FRONT_RIGHT_OF_CENTER;
    case media::ChannelRole::Other:
        return AV_CHAN_NONE;
    }
    return AV_CHAN_NONE;
}

// The channels by their roles where these stand in libav's order, else the usual layout of that many channels.
AVChannelLayout channelLayoutOf(const media::AudioView& sound)
{
    std::uint64_t mask = 0;
    bool ordered = sound.roles.size() == static_cast<std::size_t>(sound.channels);
    for (const media::ChannelRole role : sound.roles) {
        const AVChannel channel = channelOf(role);
        const std::uint64_t bit = channel == AV_CHAN_NONE ? 0 : std::uint64_t {1} << channel;
        ordered = ordered && bit > mask; // each role is a higher bit than all before it
        mask |= bit;
    }
    AVChannelLayout layout {};
    if (!ordered || av_channel_layout_from_mask(&layout, mask) < 0)
        av_channel_layout_default(&layout, sound.channels);
    return layout;
}

} // namespace

SoundTrack::SoundTrack(AacEncoder encoder, const PlannedSound& sound, const SegmentGrid& grid, OutputWriter& writer)
    : m_encoder(std::move(encoder))
    , m_sound(sound)
    , m_grid(grid)
    , m_writer(writer)
    , m_waiting(static_cast<std::size_t>(sound.channels))
{
}

Result<std::unique_ptr<SoundTrack>> SoundTrack::create(
    const PlannedSound& sound, const SegmentGrid& grid, OutputWriter& writer)
{
    auto encoder = AacEncoder::create(sound);
    if (!encoder)
        return std::move(encoder).error();
    const OutputKey key {OutputKind::AudioInit, 0, 0};
    if (!writer.has(key)) {
        const QByteArray init = soundInitSegment({.sampleRate = sound.sampleRate,
            .channels = sound.channels,
            .audioSpecificConfig = encoder->audioSpecificConfig(),
            .bitRate = sound.bitRate});
        if (auto written = writer.write({.key = key}, init); !written)
            return std::move(written).error();
    }
    return std::unique_ptr<SoundTrack>(new SoundTrack(*std::move(encoder), sound, grid, writer));
}

std::int64_t SoundTrack::firstFrameOf(int segment) const
{
    return scaleRounded(
        m_grid.startOf(segment), m_sound.sampleRate, std::int64_t {m_grid.timescale} * kAacFrameSamples);
}

Result<void> SoundTrack::openResampler(const media::AudioView& sound)
{
    if (m_resampler) {
        if (auto drained = resample(nullptr, 0); !drained)
            return drained;
        m_sourceStart += static_cast<double>(m_sourceSamples) / m_sourceRate;
    }
    AVChannelLayout from = channelLayoutOf(sound);
    AVChannelLayout to {};
    av_channel_layout_default(&to, m_sound.channels);
    SwrContext* context = nullptr;
    int code = swr_alloc_set_opts2(
        &context, &to, AV_SAMPLE_FMT_FLTP, m_sound.sampleRate, &from, AV_SAMPLE_FMT_FLT, sound.sampleRate, 0, nullptr);
    m_resampler.reset(context);
    if (code >= 0)
        code = swr_init(context);
    if (code < 0)
        return avError("swr_init", code, ErrorCode::Unsupported);
    m_sourceRate = sound.sampleRate;
    m_sourceChannels = sound.channels;
    m_sourceSamples = 0;
    return {};
}

Result<void> SoundTrack::resample(const float* samples, std::int64_t count)
{
    const auto* in = reinterpret_cast<const std::uint8_t*>(samples);
    const int room = swr_get_out_samples(m_resampler.get(), static_cast<int>(count));
    if (room < 0)
        return avError("swr_get_out_samples", room);
    std::array<std::vector<float>, 2> out; // a ladder has at most two channels
    std::array<std::uint8_t*, 2> outPlanes {};
    for (std::size_t i = 0; i < m_waiting.size(); ++i) {
        out[i].resize(static_cast<std::size_t>(room));
        outPlanes[i] = reinterpret_cast<std::uint8_t*>(out[i].data());
    }
    const int got = swr_convert(
        m_resampler.get(), outPlanes.data(), room, samples == nullptr ? nullptr : &in, static_cast<int>(count));
    if (got < 0)
        return avError("swr_convert", got);
    for (std::size_t i = 0; i < m_waiting.size(); ++i)
        m_waiting[i].insert(m_waiting[i].end(), out[i].begin(), out[i].begin() + got);
    m_sourceSamples += count;
    return encodeWholeFrames();
}

Result<void> SoundTrack::fillWithSilence(std::int64_t samples)
{
    constexpr std::int64_t kBlock = 8'192;
    const std::vector<float> silence(static_cast<std::size_t>(kBlock * m_sourceChannels));
    for (; samples > 0; samples -= kBlock) {
        if (auto fed = resample(silence.data(), std::min(samples, kBlock)); !fed)
            return fed;
    }
    return {};
}

Result<void> SoundTrack::push(double start, const media::AudioView& sound)
{
    const auto samples = static_cast<std::int64_t>(sound.frames());
    if (samples == 0 || sound.sampleRate <= 0)
        return {};
    if (!m_resampler || sound.sampleRate != m_sourceRate || sound.channels != m_sourceChannels) {
        if (auto opened = openResampler(sound); !opened)
            return opened;
    }
    const double expected = m_sourceStart + static_cast<double>(m_sourceSamples) / m_sourceRate;
    const double hole = start - expected;
    const bool first = m_sourceSamples == 0 && m_sourceStart == 0; // the very beginning is exact
    const double tolerance = first ? 0 : kTolerance;
    std::int64_t skip = 0;
    if (hole > tolerance && hole <= kLongestHole) {
        if (auto filled = fillWithSilence(std::llround(hole * m_sourceRate)); !filled)
            return filled;
    } else if (hole < -tolerance && hole >= -kLongestHole) {
        skip = std::min(samples, static_cast<std::int64_t>(std::llround(-hole * m_sourceRate)));
    }
    if (skip == samples)
        return {};
    return resample(sound.samples.data() + skip * sound.channels, samples - skip);
}

Result<void> SoundTrack::encodeWholeFrames()
{
    const std::size_t available = m_waiting.front().size();
    std::size_t used = 0;
    std::vector<QByteArray> frames;
    while (available - used >= kAacFrameSamples) {
        std::vector<const float*> block;
        for (const std::vector<float>& channel : m_waiting)
            block.push_back(channel.data() + used);
        if (auto encoded = m_encoder.encode(block, frames); !encoded)
            return encoded;
        used += kAacFrameSamples;
    }
    for (std::vector<float>& channel : m_waiting)
        channel.erase(channel.begin(), channel.begin() + static_cast<std::ptrdiff_t>(used));
    m_encodedSamples += static_cast<std::int64_t>(used);
    return takeFrames(frames);
}

Result<void> SoundTrack::takeFrames(std::vector<QByteArray>& frames)
{
    for (const QByteArray& frame : frames) {
        if (!std::exchange(m_delayDropped, true))
            continue;
        if (m_frame >= firstFrameOf(m_segment + 1)) {
            if (auto written = writeSegment(); !written)
                return written;
        }
        m_frameBytes.push_back(static_cast<std::uint32_t>(frame.size()));
        m_data += frame;
        ++m_frame;
    }
    return {};
}

Result<void> SoundTrack::writeSegment()
{
    const OutputKey key {OutputKind::AudioSegment, 0, m_segment};
    if (!m_frameBytes.empty() && !m_writer.has(key)) {
        const std::int64_t startTicks = m_segmentStart * kAacFrameSamples;
        const QByteArray bytes
            = soundSegment(static_cast<std::uint32_t>(m_segment + 1), startTicks, m_frameBytes, m_data);
        const FinishedOutput draft {.key = key,
            .startTicks = startTicks,
            .durationTicks = static_cast<qint64>(m_frameBytes.size()) * kAacFrameSamples,
            .samples = static_cast<int>(m_frameBytes.size())};
        if (auto written = m_writer.write(draft, bytes); !written)
            return written;
    }
    ++m_segment;
    m_segmentStart = m_frame;
    m_frameBytes.clear();
    m_data.clear();
    return {};
}

Result<double> SoundTrack::drain()
{
    if (m_resampler) {
        if (auto flushed = resample(nullptr, 0); !flushed)
            return flushed.error();
    }
    return static_cast<double>(m_encodedSamples + static_cast<std::int64_t>(m_waiting.front().size()))
        / m_sound.sampleRate;
}

Result<void> SoundTrack::finish(double end)
{
    const auto samples = static_cast<std::int64_t>(std::ceil(end * m_sound.sampleRate - 1e-6));
    const auto wanted = (samples + kAacFrameSamples - 1) / kAacFrameSamples * kAacFrameSamples;
    while (m_encodedSamples < wanted) {
        for (std::vector<float>& channel : m_waiting)
            channel.resize(kAacFrameSamples);
        if (auto encoded = encodeWholeFrames(); !encoded)
            return encoded;
    }
    std::vector<QByteArray> frames;
    if (auto flushed = m_encoder.encode({}, frames); !flushed)
        return flushed;
    if (auto taken = takeFrames(frames); !taken)
        return taken;
    if (m_frame * kAacFrameSamples != m_encodedSamples)
        return Error {ErrorCode::Internal, u"%1 samples gave %2 AAC frames."_s.arg(m_encodedSamples).arg(m_frame),
            "encoder_lost_frames"};
    return writeSegment();
}

} // namespace vidimus::transcode::engine
