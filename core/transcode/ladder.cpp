#include "core/transcode/ladder.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <array>
#include <cmath>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kProfiles {H264Profile::Baseline, H264Profile::Main, H264Profile::High};
constexpr qsizetype kMaxRenditions = 8;
constexpr qint64 kMaxLadderBytes = 65'536;

const QStringList& presets()
{
    static const QStringList names {u"ultrafast"_s, u"superfast"_s, u"veryfast"_s, u"faster"_s, u"fast"_s, u"medium"_s,
        u"slow"_s, u"slower"_s, u"veryslow"_s};
    return names;
}

int boundedInteger(JsonReader& reader, QLatin1StringView name, qint64 low, qint64 high)
{
    const qint64 value = reader.integer(name);
    if (value < low || value > high)
        reader.fail(name, u"must be %1 to %2"_s.arg(low).arg(high));
    return static_cast<int>(std::clamp(value, low, high));
}

double boundedNumber(JsonReader& reader, QLatin1StringView name, double low, double high)
{
    const double value = reader.number(name);
    if (!(value >= low && value <= high)) {
        reader.fail(name, u"must be %1 to %2"_s.arg(low).arg(high));
        return low;
    }
    return value;
}

std::optional<int> readLevel(JsonReader& reader)
{
    if (!reader.has("level"_L1))
        return std::nullopt;
    const QString text = reader.string("level"_L1);
    static const QRegularExpression pattern(u"\\A([1-6])\\.([0-3])\\z"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch()) {
        reader.fail("level"_L1, u"must be an H.264 level such as \"3.1\""_s);
        return std::nullopt;
    }
    return match.capturedView(1).toInt() * 10 + match.capturedView(2).toInt();
}

Result<LadderRendition> renditionFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    LadderRendition rendition;
    rendition.name = reader.string("name"_L1);
    static const QRegularExpression namePattern(u"\\A[a-z0-9_-]{1,24}\\z"_s);
    if (!namePattern.match(rendition.name).hasMatch())
        reader.fail("name"_L1, u"must be 1 to 24 of a-z, 0-9, _ and -"_s);
    rendition.shortSide = boundedInteger(reader, "short_side"_L1, 2, 4320);
    if (rendition.shortSide % 2 != 0)
        reader.fail("short_side"_L1, u"must be even"_s);
    if (reader.string("codec"_L1) != videoCodecName(VideoCodec::H264))
        reader.fail("codec"_L1, u"must be \"h264\""_s);
    rendition.crf = boundedNumber(reader, "crf"_L1, 0, 51);
    rendition.maxRate = boundedInteger(reader, "maxrate"_L1, 10'000, 200'000'000);
    rendition.bufferSize = boundedInteger(reader, "bufsize"_L1, 10'000, 400'000'000);
    const QString profile = reader.string("profile"_L1, h264ProfileName(H264Profile::High));
    const auto found = std::ranges::find(kProfiles, profile, h264ProfileName);
    if (found == kProfiles.end())
        reader.fail("profile"_L1, u"must be baseline, main or high"_s);
    else
        rendition.profile = *found;
    rendition.level = readLevel(reader);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return rendition;
}

Result<LadderAudio> audioFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    LadderAudio audio;
    if (reader.string("codec"_L1) != "aac"_L1)
        reader.fail("codec"_L1, u"must be \"aac\""_s);
    audio.bitRate = boundedInteger(reader, "bitrate"_L1, 16'000, 512'000);
    audio.channels = boundedInteger(reader, "channels"_L1, 1, 2);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return audio;
}

Result<void> readRenditions(JsonReader& reader, Ladder& ladder)
{
    const QJsonArray rows = reader.array("renditions"_L1);
    if (rows.isEmpty() || rows.size() > kMaxRenditions)
        reader.fail("renditions"_L1, u"must have 1 to %1 entries"_s.arg(kMaxRenditions));
    QSet<QString> names;
    for (qsizetype i = 0; i < std::min(rows.size(), kMaxRenditions); ++i) {
        const QString path = u"%1[%2]"_s.arg(reader.pathOf("renditions"_L1)).arg(i);
        auto rendition = renditionFromJson(rows[i].toObject(), path);
        if (!rendition)
            return std::move(rendition).error();
        if (names.contains(rendition->name))
            reader.fail("renditions"_L1, u"has the name \"%1\" twice"_s.arg(rendition->name));
        if (!ladder.renditions.empty() && rendition->shortSide > ladder.renditions.back().shortSide)
            reader.fail("renditions"_L1, u"must stand largest first"_s);
        names.insert(rendition->name);
        ladder.renditions.push_back(*std::move(rendition));
    }
    return {};
}

} // namespace

