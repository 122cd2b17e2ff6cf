#include "core/catalog/operation_payload.h"

#include "core/base/json.h"

namespace vidimus::catalog {

using namespace Qt::StringLiterals;

namespace {

QString sha256Member(JsonReader& reader, QLatin1StringView name)
{
    const QString text = reader.string(name);
    const bool isHex = text.size() == 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
    if (!isHex)
        reader.fail(name, u"must be 64 lower-case hexadecimal digits"_s);
    return text;
}

QString idMember(JsonReader& reader, QLatin1StringView name)
{
    const QString text = reader.string(name);
    if (text.isEmpty() || text.size() > 128)
        reader.fail(name, u"must have 1 to 128 characters"_s);
    return text;
}

Instant instantMember(JsonReader& reader, QLatin1StringView name)
{
    const auto instant = parseRfc3339(reader.string(name));
    if (!instant) {
        reader.fail(name, instant.error().detail);
        return {};
    }
    return *instant;
}

QJsonObject objectOr(JsonReader& reader, QLatin1StringView name)
{
    return reader.has(name) ? reader.object(name) : QJsonObject();
}

template<class T>
Result<T> finished(const JsonReader& reader, T value)
{
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    return value;
}

QString latin(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes);
}

} // namespace

QJsonObject toJson(const UpsertTitle& payload)
{
    QJsonObject json {{u"id"_s, payload.id.toString()}, {u"name"_s, payload.name}, {u"rights"_s, payload.rights}};
    if (payload.baseVersion)
        json[u"base_version"_s] = *payload.baseVersion;
    return json;
}

Result<UpsertTitle> upsertTitleFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    UpsertTitle payload {
        TitleId(idMember(reader, "id"_L1)), reader.string("name"_L1), objectOr(reader, "rights"_L1), std::nullopt};
    if (reader.has("base_version"_L1))
        payload.baseVersion = reader.integer("base_version"_L1);
    return finished(reader, std::move(payload));
}

QJsonObject toJson(const RegisterAsset& payload)
{
    return {{u"id"_s, payload.id.toString()}, {u"title"_s, payload.title.toString()},
        {u"sha256"_s, latin(payload.sha256)}, {u"bytes"_s, payload.bytes}, {u"file_name"_s, payload.fileName},
        {u"facts"_s, payload.facts}};
}

Result<RegisterAsset> registerAssetFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    RegisterAsset payload {AssetId(idMember(reader, "id"_L1)), TitleId(idMember(reader, "title"_L1)),
        sha256Member(reader, "sha256"_L1).toLatin1(), reader.integer("bytes"_L1), reader.string("file_name"_L1, {}),
        objectOr(reader, "facts"_L1)};
    return finished(reader, std::move(payload));
}

QJsonObject toJson(const AppendDecision& payload)
{
    QJsonObject json {{u"id"_s, payload.id.toString()}, {u"asset"_s, payload.asset.toString()},
        {u"title"_s, payload.title.toString()}, {u"asset_sha256"_s, latin(payload.assetSha256)},
        {u"verdict"_s, latin(payload.verdict)}, {u"decision"_s, payload.decision},
        {u"decided_at"_s, toRfc3339(payload.decidedAt)}};
    if (!payload.supersedes.isEmpty())
        json[u"supersedes"_s] = payload.supersedes.toString();
    return json;
}

Result<AppendDecision> appendDecisionFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    AppendDecision payload {DecisionId(idMember(reader, "id"_L1)), AssetId(idMember(reader, "asset"_L1)),
        TitleId(idMember(reader, "title"_L1)), sha256Member(reader, "asset_sha256"_L1).toLatin1(),
        reader.string("verdict"_L1).toLatin1(), objectOr(reader, "decision"_L1), instantMember(reader, "decided_at"_L1),
        DecisionId(reader.string("supersedes"_L1, {}))};
    return finished(reader, std::move(payload));
}

QJsonObject toJson(const PutWindows& payload)
{
    QJsonObject json {{u"title"_s, payload.title.toString()}, {u"rules"_s, payload.rules}, {u"deals"_s, payload.deals},
        {u"context"_s, payload.context}};
    if (payload.baseVersion)
        json[u"base_version"_s] = *payload.baseVersion;
    return json;
}

Result<PutWindows> putWindowsFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    PutWindows payload {TitleId(idMember(reader, "title"_L1)), reader.array("rules"_L1), objectOr(reader, "deals"_L1),
        objectOr(reader, "context"_L1), std::nullopt};
    if (reader.has("base_version"_L1))
        payload.baseVersion = reader.integer("base_version"_L1);
    return finished(reader, std::move(payload));
}

QJsonObject toJson(const UploadPackage& payload)
{
    QJsonArray files;
    for (const PackageFile& file : payload.files) {
        files.append(QJsonObject {{u"name"_s, file.name}, {u"path"_s, file.path}, {u"sha256"_s, latin(file.sha256)},
            {u"bytes"_s, file.bytes}});
    }
    return {{u"id"_s, payload.packageId}, {u"asset"_s, payload.asset.toString()},
        {u"title"_s, payload.title.toString()}, {u"source_sha256"_s, latin(payload.sourceSha256)},
        {u"master"_s, payload.master}, {u"poster"_s, payload.poster}, {u"rendition_count"_s, payload.renditionCount},
        {u"files"_s, files}};
}

Result<UploadPackage> uploadPackageFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    UploadPackage payload {idMember(reader, "id"_L1), AssetId(idMember(reader, "asset"_L1)),
        TitleId(idMember(reader, "title"_L1)), sha256Member(reader, "source_sha256"_L1).toLatin1(),
        reader.string("master"_L1), reader.string("poster"_L1, {}),
        static_cast<int>(reader.integer("rendition_count"_L1)), {}};
    const QJsonArray files = reader.array("files"_L1);
    for (qsizetype i = 0; i < files.size(); ++i) {
        JsonReader fileReader(files[i].toObject(), u"files[%1]"_s.arg(i));
        payload.files.push_back({fileReader.string("name"_L1), fileReader.string("path"_L1),
            sha256Member(fileReader, "sha256"_L1).toLatin1(), fileReader.integer("bytes"_L1)});
        if (auto done = fileReader.finish(); !done)
            return std::move(done).error();
    }
    return finished(reader, std::move(payload));
}

QJsonObject toJson(const Publish& payload)
{
    QJsonObject json {{u"id"_s, payload.id.toString()}, {u"title"_s, payload.title.toString()},
        {u"asset"_s, payload.asset.toString()}, {u"package"_s, payload.packageId}};
    if (payload.liveFrom)
        json[u"live_from"_s] = toRfc3339(*payload.liveFrom);
    return json;
}

Result<Publish> publishFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    Publish payload {PublicationId(idMember(reader, "id"_L1)), TitleId(idMember(reader, "title"_L1)),
        AssetId(idMember(reader, "asset"_L1)), idMember(reader, "package"_L1), std::nullopt};
    if (reader.has("live_from"_L1))
        payload.liveFrom = instantMember(reader, "live_from"_L1);
    return finished(reader, std::move(payload));
}

QJsonObject toJson(const Withdraw& payload)
{
    return {{u"id"_s, payload.id.toString()}, {u"title"_s, payload.title.toString()}, {u"reason"_s, payload.reason}};
}

Result<Withdraw> withdrawFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    Withdraw payload {PublicationId(idMember(reader, "id"_L1)), TitleId(idMember(reader, "title"_L1)),
        reader.string("reason"_L1, {})};
    return finished(reader, std::move(payload));
}

} // namespace vidimus::catalog
