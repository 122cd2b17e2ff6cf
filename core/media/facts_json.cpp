#include "core/base/json.h"
#include "core/media/facts.h"

#include <QJsonArray>
#include <array>
#include <cmath>

namespace vidimus::media {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kFieldOrders {"unknown"_L1, "progressive"_L1, "tff"_L1, "bff"_L1};
constexpr std::array kRateKinds {"unknown"_L1, "constant"_L1, "variable"_L1};
constexpr std::array kRanges {"unknown"_L1, "limited"_L1, "full"_L1};
constexpr std::array kHdrKinds {"sdr"_L1, "pq"_L1, "hlg"_L1};

// Caps on what an untrusted worker may say.
constexpr qsizetype kMaxStreams = 256;
constexpr qsizetype kMaxProblems = 1024;
constexpr qsizetype kMaxText = 4096;
constexpr int kMaxSide = 65'536;
constexpr int kMaxChannels = 1024;
constexpr int kMaxSampleRate = 10'000'000;
constexpr double kMaxSeconds = 1e10;

QString ratio(Rational value)
{
    return u"%1/%2"_s.arg(value.num).arg(value.den);
}

template<class Enum, std::size_t N>
QString nameOf(const std::array<QLatin1StringView, N>& names, Enum value)
{
    return names[static_cast<std::size_t>(value)];
}

QJsonObject common(const StreamFacts& stream, QLatin1StringView type)
{
    QJsonObject object {{u"type"_s, QString(type)}, {u"index"_s, stream.index}, {u"codec"_s, stream.codec},
        {u"default"_s, stream.isDefault}, {u"start"_s, stream.startSeconds}, {u"duration"_s, stream.durationSeconds},
        {u"bit_rate"_s, stream.bitRate}};
    if (!stream.profile.isEmpty())
        object.insert(u"profile"_s, stream.profile);
    if (!stream.language.isEmpty())
        object.insert(u"language"_s, stream.language);
    if (!stream.title.isEmpty())
        object.insert(u"title"_s, stream.title);
    return object;
}

QJsonObject hdrToJson(const HdrValues& values)
{
    QJsonObject object;
    if (values.minLuminance)
        object.insert(u"min_luminance"_s, *values.minLuminance);
    if (values.maxLuminance)
        object.insert(u"max_luminance"_s, *values.maxLuminance);
    if (values.maxContentLight)
        object.insert(u"max_cll"_s, *values.maxContentLight);
    if (values.maxFrameAverageLight)
        object.insert(u"max_fall"_s, *values.maxFrameAverageLight);
    return object;
}

QJsonObject videoToJson(const VideoStream& stream, bool programme)
{
    QJsonObject object = common(stream, "video"_L1);
    object.insert(u"programme"_s, programme);
    object.insert(u"width"_s, stream.width);
    object.insert(u"height"_s, stream.height);
    object.insert(u"display_width"_s, stream.displayWidth);
    object.insert(u"display_height"_s, stream.displayHeight);
    object.insert(u"rotation"_s, stream.orientation.clockwiseDegrees);
    object.insert(u"mirrored"_s, stream.orientation.mirrored);
    object.insert(u"sample_aspect"_s, ratio(stream.sampleAspect));
    object.insert(u"display_aspect"_s, ratio(stream.displayAspect));
    object.insert(u"pixel_format"_s, stream.pixelFormat);
    object.insert(u"bit_depth"_s, stream.bitDepth);
    object.insert(u"field_order"_s, nameOf(kFieldOrders, stream.fieldOrder));
    object.insert(u"average_rate"_s, ratio(stream.averageRate));
    object.insert(u"real_rate"_s, ratio(stream.realRate));
    object.insert(u"rate"_s, nameOf(kRateKinds, stream.rateKind));
    object.insert(u"frames"_s, stream.frameCount);
    object.insert(u"color_range"_s, nameOf(kRanges, stream.color.range));
    // Code points of ITU-T H.273; names are for people.
    object.insert(u"color_primaries"_s, stream.color.primaries);
    object.insert(u"color_transfer"_s, stream.color.transfer);
    object.insert(u"color_matrix"_s, stream.color.matrix);
    object.insert(u"hdr"_s, nameOf(kHdrKinds, stream.hdr));
    if (const QJsonObject values = hdrToJson(stream.hdrValues); !values.isEmpty())
        object.insert(u"hdr_values"_s, values);
    object.insert(u"cover_art"_s, stream.coverArt);
    return object;
}

/// JsonReader with the ranges and small types of media facts.
class Reader {
public:
    Reader(const QJsonObject& object, const QString& path)
        : json(object, path)
    {
    }

