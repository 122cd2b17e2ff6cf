#include "core/transcode/engine/encoder_probe.h"
#include "core/transcode/engine/libx264_h264_encoder_p.h"

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

EncoderInfo knownEncoder(QStringView id)
{
    for (const EncoderInfo& info : knownEncoders()) {
        if (info.id == id)
            return info;
    }
    return {};
}

VideoEncoderSettings trialSettings(VideoCodec codec)
{
    return {.rendition = {.name = u"trial"_s,
                .width = 128,
                .height = 128,
                .codec = codec,
                .crf = 30,
                .maxRate = 200'000,
                .bufferSize = 200'000,
                .profile = H264Profile::Main,
                .level = 31},
        .preset = u"ultrafast"_s,
        .timescale = 90'000,
        .frameRate = {25, 1},
        .constantRate = true,
        .segmentSeconds = 1,
        .colour = {}};
}

Result<void> encodeOnePicture(const RegisteredEncoder& encoder)
{
    auto opened = encoder.create(trialSettings(encoder.info.codec));
    if (!opened)
        return std::move(opened).error();
    auto picture = newPicture(AV_PIX_FMT_YUV420P, 128, 128);
    if (!picture)
        return std::move(picture).error();
    for (int plane = 0; plane < 3; ++plane)
        memset((*picture)->data[plane], 128,
            static_cast<std::size_t>((*picture)->linesize[plane]) * (plane == 0 ? 128U : 64U));
    std::vector<EncodedPicture> out;
    if (auto sent = (*opened)->encode(picture->get(), 0, out); !sent)
        return sent;
    if (auto flushed = (*opened)->encode(nullptr, 0, out); !flushed)
        return flushed;
    if (out.size() != 1 || !out.front().isKey)
        return Error {ErrorCode::Unsupported, u"One picture went in, %1 came out."_s.arg(out.size()), "encoder_trial"};
    return {};
}

} // namespace

const std::vector<RegisteredEncoder>& encoderRegistry()
{
    static const std::vector<RegisteredEncoder> encoders {
        {knownEncoder(u"libx264"), createLibx264Encoder},
    };
    return encoders;
}

QList<EncoderState> probeEncoders()
{
    QList<EncoderState> states;
    for (const RegisteredEncoder& encoder : encoderRegistry()) {
        const auto tried = encodeOnePicture(encoder);
        states.append(
            {.encoder = encoder.info, .usable = bool(tried), .why = tried ? QString() : tried.error().detail});
    }
    return states;
}

} // namespace vidimus::transcode::engine
