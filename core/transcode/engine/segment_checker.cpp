#include "core/transcode/engine/luma_quality.h"
#include "core/transcode/engine/segment_checker_p.h"

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

AVCodecID codecId(VideoCodec codec)
{
    switch (codec) {
    case VideoCodec::H264:
        return AV_CODEC_ID_H264;
    }
    return AV_CODEC_ID_NONE;
}

LumaPlane lumaOf(const AVFrame& frame)
{
    return {.data = frame.data[0], .stride = frame.linesize[0], .width = frame.width, .height = frame.height};
}

Error undecodable(const QString& detail)
{
    return Error {ErrorCode::Corrupt, detail, "segment_undecodable"};
}

} // namespace

SegmentChecker::SegmentChecker(AvCodecContextPtr decoder, AvPacketPtr packet, AvFramePtr picture)
    : m_decoder(std::move(decoder))
    , m_packet(std::move(packet))
    , m_picture(std::move(picture))
{
}

Result<SegmentChecker> SegmentChecker::create(VideoCodec codec, const QByteArray& globalHeader)
{
    const AVCodec* found = avcodec_find_decoder(codecId(codec));
    if (found == nullptr)
        return Error {ErrorCode::Missing, u"There is no decoder for %1."_s.arg(videoCodecName(codec)), "no_decoder"};
    AvCodecContextPtr decoder(avcodec_alloc_context3(found));
    AvPacketPtr packet(av_packet_alloc());
    AvFramePtr picture(av_frame_alloc());
    if (!decoder || !packet || !picture)
        return avError("avcodec_alloc_context3", AVERROR(ENOMEM));
    const auto bytes = static_cast<std::size_t>(globalHeader.size());
    decoder->extradata = static_cast<std::uint8_t*>(av_mallocz(bytes + AV_INPUT_BUFFER_PADDING_SIZE));
    if (decoder->extradata == nullptr)
        return avError("av_mallocz", AVERROR(ENOMEM));
    memcpy(decoder->extradata, globalHeader.constData(), bytes);
    decoder->extradata_size = static_cast<int>(bytes);
    decoder->thread_count = 1;
    if (const int code = avcodec_open2(decoder.get(), found, nullptr); code < 0)
        return avError("decoder open", code);
    return SegmentChecker(std::move(decoder), std::move(packet), std::move(picture));
}

void SegmentChecker::expect(std::int64_t ticks, AvFramePtr source)
{
    m_sources.insert_or_assign(ticks, std::move(source));
}

Result<void> SegmentChecker::receive()
{
    for (;;) {
        const int code = avcodec_receive_frame(m_decoder.get(), m_picture.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            return undecodable(avError("decoder receive", code).detail);
        const auto source = m_sources.extract(m_picture->pts);
        if (source.empty() || source.mapped()->width != m_picture->width
            || source.mapped()->height != m_picture->height)
            return undecodable(u"A picture at %1 came back that did not go in."_s.arg(m_picture->pts));
        const PictureQuality quality = comparePictures(lumaOf(*source.mapped()), lumaOf(*m_picture));
        ++m_sums.pictures;
        m_sums.ssim += quality.ssim;
        m_sums.squaredError += quality.squaredError;
    }
}

Result<void> SegmentChecker::check(const EncodedPicture& coded)
{
    if (const int code = av_new_packet(m_packet.get(), static_cast<int>(coded.byteStream.size())); code < 0)
        return avError("av_new_packet", code);
    memcpy(m_packet->data, coded.byteStream.constData(), static_cast<std::size_t>(coded.byteStream.size()));
    m_packet->pts = coded.ticks;
    const int code = avcodec_send_packet(m_decoder.get(), m_packet.get());
    av_packet_unref(m_packet.get());
    if (code < 0)
        return undecodable(avError("decoder send", code).detail);
    return receive();
}

Result<SegmentChecker::Sums> SegmentChecker::finish()
{
    avcodec_send_packet(m_decoder.get(), nullptr);
    if (auto received = receive(); !received)
        return std::move(received).error();
    if (!m_sources.empty())
        return undecodable(u"%1 pictures did not come back."_s.arg(m_sources.size()));
    return m_sums;
}

} // namespace vidimus::transcode::engine