    int integer(QLatin1StringView name, int low, int high)
    {
        const qint64 value = json.integer(name);
        if (value < low || value > high) {
            json.fail(name, u"out of range"_s);
            return low;
        }
        return static_cast<int>(value);
    }
    qint64 count(QLatin1StringView name)
    {
        const qint64 value = json.integer(name);
        if (value < 0)
            json.fail(name, u"negative"_s);
        return value;
    }
    double seconds(QLatin1StringView name, bool negativeToo = false)
    {
        const double value = json.number(name);
        if (!(value <= kMaxSeconds) || value < (negativeToo ? -kMaxSeconds : 0.0)) {
            json.fail(name, u"not a time"_s);
            return 0;
        }
        return value;
    }
    QString text(QLatin1StringView name, bool required = true)
    {
        const QString value = required ? json.string(name) : json.string(name, QString());
        if (value.size() > kMaxText)
            json.fail(name, u"too long"_s);
        return value.left(kMaxText);
    }
    Rational rational(QLatin1StringView name)
    {
        const QString value = json.string(name);
        const QStringList parts = value.split(u'/');
        bool numOk = false;
        bool denOk = false;
        const qint64 num = parts.value(0).toLongLong(&numOk);
        const qint64 den = parts.value(1).toLongLong(&denOk);
        if (parts.size() != 2 || !numOk || !denOk || num < 0 || den <= 0) {
            json.fail(name, u"not a fraction"_s);
            return {0, 1};
        }
        return {num, den};
    }
    template<class Enum, std::size_t N>
    Enum choice(QLatin1StringView name, const std::array<QLatin1StringView, N>& names)
    {
        const QString value = json.string(name);
        for (std::size_t n = 0; n < N; ++n) {
            if (value == names[n])
                return static_cast<Enum>(n);
        }
        json.fail(name, u"unknown word"_s);
        return Enum {};
    }

