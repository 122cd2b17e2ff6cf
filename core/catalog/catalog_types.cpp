#include "core/catalog/catalog_types.h"

#include "core/base/json.h"

namespace vidimus::catalog {

using namespace Qt::StringLiterals;

namespace {

/// Unknown members are the server's future; a missing or wrong one is an answer that is not what it should be.
template<class T>
Result<T> answered(const JsonReader& reader, T value)
{
    if (auto done = reader.finish(JsonReader::Unknown::Ignore); !done)
        return Error {ErrorCode::Corrupt, done.error().detail, "wrong_schema"};
    return value;
}

Instant instantIn(JsonReader& reader, QLatin1StringView name)
{
    const auto instant = parseRfc3339(reader.string(name));
    if (!instant) {
        reader.fail(name, instant.error().detail);
        return {};
    }
    return *instant;
}

QByteArray absolute(const QByteArray& baseUrl, const QString& reference)
{
    if (reference.isEmpty())
        return {};
    return QUrl(QString::fromUtf8(baseUrl) + u'/').resolved(QUrl(reference)).toEncoded();
}

} // namespace

Result<TitleRecord> titleRecordFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    TitleRecord record {TitleId(reader.string("id"_L1)), reader.integer("version"_L1), reader.string("name"_L1),
        reader.object("rights"_L1)};
    return answered(reader, std::move(record));
}

Result<PublicationRecord> publicationRecordFromJson(const QJsonObject& json, const QByteArray& baseUrl)
{
    JsonReader reader(json);
    PublicationRecord record;
    record.id = PublicationId(reader.string("id"_L1));
    record.title = TitleId(reader.string("title"_L1));
    record.asset = AssetId(reader.string("asset"_L1));
    record.packageId = reader.string("package"_L1);
    record.state = reader.string("state"_L1).toLatin1();
    if (reader.has("live_from"_L1))
        record.liveFrom = instantIn(reader, "live_from"_L1);
    JsonReader links(reader.object("links"_L1), u"links"_s);
    record.liveUrl = absolute(baseUrl, links.string("page"_L1, {}));
    record.masterUrl = absolute(baseUrl, links.string("hls"_L1, {}));
    return answered(reader, std::move(record));
}

Result<AvailabilityAnswer> availabilityAnswerFromJson(const QJsonObject& json, const QByteArray& baseUrl)
{
    JsonReader reader(json);
    AvailabilityAnswer answer;
    if (!json.value("available"_L1).isBool())
        reader.fail("available"_L1, u"must be true or false"_s);
    answer.available = reader.boolean("available"_L1, false);
    answer.reason = reader.string("reason"_L1, {}).toLatin1();
    answer.termsFrom = reader.string("terms_from"_L1, {});
    answer.at = instantIn(reader, "at"_L1);
    JsonReader snapshot(reader.object("snapshot"_L1), u"snapshot"_s);
    answer.snapshotVersion = snapshot.integer("version"_L1);
    if (answer.available) {
        JsonReader playback(reader.object("playback"_L1), u"playback"_s);
        answer.hlsUrl = absolute(baseUrl, playback.string("hls"_L1));
        answer.posterUrl = absolute(baseUrl, playback.string("poster"_L1, {}));
        if (answer.hlsUrl.isEmpty())
            reader.fail("playback"_L1, u"has no playlist"_s);
    }
    answer.trail = json.value("trail"_L1).toArray();
    return answered(reader, std::move(answer));
}

Result<AuditHead> auditHeadFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    AuditHead head;
    head.signedHead = reader.object("head"_L1);
    head.size = reader.integer("size"_L1);
    head.rootHash = reader.string("root"_L1).toLatin1();
    return answered(reader, std::move(head));
}

} // namespace vidimus::catalog
