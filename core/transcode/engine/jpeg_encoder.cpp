#include "core/transcode/engine/picture_scaler_p.h"
#include "core/transcode/engine/poster_picker_p.h"

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kQuality = 3; // libav's scale of 2 (best) to 31

Result<AvFramePtr> toFullRange(const AVFrame& picture, const ColourTags& colour)
{
    SwsPtr context(sws_getContext(picture.width, picture.height, AV_PIX_FMT_YUV420P, picture.width, picture.height,
        AV_PIX_FMT_YUVJ420P, SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
    if (!context)
        return Error {ErrorCode::Internal, u"No conversion to full range."_s, "scaling"};
    constexpr int kOne = 1 << 16;
    // JFIF is BT.601 of full range.
    sws_setColorspaceDetails(
        context.get(), sws_getCoefficients(colour.matrix), 0, sws_getCoefficients(SWS_CS_ITU601), 1, 0, kOne, kOne);
    auto out = newPicture(AV_PIX_FMT_YUVJ420P, picture.width, picture.height);
    if (!out)
        return out;
    sws_scale(context.get(), picture.data, picture.linesize, 0, picture.height, (*out)->data, (*out)->linesize);
    return out;
}

} // namespace

Result<QByteArray> encodeJpeg(const AVFrame& picture, const ColourTags& colour)
{
    auto full = toFullRange(picture, colour);
    if (!full)
        return std::move(full).error();
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    if (codec == nullptr)
        return Error {ErrorCode::Missing, u"This build of libavcodec has no JPEG encoder."_s, "no_encoder"};
    AvCodecContextPtr context(avcodec_alloc_context3(codec));
    AvPacketPtr packet(av_packet_alloc());
    if (!context || !packet)
        return avError("avcodec_alloc_context3", AVERROR(ENOMEM));
    context->width = picture.width;
    context->height = picture.height;
    context->pix_fmt = AV_PIX_FMT_YUVJ420P;
    context->color_range = AVCOL_RANGE_JPEG;
    context->time_base = {1, 25};
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
    context->global_quality = kQuality * FF_QP2LAMBDA;
    (*full)->quality = context->global_quality;
    (*full)->pts = 0;
    int code = avcodec_open2(context.get(), codec, nullptr);
    if (code >= 0)
        code = avcodec_send_frame(context.get(), full->get());
    if (code >= 0)
        code = avcodec_send_frame(context.get(), nullptr);
    if (code >= 0)
        code = avcodec_receive_packet(context.get(), packet.get());
    if (code < 0)
        return avError("jpeg", code);
    return QByteArray(reinterpret_cast<const char*>(packet->data), packet->size);
}

} // namespace vidimus::transcode::engine
