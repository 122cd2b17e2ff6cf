#include "core/catalog_server/content_types.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/routes_p.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxFiles = 20'000; ///< ten hours of four renditions in 8 s segments

struct PackageEntry {
    QString name;
    QString sha256;
    qint64 bytes = 0;
};

/// At most three folders deep, in letters that need no escaping anywhere, and of a kind that players ask for.
bool isMediaName(const QString& name)
{
    const QStringList parts = name.split(u'/');
    if (name.size() > 200 || parts.size() > 4 || mediaTypeOf(name).isEmpty())
        return false;
    return std::all_of(parts.begin(), parts.end(), [](const QString& part) {
        return !part.isEmpty() && !part.startsWith(u'.') && std::all_of(part.begin(), part.end(), [](QChar c) {
            return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'.' || c == u'_' || c == u'-';
        });
    });
}

Result<std::vector<PackageEntry>> readFiles(const QJsonArray& array)
{
    if (array.isEmpty() || array.size() > kMaxFiles)
        return Error {ErrorCode::Invalid, u"files: must have 1 to %1 entries"_s.arg(kMaxFiles), "bad_field"};
    std::vector<PackageEntry> files;
    for (qsizetype i = 0; i < array.size(); ++i) {
        JsonReader reader(array[i].toObject(), u"files[%1]"_s.arg(i));
        PackageEntry file {reader.string("name"_L1), digestField(reader, "sha256"_L1), reader.integer("bytes"_L1)};
        if (!isMediaName(file.name))
            reader.fail("name"_L1, u"is not a name that media may have"_s);
        if (auto done = reader.finish(); !done)
            return std::move(done).error();
        files.push_back(std::move(file));
    }
    return files;
}

Result<void> checkStored(Backend& backend, const std::vector<PackageEntry>& files)
{
    for (const PackageEntry& file : files) {
        const auto bytes = backend.connection.one(
            u"SELECT bytes FROM objects WHERE sha256 = ?"_s, [](const sql::Statement& row) { return row.integer(0); },
            file.sha256);
        if (!bytes)
            return bytes.error();
        if (!*bytes || **bytes != file.bytes) {
            return Error {ErrorCode::Conflict, u"%1: its bytes were not uploaded"_s.arg(file.name), "object_missing"};
        }
    }
    return {};
}

Result<ApiResponse> create(Backend& backend, const ApiRequest& request)
{
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    const QString id = idField(reader, "id"_L1);
    const QString source = digestField(reader, "source_sha256"_L1);
    const QString master = reader.string("master"_L1);
    const QString poster = reader.string("poster"_L1, {});
    const qint64 count = reader.integer("rendition_count"_L1);
    const QJsonArray array = reader.array("files"_L1);
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    const auto files = readFiles(array);
    if (!files)
        return files.error();
    const auto has = [&files](const QString& name) {
        return std::any_of(
            files->begin(), files->end(), [&name](const PackageEntry& file) { return file.name == name; });
    };
    if (!has(master) || !master.endsWith(u".m3u8") || (!poster.isEmpty() && !has(poster)) || count < 1)
        return Error {ErrorCode::Invalid, u"master or poster is not among the files, or no renditions"_s, "bad_field"};
    const QString asset = request.parameters[0];
    const auto assetSha = backend.connection.one(
        u"SELECT sha256 FROM assets WHERE id = ?"_s, [](const sql::Statement& row) { return row.text(0); }, asset);
    if (!assetSha)
        return assetSha.error();
    if (!*assetSha)
        return problem("not_found", u"there is no asset %1"_s.arg(asset));
    if (**assetSha != source)
        return problem(
            "conflict", u"the asset is another version"_s, {{u"current"_s, QJsonObject {{u"sha256"_s, **assetSha}}}});
    if (auto stored = checkStored(backend, *files); !stored)
        return std::move(stored).error();
    if (auto added = backend.connection.execute(
            u"INSERT INTO packages (id, asset, source_sha256, master, poster, rendition_count, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
            id, asset, source, master, poster, count, backend.clock.now());
        !added)
        return std::move(added).error();
    for (const PackageEntry& file : *files) {
        if (auto added = backend.connection.execute(
                u"INSERT INTO package_files (package, name, sha256, bytes) VALUES (?, ?, ?, ?)"_s, id, file.name,
                file.sha256, file.bytes);
            !added)
            return std::move(added).error();
    }
    const QJsonObject json {{u"id"_s, id}, {u"asset"_s, asset}, {u"source_sha256"_s, source}, {u"master"_s, master},
        {u"poster"_s, poster}, {u"rendition_count"_s, count}, {u"files"_s, static_cast<qint64>(files->size())}};
    if (auto logged = backend.record(request, u"register"_s, u"renditions"_s, id, QJsonValue::Null, json); !logged)
        return std::move(logged).error();
    return jsonResponse(201, json);
}

Result<ApiResponse> list(Backend& backend, const ApiRequest& request)
{
    const auto rows = backend.connection.all(
        u"SELECT id, asset, source_sha256, master, poster, rendition_count,"
        " (SELECT count(*) FROM package_files f WHERE f.package = p.id) FROM packages p WHERE asset = ?"
        " ORDER BY created_at, id"_s,
        [](const sql::Statement& row) {
            return QJsonObject {{u"id"_s, row.text(0)}, {u"asset"_s, row.text(1)}, {u"source_sha256"_s, row.text(2)},
                {u"master"_s, row.text(3)}, {u"poster"_s, row.text(4)}, {u"rendition_count"_s, row.integer(5)},
                {u"files"_s, row.integer(6)}};
        },
        request.parameters[0]);
    if (!rows)
        return rows.error();
    QJsonArray items;
    for (const QJsonObject& package : *rows)
        items.append(package);
    return jsonResponse(200, {{u"items"_s, items}});
}

} // namespace

void addRenditionRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/v1/assets/{asset}/renditions",
        .scope = u"assets:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) { return list(backend, request); })});
    router.add({.method = "POST",
        .pattern = "/v1/assets/{asset}/renditions",
        .scope = u"assets:write"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return create(backend, request); })});
}

} // namespace vidimus::catalog_server