QString videoCodecName(VideoCodec codec)
{
    switch (codec) {
    case VideoCodec::H264:
        return u"h264"_s;
    }
    return {};
}

QString h264ProfileName(H264Profile profile)
{
    switch (profile) {
    case H264Profile::Baseline:
        return u"baseline"_s;
    case H264Profile::Main:
        return u"main"_s;
    case H264Profile::High:
        return u"high"_s;
    }
    return {};
}

Result<Ladder> ladderFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    Ladder ladder;
    ladder.name = reader.string("name"_L1);
    if (ladder.name.isEmpty() || ladder.name.size() > 64)
        reader.fail("name"_L1, u"must have 1 to 64 characters"_s);
    ladder.segmentSeconds = boundedNumber(reader, "segment_seconds"_L1, 1, 10);
    ladder.preset = reader.string("preset"_L1, u"veryfast"_s);
    if (!presets().contains(ladder.preset))
        reader.fail("preset"_L1, u"must be one of %1"_s.arg(presets().join(u", "_s)));
    if (auto read = readRenditions(reader, ladder); !read)
        return std::move(read).error();
    if (reader.has("audio"_L1)) {
        auto audio = audioFromJson(reader.object("audio"_L1), reader.pathOf("audio"_L1));
        if (!audio)
            return std::move(audio).error();
        ladder.audio = *audio;
    }
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return ladder;
}

QJsonObject toJson(const Ladder& ladder)
{
    QJsonArray renditions;
    for (const LadderRendition& rendition : ladder.renditions) {
        QJsonObject row {{u"name"_s, rendition.name}, {u"short_side"_s, rendition.shortSide},
            {u"codec"_s, videoCodecName(rendition.codec)}, {u"crf"_s, rendition.crf}, {u"maxrate"_s, rendition.maxRate},
            {u"bufsize"_s, rendition.bufferSize}, {u"profile"_s, h264ProfileName(rendition.profile)}};
        if (rendition.level)
            row.insert(u"level"_s, u"%1.%2"_s.arg(*rendition.level / 10).arg(*rendition.level % 10));
        renditions.append(row);
    }
    QJsonObject object {{u"name"_s, ladder.name}, {u"segment_seconds"_s, ladder.segmentSeconds},
        {u"preset"_s, ladder.preset}, {u"renditions"_s, renditions}};
    if (ladder.audio)
        object.insert(u"audio"_s,
            QJsonObject {{u"codec"_s, u"aac"_s}, {u"bitrate"_s, ladder.audio->bitRate},
                {u"channels"_s, ladder.audio->channels}});
    return object;
}

QStringList shippedLadderNames()
{
    QStringList names = QDir(u":/ladders"_s).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (QString& name : names)
        name.chop(5);
    return names;
}

Result<Ladder> shippedLadder(const QString& name)
{
    if (!shippedLadderNames().contains(name))
        return Error {ErrorCode::NotFound,
            u"there is no ladder \"%1\", only %2; a file of one's own is named with its folder or ends with .json"_s
                .arg(name, shippedLadderNames().join(u", "_s)),
            "ladder_unknown"};
    QFile file(u":/ladders/%1.json"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return Error {ErrorCode::Internal, file.errorString(), "ladder_resource"};
    const auto object = parseJsonObject(file.readAll());
    return object ? ladderFromJson(*object) : Result<Ladder>(object.error());
}

Result<Ladder> loadLadder(const QString& nameOrPath)
{
    if (!nameOrPath.contains(u'/') && !nameOrPath.endsWith(u".json"))
        return shippedLadder(nameOrPath);
    const auto bytes = readFile(nameOrPath, kMaxLadderBytes);
    if (!bytes)
        return bytes.error();
    const auto object = parseWrittenJson(*bytes);
    auto ladder = object ? ladderFromJson(*object) : Result<Ladder>(object.error());
    if (ladder)
        return ladder;
    Error error = std::move(ladder).error();
    error.detail = u"\"%1\" is no ladder: %2"_s.arg(QFileInfo(nameOrPath).fileName(), error.detail);
    return error;
}

} // namespace vidimus::transcode