    JsonReader json;
};

void readCommon(Reader& in, StreamFacts& stream)
{
    static_cast<void>(in.json.string("type"_L1));
    stream.index = in.integer("index"_L1, 0, kMaxStreams);
    stream.codec = in.text("codec"_L1);
    stream.isDefault = in.json.boolean("default"_L1, false);
    stream.startSeconds = in.seconds("start"_L1, true);
    stream.durationSeconds = in.seconds("duration"_L1);
    stream.bitRate = in.count("bit_rate"_L1);
    stream.profile = in.text("profile"_L1, false);
    stream.language = in.text("language"_L1, false);
    stream.title = in.text("title"_L1, false);
}

Result<HdrValues> hdrFromJson(const QJsonObject& object, const QString& path)
{
    Reader in(object, path);
    HdrValues values;
    constexpr double kMaxNits = 1e6;
    const auto luminance = [&](QLatin1StringView name) -> std::optional<double> {
        if (!in.json.has(name))
            return std::nullopt;
        const double value = in.json.number(name);
        if (!(value >= 0 && value <= kMaxNits))
            in.json.fail(name, u"out of range"_s);
        return value;
    };
    values.minLuminance = luminance("min_luminance"_L1);
    values.maxLuminance = luminance("max_luminance"_L1);
    if (in.json.has("max_cll"_L1))
        values.maxContentLight = in.integer("max_cll"_L1, 0, static_cast<int>(kMaxNits));
    if (in.json.has("max_fall"_L1))
        values.maxFrameAverageLight = in.integer("max_fall"_L1, 0, static_cast<int>(kMaxNits));
    if (auto finished = in.json.finish(); !finished)
        return std::move(finished).error();
    return values;
}

Result<bool> readVideo(const QJsonObject& object, const QString& path, MediaFacts& facts)
{
    Reader in(object, path);
    VideoStream stream;
    readCommon(in, stream);
    const bool programme = in.json.boolean("programme"_L1, false);
    stream.width = in.integer("width"_L1, 0, kMaxSide);
    stream.height = in.integer("height"_L1, 0, kMaxSide);
    stream.displayWidth = in.integer("display_width"_L1, 0, kMaxSide * 16);
    stream.displayHeight = in.integer("display_height"_L1, 0, kMaxSide * 16);
    stream.orientation.clockwiseDegrees = in.integer("rotation"_L1, 0, 270);
    if (stream.orientation.clockwiseDegrees % 90 != 0)
        in.json.fail("rotation"_L1, u"not a quarter turn"_s);
    stream.orientation.mirrored = in.json.boolean("mirrored"_L1, false);
    stream.sampleAspect = in.rational("sample_aspect"_L1);
    if (stream.sampleAspect.isZero())
        in.json.fail("sample_aspect"_L1, u"zero"_s);
    stream.displayAspect = in.rational("display_aspect"_L1);
    stream.pixelFormat = in.text("pixel_format"_L1);
    stream.bitDepth = in.integer("bit_depth"_L1, 0, 32);
    stream.fieldOrder = in.choice<FieldOrder>("field_order"_L1, kFieldOrders);
    stream.averageRate = in.rational("average_rate"_L1);
    stream.realRate = in.rational("real_rate"_L1);
    stream.rateKind = in.choice<RateKind>("rate"_L1, kRateKinds);
    stream.frameCount = in.count("frames"_L1);
    stream.color.range = in.choice<ColorRange>("color_range"_L1, kRanges);
    stream.color.primaries = in.integer("color_primaries"_L1, 0, 255);
    stream.color.transfer = in.integer("color_transfer"_L1, 0, 255);
    stream.color.matrix = in.integer("color_matrix"_L1, 0, 255);
    stream.hdr = in.choice<HdrKind>("hdr"_L1, kHdrKinds);
    stream.coverArt = in.json.boolean("cover_art"_L1, false);
    if (in.json.has("hdr_values"_L1)) {
        auto values = hdrFromJson(in.json.object("hdr_values"_L1), in.json.pathOf("hdr_values"_L1));
        if (!values)
            return std::move(values).error();
        stream.hdrValues = *values;
    }
    if (auto finished = in.json.finish(); !finished)
        return std::move(finished).error();
    facts.video.push_back(std::move(stream));
    return programme;
}

Result<bool> readAudio(const QJsonObject& object, const QString& path, MediaFacts& facts)
{
    Reader in(object, path);
    AudioStream stream;
    readCommon(in, stream);
    const bool programme = in.json.boolean("programme"_L1, false);
    stream.channels = in.integer("channels"_L1, 0, kMaxChannels);
    stream.layout = in.text("layout"_L1);
    stream.sampleRate = in.integer("sample_rate"_L1, 0, kMaxSampleRate);
    if (auto finished = in.json.finish(); !finished)
        return std::move(finished).error();
    facts.audio.push_back(std::move(stream));
    return programme;
}

Result<void> readStream(const QJsonObject& object, const QString& path, MediaFacts& facts)
{
    const QString type = object.value(u"type"_s).toString();
    if (type == "video"_L1 || type == "audio"_L1) {
        const bool isVideo = type == "video"_L1;
        const auto programme = isVideo ? readVideo(object, path, facts) : readAudio(object, path, facts);
        if (!programme)
            return programme.error();
        int& best = isVideo ? facts.bestVideo : facts.bestAudio;
        if (*programme && best >= 0)
            return Error {ErrorCode::Invalid, path + u": a second programme stream"_s, {}};
        if (*programme)
            best = static_cast<int>(isVideo ? facts.video.size() : facts.audio.size()) - 1;
        return {};
    }
    Reader in(object, path);
    if (type == "subtitle"_L1) {
        SubtitleStream stream;
        readCommon(in, stream);
        stream.forced = in.json.boolean("forced"_L1, false);
        stream.hearingImpaired = in.json.boolean("hearing_impaired"_L1, false);
        facts.subtitles.push_back(std::move(stream));
    } else if (type == "other"_L1) {
        OtherStream stream;
        readCommon(in, stream);
        stream.kind = in.text("kind"_L1);
        facts.others.push_back(std::move(stream));
    } else {
        in.json.fail("type"_L1, u"unknown word"_s);
    }
    return in.json.finish();
}

Result<void> readProblem(const QJsonObject& object, const QString& path, MediaFacts& facts)
{
    Reader in(object, path);
    MediaProblem problem;
    problem.code = in.text("code"_L1).toLatin1();
    problem.detail = in.text("detail"_L1);
    facts.problems.push_back(std::move(problem));
    return in.json.finish();
}

Result<void> readArray(JsonReader& json, QLatin1StringView name, qsizetype most, MediaFacts& facts,
    Result<void> (*read)(const QJsonObject&, const QString&, MediaFacts&))
{
    const QJsonArray array = json.array(name);
    if (array.size() > most)
        return Error {ErrorCode::LimitExceeded, json.pathOf(name) + u": too many"_s, {}};
    for (qsizetype n = 0; n < array.size(); ++n) {
        const QString path = u"%1[%2]"_s.arg(json.pathOf(name)).arg(n);
        if (!array[n].isObject())
            return Error {ErrorCode::Invalid, path + u": not an object"_s, {}};
        if (auto done = read(array[n].toObject(), path, facts); !done)
            return done;
    }
    return {};
}

} // namespace

