#include "core/transcode/transcode_result.h"

#include "core/base/json.h"

#include <QJsonArray>
#include <limits>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

int readInt(JsonReader& reader, QLatin1StringView name)
{
    const qint64 value = reader.integer(name);
    if (value < 0 || value > std::numeric_limits<int>::max())
        reader.fail(name, u"is out of range"_s);
    return static_cast<int>(value);
}

Result<RenditionResult> renditionFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    RenditionResult rendition;
    rendition.name = reader.string("name"_L1);
    rendition.width = readInt(reader, "width"_L1);
    rendition.height = readInt(reader, "height"_L1);
    rendition.codec = reader.string("codec"_L1);
    rendition.encoder = reader.string("encoder"_L1);
    rendition.averageBitRate = reader.integer("bitrate"_L1);
    rendition.peakBitRate = reader.integer("peak_bitrate"_L1);
    rendition.measuredFrames = readInt(reader, "measured_frames"_L1);
    if (rendition.measuredFrames > 0) {
        rendition.ssim = reader.number("ssim"_L1);
        rendition.psnr = reader.number("psnr"_L1);
    }
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return rendition;
}

Result<EncoderFallback> fallbackFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    EncoderFallback fallback {
        .from = reader.string("from"_L1), .to = reader.string("to"_L1), .why = reader.string("why"_L1)};
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return fallback;
}

QJsonObject toJson(const RenditionResult& rendition)
{
    QJsonObject object {{u"name"_s, rendition.name}, {u"width"_s, rendition.width}, {u"height"_s, rendition.height},
        {u"codec"_s, rendition.codec}, {u"encoder"_s, rendition.encoder}, {u"bitrate"_s, rendition.averageBitRate},
        {u"peak_bitrate"_s, rendition.peakBitRate}, {u"measured_frames"_s, rendition.measuredFrames}};
    if (rendition.measuredFrames > 0) {
        object.insert(u"ssim"_s, rendition.ssim);
        object.insert(u"psnr"_s, rendition.psnr);
    }
    return object;
}

} // namespace

QJsonObject toJson(const TranscodeResult& result)
{
    QJsonArray renditions;
    for (const RenditionResult& rendition : result.renditions)
        renditions.append(toJson(rendition));
    QJsonArray fallbacks;
    for (const EncoderFallback& fallback : result.fallbacks)
        fallbacks.append(QJsonObject {{u"from"_s, fallback.from}, {u"to"_s, fallback.to}, {u"why"_s, fallback.why}});
    QJsonObject object {{u"renditions"_s, renditions}, {u"hls"_s, result.hls}, {u"frames"_s, result.frames},
        {u"segments_encoded"_s, result.segmentsEncoded}, {u"segments_reused"_s, result.segmentsReused},
        {u"duration"_s, result.duration}, {u"seconds"_s, result.seconds}, {u"fallbacks"_s, fallbacks}};
    if (!result.poster.isEmpty())
        object.insert(u"poster"_s, result.poster);
    return object;
}

Result<TranscodeResult> transcodeResultFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    TranscodeResult result;
    const QJsonArray renditions = reader.array("renditions"_L1);
    const QJsonArray fallbacks = reader.array("fallbacks"_L1);
    result.hls = reader.string("hls"_L1);
    result.poster = reader.string("poster"_L1, {});
    result.frames = readInt(reader, "frames"_L1);
    result.segmentsEncoded = readInt(reader, "segments_encoded"_L1);
    result.segmentsReused = readInt(reader, "segments_reused"_L1);
    result.duration = reader.number("duration"_L1);
    result.seconds = reader.number("seconds"_L1);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    for (qsizetype i = 0; i < renditions.size(); ++i) {
        auto rendition = renditionFromJson(renditions[i].toObject(), u"renditions[%1]"_s.arg(i));
        if (!rendition)
            return std::move(rendition).error();
        result.renditions.append(*std::move(rendition));
    }
    for (qsizetype i = 0; i < fallbacks.size(); ++i) {
        auto fallback = fallbackFromJson(fallbacks[i].toObject(), u"fallbacks[%1]"_s.arg(i));
        if (!fallback)
            return std::move(fallback).error();
        result.fallbacks.append(*std::move(fallback));
    }
    return result;
}

} // namespace vidimus::transcode
