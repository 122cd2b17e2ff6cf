#include "core/transcode/engine/libx264_h264_encoder_p.h"

extern "C" {
#include <libavutil/opt.h>
}

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

struct DictionaryOwner {
    AVDictionary* entries = nullptr;
    DictionaryOwner() = default;
    DictionaryOwner(const DictionaryOwner&) = delete;
    DictionaryOwner& operator=(const DictionaryOwner&) = delete;
    ~DictionaryOwner() { av_dict_free(&entries); }
    void set(const char* key, const QByteArray& value) { av_dict_set(&entries, key, value.constData(), 0); }
};

class Libx264Encoder : public VideoEncoder {
public:
    Libx264Encoder(AvCodecContextPtr context, AvPacketPtr packet)
        : m_context(std::move(context))
        , m_packet(std::move(packet))
    {
    }

    [[nodiscard]] QByteArray globalHeader() const override
    {
        return {reinterpret_cast<const char*>(m_context->extradata), m_context->extradata_size};
    }

    [[nodiscard]] Result<void> encode(
        const AVFrame* picture, std::int64_t ticks, std::vector<EncodedPicture>& out) override
    {
        AvFramePtr timed;
        if (picture != nullptr) {
            auto shared = shareFrame(*picture);
            if (!shared)
                return std::move(shared).error();
            timed = *std::move(shared);
            timed->pts = ticks;
            timed->pict_type = AV_PICTURE_TYPE_NONE;
        }
        if (const int code = avcodec_send_frame(m_context.get(), timed.get()); code < 0)
            return avError("x264 send", code);
        for (;;) {
            const int code = avcodec_receive_packet(m_context.get(), m_packet.get());
            if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
                return {};
            if (code < 0)
                return avError("x264 receive", code);
            out.push_back({.ticks = m_packet->pts,
                .isKey = (m_packet->flags & AV_PKT_FLAG_KEY) != 0,
                .byteStream = QByteArray(reinterpret_cast<const char*>(m_packet->data), m_packet->size)});
            av_packet_unref(m_packet.get());
        }
    }

private:
    AvCodecContextPtr m_context;
    AvPacketPtr m_packet;
};

void describePicture(AVCodecContext& context, const VideoEncoderSettings& settings)
{
    context.width = settings.rendition.width;
    context.height = settings.rendition.height;
    context.pix_fmt = AV_PIX_FMT_YUV420P;
    context.sample_aspect_ratio = {1, 1};
    context.time_base = {1, settings.timescale};
    context.framerate = {static_cast<int>(settings.frameRate.num), static_cast<int>(settings.frameRate.den)};
    context.color_primaries = static_cast<AVColorPrimaries>(settings.colour.primaries);
    context.color_trc = static_cast<AVColorTransferCharacteristic>(settings.colour.transfer);
    context.colorspace = static_cast<AVColorSpace>(settings.colour.matrix);
    context.color_range = settings.colour.fullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    context.chroma_sample_location = AVCHROMA_LOC_LEFT;
}

} // namespace

int rateWithHeadRoom(int maxRate, int bufferSize, double segmentSeconds)
{
    // A segment holds at most what the buffer had at its start plus what flows in during it:
    //   fill * buffer + rate * length <= maxRate * length
    const double rate = maxRate - kInitialFill * bufferSize / segmentSeconds;
    return std::max(static_cast<int>(rate), maxRate / 2);
}

Result<std::unique_ptr<VideoEncoder>> createLibx264Encoder(const VideoEncoderSettings& settings)
{
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    if (codec == nullptr)
        return Error {ErrorCode::Missing, u"This build of libavcodec has no libx264."_s, "no_encoder"};
    AvCodecContextPtr context(avcodec_alloc_context3(codec));
    AvPacketPtr packet(av_packet_alloc());
    if (!context || !packet)
        return avError("avcodec_alloc_context3", AVERROR(ENOMEM));
    describePicture(*context, settings);
    const PlannedRendition& rendition = settings.rendition;
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_CLOSED_GOP;
    context->thread_count = 1;
    context->gop_size = 100'000; // the run itself is the group of pictures: only its first picture is a key frame
    context->level = rendition.level;
    context->rc_max_rate = rateWithHeadRoom(rendition.maxRate, rendition.bufferSize, settings.segmentSeconds);
    context->rc_buffer_size = rendition.bufferSize;
    context->rc_initial_buffer_occupancy = static_cast<int>(rendition.bufferSize * kInitialFill);
    DictionaryOwner options;
    options.set("preset", settings.preset.toLatin1());
    options.set("profile", h264ProfileName(rendition.profile).toLatin1());
    options.set("crf", QByteArray::number(rendition.crf));
    options.set("sc_threshold", "0");
    if (const int code = avcodec_open2(context.get(), codec, &options.entries); code < 0)
        return avError("x264 open", code);
    return std::unique_ptr<VideoEncoder>(std::make_unique<Libx264Encoder>(std::move(context), std::move(packet)));
}

} // namespace vidimus::transcode::engine
