#include "core/transcode/engine/fix_codecs_p.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <span>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

struct OptionRow {
    const char* name;
    const char* value;
};

struct PictureRow {
    AVCodecID source;
    const char* encoder;
    std::array<OptionRow, 4> options; ///< unused rows are null
};

// The last row is for every other codec.
constexpr std::array kPictureRows {
    PictureRow {AV_CODEC_ID_PRORES, "prores_ks", {}},
    PictureRow {AV_CODEC_ID_VP9, "libvpx-vp9", {{{"crf", "18"}, {"b", "0"}, {"deadline", "good"}, {"cpu-used", "4"}}}},
    PictureRow {AV_CODEC_ID_H264, "libx264", {{{"crf", "14"}, {"preset", "medium"}, {"forced-idr", "1"}, {}}}},
    PictureRow {AV_CODEC_ID_NONE, "libx264", {{{"crf", "14"}, {"preset", "medium"}, {"forced-idr", "1"}, {}}}},
};

struct SoundRow {
    AVCodecID source;
    const char* encoder;
    int mostBitRate; ///< 0: lossless
};

constexpr std::array kSoundRows {
    SoundRow {AV_CODEC_ID_AAC, "aac", 1'024'000},
    SoundRow {AV_CODEC_ID_MP3, "libmp3lame", 320'000},
    SoundRow {AV_CODEC_ID_MP2, "mp2", 384'000},
    SoundRow {AV_CODEC_ID_OPUS, "libopus", 512'000},
    SoundRow {AV_CODEC_ID_VORBIS, "libvorbis", 500'000},
    SoundRow {AV_CODEC_ID_AC3, "ac3", 640'000},
    SoundRow {AV_CODEC_ID_EAC3, "eac3", 1'024'000},
    SoundRow {AV_CODEC_ID_FLAC, "flac", 0},
    SoundRow {AV_CODEC_ID_ALAC, "alac", 0},
};
constexpr int kLeastBitRatePerChannel = 96'000;

bool isPcm(AVCodecID codec)
{
    return codec >= AV_CODEC_ID_FIRST_AUDIO && codec < AV_CODEC_ID_ADPCM_IMA_QT;
}

bool isLossless(AVCodecID codec)
{
    const AVCodecDescriptor* descriptor = avcodec_descriptor_get(codec);
    return descriptor != nullptr && (descriptor->props & AV_CODEC_PROP_LOSSY) == 0;
}

Result<const AVCodec*> encoderNamed(const char* name)
{
    const AVCodec* codec = avcodec_find_encoder_by_name(name);
    if (codec == nullptr)
        return Error {ErrorCode::Missing, u"this libavcodec has no encoder "_s + QLatin1StringView(name), "no_encoder"};
    return codec;
}

Result<AvCodecContextPtr> newContext(const AVCodec* codec, bool globalHeader)
{
    AvCodecContextPtr context(avcodec_alloc_context3(codec));
    if (!context)
        return avError("avcodec_alloc_context3", AVERROR(ENOMEM));
    if (globalHeader)
        context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    context->flags |= AV_CODEC_FLAG_BITEXACT;
    context->thread_count = 4; // fixed, so that the bytes do not depend on the machine
    return context;
}

void describePicture(AVCodecContext& context, const AVStream& source, int width, int height)
{
    const AVCodecParameters& parameters = *source.codecpar;
    context.width = width;
    context.height = height;
    context.pix_fmt = static_cast<AVPixelFormat>(parameters.format);
    context.sample_aspect_ratio
        = source.sample_aspect_ratio.num > 0 ? source.sample_aspect_ratio : parameters.sample_aspect_ratio;
    context.time_base = source.time_base;
    context.framerate = source.avg_frame_rate;
    context.color_primaries = parameters.color_primaries;
    context.color_trc = parameters.color_trc;
    context.colorspace = parameters.color_space;
    context.color_range = parameters.color_range;
    context.chroma_sample_location = parameters.chroma_location;
    context.field_order = parameters.field_order;
    const bool interlaced
        = parameters.field_order != AV_FIELD_UNKNOWN && parameters.field_order != AV_FIELD_PROGRESSIVE;
    if (interlaced)
        context.flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
}

template<class Item, class Same>
bool lists(const Item* items, Item end, Same same)
{
    for (; items != nullptr && *items != end; ++items) {
        if (same(*items))
            return true;
    }
    return false;
}

AVSampleFormat sampleFormatFor(const AVCodec* codec, const AVStream& source)
{
    const auto wanted = static_cast<AVSampleFormat>(source.codecpar->format);
    const AVSampleFormat* formats = codec->sample_fmts;
    if (formats == nullptr)
        return AV_SAMPLE_FMT_FLTP;
    const auto same
        = [&](AVSampleFormat format) { return av_get_packed_sample_fmt(format) == av_get_packed_sample_fmt(wanted); };
    for (const AVSampleFormat* format = formats; *format != AV_SAMPLE_FMT_NONE; ++format) {
        if (same(*format))
            return *format;
    }
    return formats[0];
}

} // namespace

QByteArray containerFor(const media::engine::Input& input)
{
    const AVFormatContext& context = *input.context();
    const QByteArray name(context.iformat->name);
    if (name.startsWith("mov")) {
        const AVDictionaryEntry* brand = av_dict_get(context.metadata, "major_brand", nullptr, 0);
        return brand != nullptr && QByteArray(brand->value).trimmed() == "qt" ? "mov" : "mp4";
    }
    for (const char* same : {"mpegts", "wav", "flac", "mp3", "ogg", "avi"}) {
        if (name == same)
            return same;
    }
    return "matroska";
}

Result<AvCodecContextPtr> openPictureEncoder(const AVStream& source, int width, int height, bool globalHeader)
{
    const auto row = std::ranges::find_if(kPictureRows, [&](const PictureRow& each) {
        return each.source == source.codecpar->codec_id || each.source == AV_CODEC_ID_NONE;
    });
    const auto codec = encoderNamed(row->encoder);
    if (!codec)
        return codec.error();
    const auto format = static_cast<AVPixelFormat>(source.codecpar->format);
    if (!lists((*codec)->pix_fmts, AV_PIX_FMT_NONE, [&](AVPixelFormat each) { return each == format; }))
        return Error {ErrorCode::Unsupported,
            u"%1 cannot encode %2 pictures"_s.arg(
                QLatin1StringView(row->encoder), QLatin1StringView(av_get_pix_fmt_name(format))),
            "pixel_format"};
    auto context = newContext(*codec, globalHeader);
    if (!context)
        return context;
    describePicture(**context, source, width, height);
    AVDictionary* options = nullptr;
    for (const OptionRow& option : row->options) {
        if (option.name != nullptr)
            av_dict_set(&options, option.name, option.value, 0);
    }
    const int code = avcodec_open2(context->get(), *codec, &options);
    av_dict_free(&options);
    if (code < 0)
        return avError("picture encoder", code, ErrorCode::Unsupported);
    return context;
}

Result<AvCodecContextPtr> openSoundEncoder(
    const AVStream& source, int sampleRate, const AVChannelLayout& layout, bool globalHeader)
{
    const AVCodecID from = source.codecpar->codec_id;
    const auto found = std::ranges::find(kSoundRows, from, &SoundRow::source);
    const AVCodec* codec = nullptr;
    int mostBitRate = 0;
    if (isPcm(from)) {
        codec = avcodec_find_encoder(from);
    } else if (found != kSoundRows.end()) {
        codec = avcodec_find_encoder_by_name(found->encoder);
        mostBitRate = found->mostBitRate;
    }
    if (codec == nullptr) {
        const auto fallback = encoderNamed(isLossless(from) ? "flac" : "aac");
        if (!fallback)
            return fallback.error();
        codec = *fallback;
        mostBitRate = isLossless(from) ? 0 : 1'024'000;
    }
    auto context = newContext(codec, globalHeader);
    if (!context)
        return context;
    AVCodecContext& encoder = **context;
    encoder.sample_rate = sampleRate;
    encoder.time_base = {1, sampleRate};
    encoder.sample_fmt = sampleFormatFor(codec, source);
    encoder.bits_per_raw_sample = source.codecpar->bits_per_raw_sample;
    if (mostBitRate > 0) {
        const std::int64_t least = std::int64_t {kLeastBitRatePerChannel} * layout.nb_channels;
        encoder.bit_rate = std::min<std::int64_t>(std::max(source.codecpar->bit_rate, least), mostBitRate);
    }
    if (const int code = av_channel_layout_copy(&encoder.ch_layout, &layout); code < 0)
        return avError("av_channel_layout_copy", code);
    if (const int code = avcodec_open2(&encoder, codec, nullptr); code < 0)
        return avError("sound encoder", code, ErrorCode::Unsupported);
    return context;
}

} // namespace vidimus::transcode::engine
