#include "core/transcode/output_key.h"

#include "core/base/json.h"

#include <array>
#include <limits>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kKinds {OutputKind::VideoInit, OutputKind::VideoSegment, OutputKind::VideoPlaylist,
    OutputKind::AudioInit, OutputKind::AudioSegment, OutputKind::AudioPlaylist, OutputKind::Poster,
    OutputKind::MasterPlaylist};

int boundedInt(JsonReader& reader, QLatin1StringView name)
{
    const qint64 value = reader.integer(name);
    if (value < 0 || value > std::numeric_limits<int>::max()) {
        reader.fail(name, u"is out of range"_s);
        return 0;
    }
    return static_cast<int>(value);
}

bool isHexDigest(QByteArrayView text)
{
    return text.size() == 64
        && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace

QString outputKindName(OutputKind kind)
{
    switch (kind) {
    case OutputKind::VideoInit:
        return u"video_init"_s;
    case OutputKind::VideoSegment:
        return u"video_segment"_s;
    case OutputKind::VideoPlaylist:
        return u"video_playlist"_s;
    case OutputKind::AudioInit:
        return u"audio_init"_s;
    case OutputKind::AudioSegment:
        return u"audio_segment"_s;
    case OutputKind::AudioPlaylist:
        return u"audio_playlist"_s;
    case OutputKind::Poster:
        return u"poster"_s;
    case OutputKind::MasterPlaylist:
        return u"master_playlist"_s;
    }
    return {};
}

QJsonObject toJson(const OutputKey& key)
{
    return {{u"kind"_s, outputKindName(key.kind)}, {u"rendition"_s, key.rendition}, {u"segment"_s, key.segment}};
}

Result<OutputKey> outputKeyFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    OutputKey key;
    const auto kind = std::ranges::find(kKinds, reader.string("kind"_L1), outputKindName);
    if (kind == kKinds.end())
        reader.fail("kind"_L1, u"is not a kind of output"_s);
    else
        key.kind = *kind;
    key.rendition = boundedInt(reader, "rendition"_L1);
    key.segment = boundedInt(reader, "segment"_L1);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return key;
}

QJsonObject toJson(const FinishedOutput& output)
{
    return {{u"key"_s, toJson(output.key)}, {u"bytes"_s, output.bytes},
        {u"sha256"_s, QString::fromLatin1(output.sha256)}, {u"start_ticks"_s, output.startTicks},
        {u"duration_ticks"_s, output.durationTicks}, {u"samples"_s, output.samples},
        {u"measured_frames"_s, output.measuredFrames}, {u"ssim_sum"_s, output.ssimSum},
        {u"squared_error_sum"_s, output.squaredErrorSum}};
}

Result<FinishedOutput> finishedOutputFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    auto key = outputKeyFromJson(reader.object("key"_L1));
    FinishedOutput output;
    output.bytes = reader.integer("bytes"_L1);
    output.sha256 = reader.string("sha256"_L1).toLatin1();
    output.startTicks = reader.integer("start_ticks"_L1);
    output.durationTicks = reader.integer("duration_ticks"_L1);
    output.samples = boundedInt(reader, "samples"_L1);
    output.measuredFrames = boundedInt(reader, "measured_frames"_L1);
    output.ssimSum = reader.number("ssim_sum"_L1);
    output.squaredErrorSum = reader.number("squared_error_sum"_L1);
    if (output.bytes < 0 || output.startTicks < 0 || output.durationTicks < 0)
        reader.fail("bytes"_L1, u"and ticks must not be negative"_s);
    if (!isHexDigest(output.sha256))
        reader.fail("sha256"_L1, u"must be 64 hexadecimal digits"_s);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    if (!key)
        return std::move(key).error();
    output.key = *key;
    return output;
}

} // namespace vidimus::transcode