QJsonObject toJson(const MediaFacts& facts)
{
    QJsonArray streams;
    for (std::size_t n = 0; n < facts.video.size(); ++n)
        streams.append(videoToJson(facts.video[n], static_cast<int>(n) == facts.bestVideo));
    for (std::size_t n = 0; n < facts.audio.size(); ++n) {
        const AudioStream& stream = facts.audio[n];
        QJsonObject object = common(stream, "audio"_L1);
        object.insert(u"programme"_s, static_cast<int>(n) == facts.bestAudio);
        object.insert(u"channels"_s, stream.channels);
        object.insert(u"layout"_s, stream.layout);
        object.insert(u"sample_rate"_s, stream.sampleRate);
        streams.append(object);
    }
    for (const SubtitleStream& stream : facts.subtitles) {
        QJsonObject object = common(stream, "subtitle"_L1);
        object.insert(u"forced"_s, stream.forced);
        object.insert(u"hearing_impaired"_s, stream.hearingImpaired);
        streams.append(object);
    }
    for (const OtherStream& stream : facts.others) {
        QJsonObject object = common(stream, "other"_L1);
        object.insert(u"kind"_s, stream.kind);
        streams.append(object);
    }
    QJsonArray problems;
    for (const MediaProblem& problem : facts.problems)
        problems.append(QJsonObject {{u"code"_s, QString::fromLatin1(problem.code)}, {u"detail"_s, problem.detail}});
    return {{u"container"_s, facts.container}, {u"container_name"_s, facts.containerName},
        {u"duration"_s, facts.durationSeconds}, {u"start"_s, facts.startSeconds}, {u"bit_rate"_s, facts.bitRate},
        {u"bytes"_s, facts.bytes}, {u"streams"_s, streams}, {u"problems"_s, problems}};
}

Result<MediaFacts> factsFromJson(const QJsonObject& object)
{
    Reader in(object, {});
    MediaFacts facts;
    facts.container = in.text("container"_L1);
    facts.containerName = in.text("container_name"_L1);
    facts.durationSeconds = in.seconds("duration"_L1);
    facts.startSeconds = in.seconds("start"_L1, true);
    facts.bitRate = in.count("bit_rate"_L1);
    facts.bytes = in.count("bytes"_L1);
    if (auto done = readArray(in.json, "streams"_L1, kMaxStreams, facts, readStream); !done)
        return std::move(done).error();
    if (auto done = readArray(in.json, "problems"_L1, kMaxProblems, facts, readProblem); !done)
        return std::move(done).error();
    if (auto finished = in.json.finish(); !finished)
        return std::move(finished).error();
    return facts;
}

} // namespace vidimus::media
