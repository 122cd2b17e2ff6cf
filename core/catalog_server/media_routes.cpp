#include "core/catalog_server/content_types.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/ranged_file.h"
#include "core/catalog_server/routes_p.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

ApiResponse& forPlayers(ApiResponse& response)
{
    return response.with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Expose-Headers", "Content-Length, Content-Range, ETag")
        .with("Cross-Origin-Resource-Policy", "cross-origin");
}

/// The file's name leads to an object only through the publication's table; no part of the address reaches the disk.
ApiResponse serve(const Backend& backend, const ApiRequest& request)
{
    const auto publication = backend.live.publications()->byId.value(PublicationId(request.parameters[0]));
    const QString& name = request.parameters[1];
    if (!publication || !publication->isLiveAt(backend.clock.now()) || !publication->files.contains(name))
        return problem("not_found");
    const MediaFile file = publication->files.value(name);
    auto fd = backend.objects.read(file.sha256);
    if (!fd)
        return problemFrom(fd.error());
    ApiResponse response;
    response
        .with("Content-Type", mediaTypeOf(name))
        // Short, because a withdrawal must be felt; a playlist is asked about every time.
        .with("Cache-Control", name.endsWith(u".m3u8") ? "no-cache" : "max-age=60");
    ApiResponse answer = rangedFile(request, std::move(response), std::move(*fd), file.bytes, '"' + file.sha256 + '"');
    return forPlayers(answer);
}

} // namespace

void addMediaRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/media/{publication}/{name*}",
        .scope = {},
        .place = Place::Files,
        .handler = [&backend](const ApiRequest& request) { return serve(backend, request); }});
    router.add({.method = "OPTIONS",
        .pattern = "/media/{publication}/{name*}",
        .scope = {},
        .place = Place::Inline,
        .handler = [](const ApiRequest&) {
            ApiResponse response {.status = 204, .headers = {}, .body = {}, .file = {}};
            response.with("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                .with("Access-Control-Allow-Headers", "Range, If-Range, If-None-Match")
                .with("Access-Control-Max-Age", "86400");
            return forPlayers(response);
        }});
}

} // namespace vidimus::catalog_server
