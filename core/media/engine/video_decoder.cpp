#include "core/media/engine/video_decoder_p.h"

#include "core/media/engine/av_log.h"

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

Result<AvCodecContextPtr> openDecoder(const AVStream* stream, const InputLimits& limits, int threads)
{
    const AVCodec* codec = avcodec_find_decoder(stream->codecpar->codec_id);
    const QString name = QString::fromLatin1(avcodec_get_name(stream->codecpar->codec_id));
    if (codec == nullptr)
        return Error {ErrorCode::Unsupported, u"no decoder for %1"_s.arg(name), "no_decoder"};
    AvCodecContextPtr context(avcodec_alloc_context3(codec));
    if (!context || avcodec_parameters_to_context(context.get(), stream->codecpar) < 0)
        return Error {ErrorCode::LimitExceeded, u"out of memory"_s, "out_of_memory"};
    context->pkt_timebase = stream->time_base;
    context->max_pixels = limits.maxPixels;
    context->thread_count = threads;
    // Not FF_THREAD_SLICE: slices of one damaged picture would race for what is concealed from which neighbour, and the
    // same file would give another report.
    context->thread_type = FF_THREAD_FRAME;
    if (const int error = avcodec_open2(context.get(), codec, nullptr); error < 0) {
        return Error {ErrorCode::Unsupported,
            u"the decoder for %1 does not open: %2 (%3)"_s.arg(
                name, avErrorText(error), QString::fromUtf8(takeAvLog())),
            "no_decoder"};
    }
    return context;
}

VideoDecoder::VideoDecoder(AvCodecContextPtr codec, const PacketIndex& index)
    : m_codec(std::move(codec))
    , m_index(&index)
{
}

Result<VideoDecoder> VideoDecoder::create(const Input& input, const PacketIndex& index, int threads)
{
    auto codec = openDecoder(input.context()->streams[input.bestVideo()], input.limits(),
        threads > 0 ? threads : input.limits().decoderThreads);
    if (!codec)
        return std::move(codec).error();
    return VideoDecoder(std::move(*codec), index);
}

bool VideoDecoder::send(const AVPacket* packet)
{
    const int error = avcodec_send_packet(m_codec.get(), packet);
    return error >= 0 || error == AVERROR_EOF;
}

VideoDecoder::Got VideoDecoder::receive(AVFrame* frame, Frame& about)
{
    constexpr int kMostErrors = 1000;
    int errors = 0;
    for (;;) {
        const int error = avcodec_receive_frame(m_codec.get(), frame);
        if (error == AVERROR(EAGAIN))
            return Got::NeedsPacket;
        if (error == AVERROR_EOF)
            return Got::Ended;
        if (error >= 0)
            break;
        // A frame that could not be decoded at all: the next one may be whole. Its number stays missing.
        if (++errors > kMostErrors)
            return Got::Ended;
    }
    about.damaged = (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame->decode_error_flags != 0;
    if (m_index->counted) {
        about.number = m_next < m_index->frames.count() ? m_next : -1;
        ++m_next;
    } else {
        const std::int64_t pts = frame->pts != AV_NOPTS_VALUE ? frame->pts : frame->best_effort_timestamp;
        about.number = pts == AV_NOPTS_VALUE ? -1 : m_index->frames.frameWithPts(pts);
    }
    return Got::Frame;
}

void VideoDecoder::flush(qint64 nextNumber)
{
    avcodec_flush_buffers(m_codec.get());
    m_next = nextNumber;
}

int VideoDecoder::threads() const
{
    return m_codec->thread_count;
}

void VideoDecoder::skipUnreferenced(bool skip)
{
    m_codec->skip_frame = skip ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
}

} // namespace vidimus::media::engine
