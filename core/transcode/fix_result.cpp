#include "core/transcode/fix_result.h"

#include "core/base/json.h"

#include <QJsonArray>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostStreams = 256;

Result<FixedStream> streamFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    FixedStream stream;
    stream.index = static_cast<int>(reader.integer("index"_L1));
    stream.treatment = reader.string("treatment"_L1);
    stream.codec = reader.string("codec"_L1).left(64);
    stream.detail = reader.string("detail"_L1).left(200);
    if (stream.treatment != "copied"_L1 && stream.treatment != "encoded"_L1 && stream.treatment != "dropped"_L1)
        reader.fail("treatment"_L1, u"is unknown"_s);
    if (const auto done = reader.finish(); !done)
        return done.error();
    return stream;
}

} // namespace

QJsonObject toJson(const FixedFile& file)
{
    QJsonArray streams;
    for (const FixedStream& stream : file.streams) {
        streams.append(QJsonObject {{u"index"_s, stream.index}, {u"treatment"_s, stream.treatment},
            {u"codec"_s, stream.codec}, {u"detail"_s, stream.detail}});
    }
    return {{u"container"_s, file.container}, {u"bytes"_s, file.bytes}, {u"frames_encoded"_s, file.frames},
        {u"gain_db"_s, file.gainDb}, {u"streams"_s, streams}};
}

Result<FixedFile> fixedFileFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    FixedFile file;
    file.container = reader.string("container"_L1).left(64);
    file.bytes = reader.integer("bytes"_L1);
    file.frames = reader.integer("frames_encoded"_L1);
    file.gainDb = reader.number("gain_db"_L1);
    const QJsonArray streams = reader.array("streams"_L1);
    if (file.bytes < 0 || file.frames < 0 || streams.size() > kMostStreams)
        reader.fail("bytes"_L1, u"is out of range"_s);
    if (const auto done = reader.finish(); !done)
        return done.error();
    for (const QJsonValue& value : streams) {
        auto stream = streamFromJson(value.toObject(), u"streams[]"_s);
        if (!stream)
            return std::move(stream).error();
        file.streams.push_back(*std::move(stream));
    }
    return file;
}

} // namespace vidimus::transcode
