#include "core/media/engine/stream_facts_p.h"

#include "core/media/engine/av_ptr_p.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/mastering_display_metadata.h>
#include <libavutil/pixdesc.h>
}

#include <array>
#include <cmath>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

Rational rationalOf(AVRational value)
{
    return value.num > 0 && value.den > 0 ? Rational {value.num, value.den}.reduced() : Rational {0, 1};
}

// libav's J formats mean full range whatever the tag says.
bool isFullRangeFormat(int format)
{
    return format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P || format == AV_PIX_FMT_YUVJ444P
        || format == AV_PIX_FMT_YUVJ440P || format == AV_PIX_FMT_YUVJ411P;
}

ColorRange rangeOf(AVColorRange range, int format)
{
    if (isFullRangeFormat(format) || range == AVCOL_RANGE_JPEG)
        return ColorRange::Full;
    return range == AVCOL_RANGE_MPEG ? ColorRange::Limited : ColorRange::Unknown;
}

QString textOf(const AVDictionary* dictionary, const char* key)
{
    const AVDictionaryEntry* entry = av_dict_get(dictionary, key, nullptr, 0);
    // Cut: what a hostile file says here travels in every message about it.
    constexpr qsizetype kMaxText = 256;
    return entry == nullptr ? QString() : QString::fromUtf8(entry->value).left(kMaxText);
}

void fillCommon(StreamFacts& facts, const AVStream* stream)
{
    const AVCodecParameters* parameters = stream->codecpar;
    facts.index = stream->index;
    if (parameters->codec_id != AV_CODEC_ID_NONE)
        facts.codec = QString::fromLatin1(avcodec_get_name(parameters->codec_id));
    if (const char* profile = avcodec_profile_name(parameters->codec_id, parameters->profile))
        facts.profile = QString::fromLatin1(profile);
    facts.language = textOf(stream->metadata, "language");
    if (facts.language == u"und"_s)
        facts.language.clear();
    facts.title = textOf(stream->metadata, "title");
    facts.isDefault = (stream->disposition & AV_DISPOSITION_DEFAULT) != 0;
    facts.bitRate = parameters->bit_rate;
    const double base = av_q2d(stream->time_base);
    if (stream->start_time != AV_NOPTS_VALUE)
        facts.startSeconds = static_cast<double>(stream->start_time) * base;
    if (stream->duration != AV_NOPTS_VALUE && stream->duration > 0)
        facts.durationSeconds = static_cast<double>(stream->duration) * base;
}

// Quarter turns and mirroring of ISO/IEC 14496-12's matrix; other angles are rounded to the nearest quarter.
Orientation orientationOf(const AVStream* stream)
{
    std::size_t size = 0;
    const auto* matrix
        = reinterpret_cast<const std::int32_t*>(av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size));
    if (matrix == nullptr || size < 9 * sizeof(std::int32_t))
        return {};
    std::array<std::int32_t, 9> copy {};
    std::copy(matrix, matrix + 9, copy.begin());
    const double determinant = static_cast<double>(copy[0]) * copy[4] - static_cast<double>(copy[1]) * copy[3];
    Orientation orientation;
    if (determinant < 0) {
        orientation.mirrored = true;
        // The matrix mirrors first when its first row (what x adds) is turned round.
        copy[0] = copy[0] == INT32_MIN ? INT32_MAX : -copy[0];
        copy[1] = copy[1] == INT32_MIN ? INT32_MAX : -copy[1];
    }
    const double counterClockwise = av_display_rotation_get(copy.data());
    if (std::isnan(counterClockwise))
        return {};
    const int quarters = static_cast<int>(std::lround(-counterClockwise / 90.0));
    orientation.clockwiseDegrees = ((quarters % 4) + 4) % 4 * 90;
    return orientation;
}

void fillHdrValues(HdrValues& values, const AVStream* stream)
{
    std::size_t size = 0;
    const auto* mastering = reinterpret_cast<const AVMasteringDisplayMetadata*>(
        av_stream_get_side_data(stream, AV_PKT_DATA_MASTERING_DISPLAY_METADATA, &size));
    if (mastering != nullptr && mastering->has_luminance != 0 && mastering->min_luminance.den > 0
        && mastering->max_luminance.den > 0) {
        values.minLuminance = av_q2d(mastering->min_luminance);
        values.maxLuminance = av_q2d(mastering->max_luminance);
    }
    const auto* light = reinterpret_cast<const AVContentLightMetadata*>(
        av_stream_get_side_data(stream, AV_PKT_DATA_CONTENT_LIGHT_LEVEL, &size));
    constexpr unsigned kMaxNits = 100'000;
    if (light != nullptr && light->MaxCLL <= kMaxNits && light->MaxFALL <= kMaxNits) {
        values.maxContentLight = static_cast<int>(light->MaxCLL);
        values.maxFrameAverageLight = static_cast<int>(light->MaxFALL);
    }
}

