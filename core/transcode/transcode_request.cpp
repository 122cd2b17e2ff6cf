#include "core/transcode/transcode_request.h"

#include "core/base/json.h"

#include <QJsonArray>
#include <limits>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

QJsonArray toJsonPair(Rational value)
{
    return {qint64 {value.num}, qint64 {value.den}};
}

Rational readRational(JsonReader& reader, QLatin1StringView name)
{
    const QJsonArray pair = reader.array(name);
    const qint64 num = pair.size() == 2 ? pair[0].toInteger(-1) : -1;
    const qint64 den = pair.size() == 2 ? pair[1].toInteger(0) : 0;
    constexpr qint64 kMax = std::numeric_limits<int>::max();
    if (num < 0 || num > kMax || den < 1 || den > kMax) {
        reader.fail(name, u"must be a pair of numerator and denominator"_s);
        return {};
    }
    return {num, den};
}

int readInt(JsonReader& reader, QLatin1StringView name)
{
    const qint64 value = reader.integer(name);
    if (value < 0 || value > std::numeric_limits<int>::max()) {
        reader.fail(name, u"is out of range"_s);
        return 0;
    }
    return static_cast<int>(value);
}

Result<SourcePicture> pictureFromJson(const QJsonObject& object)
{
    JsonReader reader(object, u"picture"_s);
    SourcePicture picture;
    picture.width = readInt(reader, "width"_L1);
    picture.height = readInt(reader, "height"_L1);
    picture.pixelAspect = readRational(reader, "pixel_aspect"_L1);
    picture.rotation = readInt(reader, "rotation"_L1);
    picture.frameRate = readRational(reader, "frame_rate"_L1);
    picture.variableRate = reader.boolean("variable_rate"_L1, false);
    picture.mirrored = reader.boolean("mirrored"_L1, false);
    picture.interlaced = reader.boolean("interlaced"_L1, false);
    picture.highDynamicRange = reader.boolean("high_dynamic_range"_L1, false);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return picture;
}

Result<SourceSound> soundFromJson(const QJsonObject& object)
{
    JsonReader reader(object, u"sound"_s);
    SourceSound sound;
    sound.sampleRate = readInt(reader, "sample_rate"_L1);
    sound.channels = readInt(reader, "channels"_L1);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return sound;
}

} // namespace

QJsonObject toJson(const SourceFacts& facts)
{
    QJsonObject object {{u"duration"_s, facts.durationSeconds}};
    if (const auto& picture = facts.picture)
        object.insert(u"picture"_s,
            QJsonObject {{u"width"_s, picture->width}, {u"height"_s, picture->height},
                {u"pixel_aspect"_s, toJsonPair(picture->pixelAspect)}, {u"rotation"_s, picture->rotation},
                {u"frame_rate"_s, toJsonPair(picture->frameRate)}, {u"mirrored"_s, picture->mirrored},
                {u"variable_rate"_s, picture->variableRate}, {u"interlaced"_s, picture->interlaced},
                {u"high_dynamic_range"_s, picture->highDynamicRange}});
    if (const auto& sound = facts.sound)
        object.insert(
            u"sound"_s, QJsonObject {{u"sample_rate"_s, sound->sampleRate}, {u"channels"_s, sound->channels}});
    return object;
}

Result<SourceFacts> sourceFactsFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    SourceFacts facts;
    facts.durationSeconds = reader.number("duration"_L1);
    if (!(facts.durationSeconds >= 0))
        reader.fail("duration"_L1, u"must not be negative"_s);
    if (reader.has("picture"_L1)) {
        auto picture = pictureFromJson(reader.object("picture"_L1));
        if (!picture)
            return std::move(picture).error();
        facts.picture = *picture;
    }
    if (reader.has("sound"_L1)) {
        auto sound = soundFromJson(reader.object("sound"_L1));
        if (!sound)
            return std::move(sound).error();
        facts.sound = *sound;
    }
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return facts;
}

QJsonObject toJson(const TranscodeRequest& request)
{
    QJsonArray finished;
    for (const FinishedOutput& output : request.finished)
        finished.append(toJson(output));
    QJsonArray spans;
    for (const TimeSpan& span : request.posterSpans)
        spans.append(QJsonArray {span.start, span.end});
    return {{u"ladder"_s, toJson(request.ladder)}, {u"source"_s, toJson(request.source)},
        {u"encoder"_s, request.encoder}, {u"poster_spans"_s, spans}, {u"finished"_s, finished}};
}

Result<TranscodeRequest> transcodeRequestFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    TranscodeRequest request;
    auto ladder = ladderFromJson(reader.object("ladder"_L1));
    auto source = sourceFactsFromJson(reader.object("source"_L1));
    request.encoder = reader.string("encoder"_L1);
    const QJsonArray spans = reader.array("poster_spans"_L1);
    if (spans.size() > kMostPosterSpans)
        reader.fail("poster_spans"_L1, u"too many"_s);
    for (const QJsonValue& value : spans) {
        const QJsonArray pair = value.toArray();
        const TimeSpan span {pair[0].toDouble(-1), pair[1].toDouble(-1)};
        if (pair.size() != 2 || !(span.start >= 0 && span.end >= span.start && span.end < 1e7))
            reader.fail("poster_spans"_L1, u"must be stretches of seconds"_s);
        request.posterSpans.push_back(span);
    }
    const QJsonArray finished = reader.array("finished"_L1);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    if (!ladder)
        return std::move(ladder).error();
    if (!source)
        return std::move(source).error();
    request.ladder = *std::move(ladder);
    request.source = *source;
    for (const QJsonValue& row : finished) {
        auto output = finishedOutputFromJson(row.toObject());
        if (!output)
            return std::move(output).error();
        request.finished.append(*std::move(output));
    }
    return request;
}

} // namespace vidimus::transcode
