#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/routes_p.h"
#include "core/catalog_server/upload_sink_p.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxObjectBytes = qint64(1) << 40;

ApiResponse tus(int status)
{
    ApiResponse response {.status = status, .headers = {}, .body = {}, .file = {}};
    response.with("Tus-Resumable", "1.0.0").with("Cache-Control", "no-store");
    return response;
}

/// "sha256 <base64 of the digest>, …" (tus creation): the digest of the whole, in hex.
QByteArray digestFrom(const QByteArray& metadata)
{
    for (const QByteArray& pair : metadata.split(',')) {
        const QByteArrayList words = pair.trimmed().split(' ');
        if (words.size() == 2 && words[0] == "sha256")
            return QByteArray::fromBase64(words[1]).toHex();
    }
    return {};
}

ApiResponse created(Backend& backend, int status, const UploadRow& upload)
{
    const auto size = backend.objects.uploadSize(upload.id);
    if (!size)
        return problemFrom(size.error());
    ApiResponse response = tus(status);
    response.with("Location", "/v1/uploads/" + upload.id.toLatin1())
        .with("Upload-Offset", QByteArray::number(*size))
        .with("Upload-Length", QByteArray::number(upload.bytes));
    return response;
}

/// The unfinished upload of the same bytes by the same principal is given back, so that a client which lost its notes
/// goes on where it was.
Result<ApiResponse> create(Backend& backend, const ApiRequest& request)
{
    bool isNumber = false;
    const qint64 bytes = request.header("Upload-Length").toLongLong(&isNumber);
    const QByteArray digest = digestFrom(request.header("Upload-Metadata"));
    if (!isNumber || bytes < 0 || !isDigest(digest))
        return problem("bad_request", u"Upload-Length and Upload-Metadata with sha256 are needed"_s);
    if (bytes > kMaxObjectBytes)
        return problem("too_large");
    const QString sha256 = QString::fromLatin1(digest);
    const auto existing = backend.connection.one(
        u"SELECT id, sha256, bytes FROM uploads WHERE actor = ? AND sha256 = ? AND bytes = ?"_s, readUpload,
        request.principal.name, sha256, bytes);
    if (!existing)
        return existing.error();
    if (*existing && backend.objects.uploadSize((*existing)->id))
        return created(backend, 200, **existing);
    if (*existing) { // its file is gone
        if (auto removed = backend.connection.execute(u"DELETE FROM uploads WHERE id = ?"_s, (*existing)->id); !removed)
            return std::move(removed).error();
    }
    const UploadRow upload {newUuid(), digest, bytes};
    if (auto made = backend.objects.createUpload(upload.id); !made)
        return std::move(made).error();
    if (auto added = backend.connection.execute(
            u"INSERT INTO uploads (id, sha256, bytes, actor, created_at) VALUES (?, ?, ?, ?, ?)"_s, upload.id, sha256,
            bytes, request.principal.name, backend.clock.now());
        !added)
        return std::move(added).error();
    return created(backend, 201, upload);
}

Result<ApiResponse> head(Backend& backend, const ApiRequest& request)
{
    const auto upload = findUpload(backend, request.parameters[0]);
    if (!upload)
        return upload.error();
    ApiResponse response = created(backend, 200, *upload);
    return response;
}

Result<ApiResponse> terminate(Backend& backend, const ApiRequest& request)
{
    const auto upload = findUpload(backend, request.parameters[0]);
    if (!upload)
        return upload.error();
    if (auto removed = backend.connection.execute(u"DELETE FROM uploads WHERE id = ?"_s, upload->id); !removed)
        return std::move(removed).error();
    backend.objects.removeUpload(upload->id);
    return tus(204);
}

} // namespace

void addUploadRoutes(Router& router, Backend& backend)
{
    const auto locks = std::make_shared<UploadLocks>(); // shared by the handlers below, which live in the router
    const QString scope = u"uploads:write"_s;
    router.add({.method = "OPTIONS",
        .pattern = "/v1/uploads",
        .scope = {},
        .place = Place::Inline,
        .handler = [](const ApiRequest&) {
            return tus(204)
                .with("Tus-Version", "1.0.0")
                .with("Tus-Extension", "creation,checksum,termination")
                .with("Tus-Checksum-Algorithm", "sha256")
                .with("Tus-Max-Size", QByteArray::number(kMaxObjectBytes));
        }});
    router.add({.method = "POST",
        .pattern = "/v1/uploads",
        .scope = scope,
        .handler = Backend::reading([&backend](const ApiRequest& request) { return create(backend, request); })});
    router.add({.method = "HEAD",
        .pattern = "/v1/uploads/{upload}",
        .scope = scope,
        .handler = Backend::reading([&backend](const ApiRequest& request) { return head(backend, request); })});
    router.add({.method = "DELETE",
        .pattern = "/v1/uploads/{upload}",
        .scope = scope,
        .handler = Backend::reading([&backend](const ApiRequest& request) { return terminate(backend, request); })});
    router.add({.method = "PATCH",
        .pattern = "/v1/uploads/{upload}",
        .scope = scope,
        .place = Place::Files,
        .handler = {},
        .takeBody = [&backend, locks](const ApiRequest& request) { return openUploadSink(backend, *locks, request); }});
    router.add({.method = "HEAD",
        .pattern = "/v1/objects/{sha256}",
        .scope = scope,
        .handler = Backend::reading([&backend](const ApiRequest& request) -> Result<ApiResponse> {
            const auto bytes = backend.connection.one(
                u"SELECT bytes FROM objects WHERE sha256 = ?"_s,
                [](const sql::Statement& row) { return row.integer(0); }, request.parameters[0]);
            if (!bytes)
                return bytes.error();
            if (!*bytes)
                return problem("not_found");
            ApiResponse response {.status = 200, .headers = {}, .body = {}, .file = {}, .headLength = **bytes};
            return response;
        })});
}

} // namespace vidimus::catalog_server