FieldOrder fieldOrderOf(AVFieldOrder order)
{
    switch (order) {
    case AV_FIELD_PROGRESSIVE:
        return FieldOrder::Progressive;
    case AV_FIELD_TT:
    case AV_FIELD_TB:
        return FieldOrder::TopFirst;
    case AV_FIELD_BB:
    case AV_FIELD_BT:
        return FieldOrder::BottomFirst;
    case AV_FIELD_UNKNOWN:
        return FieldOrder::Unknown;
    }
    return FieldOrder::Unknown;
}

} // namespace

VideoStream videoFactsOf(const AVStream* stream)
{
    VideoStream facts;
    fillCommon(facts, stream);
    const AVCodecParameters* parameters = stream->codecpar;
    facts.width = parameters->width;
    facts.height = parameters->height;
    facts.orientation = orientationOf(stream);
    Rational aspect = rationalOf(stream->sample_aspect_ratio);
    if (aspect.isZero())
        aspect = rationalOf(parameters->sample_aspect_ratio);
    constexpr std::int64_t kMaxStretch = 16; // beyond it the header is a mistake
    if (aspect.isZero() || aspect.num > aspect.den * kMaxStretch || aspect.den > aspect.num * kMaxStretch)
        aspect = {1, 1};
    facts.sampleAspect = aspect;
    // The longer side grows, so that no line or column is thrown away.
    facts.displayWidth = facts.width;
    facts.displayHeight = facts.height;
    if (aspect.num > aspect.den)
        facts.displayWidth = static_cast<int>(std::lround(facts.width * aspect.toDouble()));
    else
        facts.displayHeight = static_cast<int>(std::lround(facts.height / aspect.toDouble()));
    Rational shape
        = Rational {facts.width * aspect.num, std::max<std::int64_t>(facts.height * aspect.den, 1)}.reduced();
    if (facts.orientation.swapsSides()) {
        std::swap(facts.displayWidth, facts.displayHeight);
        shape = shape.num > 0 ? Rational {shape.den, shape.num} : shape;
    }
    facts.displayAspect = shape;
    if (const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(parameters->format)))
        facts.pixelFormat = QString::fromLatin1(name);
    if (const auto* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(parameters->format)))
        facts.bitDepth = format->comp[0].depth;
    facts.fieldOrder = fieldOrderOf(parameters->field_order);
    facts.averageRate = rationalOf(stream->avg_frame_rate);
    facts.realRate = rationalOf(stream->r_frame_rate);
    facts.color = {.range = rangeOf(parameters->color_range, parameters->format),
        .primaries = parameters->color_primaries,
        .transfer = parameters->color_trc,
        .matrix = parameters->color_space};
    facts.hdr = hdrKindOf(facts.color);
    fillHdrValues(facts.hdrValues, stream);
    facts.coverArt = (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
    return facts;
}

AudioStream audioFactsOf(const AVStream* stream)
{
    AudioStream facts;
    fillCommon(facts, stream);
    facts.channels = stream->codecpar->ch_layout.nb_channels;
    facts.sampleRate = stream->codecpar->sample_rate;
    AVChannelLayout layout = stream->codecpar->ch_layout;
    if (layout.order == AV_CHANNEL_ORDER_UNSPEC && layout.nb_channels > 0 && layout.nb_channels <= 2)
        av_channel_layout_default(&layout, layout.nb_channels);
    std::array<char, 128> name {};
    if (layout.nb_channels > 0 && av_channel_layout_describe(&layout, name.data(), name.size()) > 0)
        facts.layout = QString::fromLatin1(name.data());
    return facts;
}

SubtitleStream subtitleFactsOf(const AVStream* stream)
{
    SubtitleStream facts;
    fillCommon(facts, stream);
    facts.forced = (stream->disposition & AV_DISPOSITION_FORCED) != 0;
    facts.hearingImpaired = (stream->disposition & AV_DISPOSITION_HEARING_IMPAIRED) != 0;
    return facts;
}

OtherStream otherFactsOf(const AVStream* stream)
{
    OtherStream facts;
    fillCommon(facts, stream);
    const char* kind = av_get_media_type_string(stream->codecpar->codec_type);
    facts.kind = kind != nullptr ? QString::fromLatin1(kind) : u"unknown"_s;
    return facts;
}

ColorTags colorTagsOf(const AVFrame* frame, const ColorTags& fallback)
{
    ColorTags tags {.range = rangeOf(frame->color_range, frame->format),
        .primaries = frame->color_primaries,
        .transfer = frame->color_trc,
        .matrix = frame->colorspace};
    if (tags.range == ColorRange::Unknown)
        tags.range = fallback.range;
    if (tags.primaries == ColorTags::kUnspecified)
        tags.primaries = fallback.primaries;
    if (tags.transfer == ColorTags::kUnspecified)
        tags.transfer = fallback.transfer;
    if (tags.matrix == ColorTags::kUnspecified)
        tags.matrix = fallback.matrix;
    return tags;
}

} // namespace vidimus::media::engine
