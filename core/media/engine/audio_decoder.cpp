#include "core/media/engine/audio_decoder_p.h"

#include "core/media/engine/video_decoder_p.h"
#include "core/media/frame_source.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

#include <algorithm>
#include <array>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxChannels = 64;

struct RoleRow {
    AVChannel av;
    ChannelRole ours;
};
constexpr std::array kRoles {
    RoleRow {AV_CHAN_FRONT_LEFT, ChannelRole::FrontLeft},
    RoleRow {AV_CHAN_FRONT_RIGHT, ChannelRole::FrontRight},
    RoleRow {AV_CHAN_FRONT_CENTER, ChannelRole::FrontCenter},
    RoleRow {AV_CHAN_LOW_FREQUENCY, ChannelRole::LowFrequency},
    RoleRow {AV_CHAN_BACK_LEFT, ChannelRole::BackLeft},
    RoleRow {AV_CHAN_BACK_RIGHT, ChannelRole::BackRight},
    RoleRow {AV_CHAN_SIDE_LEFT, ChannelRole::SideLeft},
    RoleRow {AV_CHAN_SIDE_RIGHT, ChannelRole::SideRight},
    RoleRow {AV_CHAN_BACK_CENTER, ChannelRole::BackCenter},
    RoleRow {AV_CHAN_FRONT_LEFT_OF_CENTER, ChannelRole::FrontLeftOfCenter},
    RoleRow {AV_CHAN_FRONT_RIGHT_OF_CENTER, ChannelRole::FrontRightOfCenter},
};

ChannelRole roleOf(AVChannel channel)
{
    const auto found
        = std::find_if(kRoles.begin(), kRoles.end(), [channel](const RoleRow& row) { return row.av == channel; });
    return found == kRoles.end() ? ChannelRole::Other : found->ours;
}

} // namespace

Result<AudioDecoder> AudioDecoder::create(const AVStream* stream, const InputLimits& limits, Form form)
{
    auto codec = openDecoder(stream, limits, 1);
    if (!codec)
        return std::move(codec).error();
    AudioDecoder decoder;
    decoder.m_codec = std::move(*codec);
    decoder.m_frame.reset(av_frame_alloc());
    decoder.m_timeBase = stream->time_base;
    decoder.m_form = form;
    return decoder;
}

Result<void> AudioDecoder::setUp(const AVFrame* frame)
{
    const int channels = frame->ch_layout.nb_channels;
    if (channels <= 0 || channels > kMaxChannels || frame->sample_rate <= 0)
        return Error {ErrorCode::Unsupported, u"%1 sound channels"_s.arg(channels), "too_many_channels"};
    if (m_resampler && m_sourceFormat == frame->format && m_sourceRate == frame->sample_rate
        && m_sourceChannels == channels)
        return {};
    AVChannelLayout source = frame->ch_layout;
    if (source.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&source, channels);
    AVChannelLayout target = source;
    int rate = frame->sample_rate;
    if (m_form == Form::Playback) {
        av_channel_layout_default(&target, kPlaybackChannels);
        rate = kPlaybackSampleRate;
    } else if (m_resampler) {
        // A stream that changes in the middle keeps its first form, so that its readers need not.
        av_channel_layout_default(&target, m_channels);
        rate = m_sampleRate;
    }
    SwrContext* raw = nullptr;
    const int error = swr_alloc_set_opts2(&raw, &target, AV_SAMPLE_FMT_FLT, rate, &source,
        static_cast<AVSampleFormat>(frame->format), frame->sample_rate, 0, nullptr);
    SwrPtr resampler(raw);
    if (error < 0 || swr_init(resampler.get()) < 0)
        return Error {ErrorCode::Unsupported, u"this form of sound cannot be converted"_s, "sound_not_supported"};
    m_resampler = std::move(resampler);
    m_sourceFormat = frame->format;
    m_sourceRate = frame->sample_rate;
    m_sourceChannels = channels;
    m_sampleRate = rate;
    m_channels = target.nb_channels;
    m_roles.clear();
    for (unsigned n = 0; n < static_cast<unsigned>(m_channels); ++n)
        m_roles.push_back(roleOf(av_channel_layout_channel_from_index(&target, n)));
    return {};
}

Result<bool> AudioDecoder::decode(const AVPacket* packet, const Receive& receive)
{
    bool whole = true;
    if (const int error = avcodec_send_packet(m_codec.get(), packet); error < 0 && error != AVERROR_EOF)
        whole = false;
    constexpr int kMostErrors = 1000;
    int errors = 0;
    for (;;) {
        const int error = avcodec_receive_frame(m_codec.get(), m_frame.get());
        if (error == AVERROR(EAGAIN) || error == AVERROR_EOF)
            break;
        if (error < 0) {
            whole = false;
            if (++errors > kMostErrors)
                break;
            continue;
        }
        if (auto ready = setUp(m_frame.get()); !ready)
            return std::move(ready).error();
        if (m_frame->decode_error_flags != 0)
            whole = false;
        const std::int64_t pts = m_frame->pts != AV_NOPTS_VALUE ? m_frame->pts : m_frame->best_effort_timestamp;
        double start = pts == AV_NOPTS_VALUE ? m_nextSeconds : static_cast<double>(pts) * av_q2d(m_timeBase);
        // The resampler still holds what came before this frame.
        start -= static_cast<double>(swr_get_delay(m_resampler.get(), 1'000'000)) / 1e6;
        m_nextSeconds = (pts == AV_NOPTS_VALUE ? m_nextSeconds : static_cast<double>(pts) * av_q2d(m_timeBase))
            + static_cast<double>(m_frame->nb_samples) / m_frame->sample_rate;
        const int most = swr_get_out_samples(m_resampler.get(), m_frame->nb_samples);
        m_samples.resize(static_cast<std::size_t>(std::max(most, 0)) * static_cast<std::size_t>(m_channels));
        auto* out = reinterpret_cast<std::uint8_t*>(m_samples.data());
        const int got = swr_convert(m_resampler.get(), &out, most,
            const_cast<const std::uint8_t**>(m_frame->extended_data), m_frame->nb_samples);
        if (got < 0) {
            whole = false;
            continue;
        }
        const std::span<const float> samples(
            m_samples.data(), static_cast<std::size_t>(got) * static_cast<std::size_t>(m_channels));
        if (!samples.empty()) {
            if (auto taken = receive(samples, start); !taken)
                return std::move(taken).error();
        }
    }
    return whole;
}

void AudioDecoder::flush()
{
    avcodec_flush_buffers(m_codec.get());
    m_resampler.reset();
}

} // namespace vidimus::media::engine
