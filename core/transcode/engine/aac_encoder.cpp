#include "core/transcode/engine/aac_encoder_p.h"

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

AacEncoder::AacEncoder(AvCodecContextPtr context, AvPacketPtr packet)
    : m_context(std::move(context))
    , m_packet(std::move(packet))
{
}

Result<AacEncoder> AacEncoder::create(const PlannedSound& sound)
{
    const AVCodec* codec = avcodec_find_encoder_by_name("aac");
    if (codec == nullptr)
        return Error {ErrorCode::Missing, u"This build of libavcodec has no AAC encoder."_s, "no_encoder"};
    AvCodecContextPtr context(avcodec_alloc_context3(codec));
    AvPacketPtr packet(av_packet_alloc());
    if (!context || !packet)
        return avError("avcodec_alloc_context3", AVERROR(ENOMEM));
    context->sample_fmt = AV_SAMPLE_FMT_FLTP;
    context->sample_rate = sound.sampleRate;
    context->bit_rate = sound.bitRate;
    context->time_base = {1, sound.sampleRate};
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    context->thread_count = 1;
    av_channel_layout_default(&context->ch_layout, sound.channels);
    if (const int code = avcodec_open2(context.get(), codec, nullptr); code < 0)
        return avError("aac open", code);
    if (context->frame_size != kAacFrameSamples || context->initial_padding != kAacFrameSamples)
        return Error {ErrorCode::Internal,
            u"AAC frames of %1 samples with %2 before the first."_s.arg(context->frame_size)
                .arg(context->initial_padding),
            "encoder_header"};
    return AacEncoder(std::move(context), std::move(packet));
}

QByteArray AacEncoder::audioSpecificConfig() const
{
    return {reinterpret_cast<const char*>(m_context->extradata), m_context->extradata_size};
}

Result<void> AacEncoder::encode(const std::vector<const float*>& channels, std::vector<QByteArray>& out)
{
    AvFramePtr frame;
    if (!channels.empty()) {
        frame.reset(av_frame_alloc());
        if (!frame)
            return avError("av_frame_alloc", AVERROR(ENOMEM));
        frame->format = AV_SAMPLE_FMT_FLTP;
        frame->nb_samples = kAacFrameSamples;
        frame->sample_rate = m_context->sample_rate;
        if (const int code = av_channel_layout_copy(&frame->ch_layout, &m_context->ch_layout); code < 0)
            return avError("av_channel_layout_copy", code);
        if (const int code = av_frame_get_buffer(frame.get(), 0); code < 0)
            return avError("av_frame_get_buffer", code);
        for (std::size_t channel = 0; channel < channels.size(); ++channel)
            memcpy(frame->extended_data[channel], channels[channel], kAacFrameSamples * sizeof(float));
        frame->pts = m_samples;
        m_samples += kAacFrameSamples;
    }
    if (const int code = avcodec_send_frame(m_context.get(), frame.get()); code < 0)
        return avError("aac send", code);
    for (;;) {
        const int code = avcodec_receive_packet(m_context.get(), m_packet.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            return avError("aac receive", code);
        out.emplace_back(reinterpret_cast<const char*>(m_packet->data), m_packet->size);
        av_packet_unref(m_packet.get());
    }
}

} // namespace vidimus::transcode::engine
