#include "core/catalog_server/problem.h"
#include "core/catalog_server/routes_p.h"

#include <QCoreApplication>
#include <QFile>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

struct Page {
    const char* path;
    const char* resource;
    const char* type;
};

constexpr std::array kPages {Page {"/", ":/catalog/site/index.html", "text/html; charset=utf-8"},
    Page {"/site/site.css", ":/catalog/site/site.css", "text/css; charset=utf-8"},
    Page {"/site/page.js", ":/catalog/site/page.js", "text/javascript; charset=utf-8"},
    Page {"/site/player.js", ":/catalog/site/player.js", "text/javascript; charset=utf-8"},
    Page {"/v1/openapi.yaml", ":/catalog/openapi.yaml", "application/yaml"}};

/// Only what comes from here, no frames around it, no inline code.
constexpr auto kPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'"
                         " blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

QByteArray resource(const char* path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Handler page(const Page& page)
{
    ApiResponse response {.status = 200, .headers = {}, .body = resource(page.resource), .file = {}};
    response.with("Content-Type", page.type)
        .with("Cache-Control", "no-cache")
        .with("Content-Security-Policy", kPolicy)
        .with("Referrer-Policy", "no-referrer");
    return [response](const ApiRequest&) { return response; };
}

} // namespace

void addSiteRoutes(Router& router, Backend& backend)
{
    for (const Page& each : kPages)
        router.add({.method = "GET", .pattern = each.path, .scope = {}, .place = Place::Inline, .handler = page(each)});
    router.add(
        {.method = "GET", .pattern = "/healthz", .scope = {}, .place = Place::Inline, .handler = [](const ApiRequest&) {
             return jsonResponse(200, {{u"status"_s, u"ok"_s}});
         }});
    router.add({.method = "GET",
        .pattern = "/readyz",
        .scope = {},
        .handler = Backend::reading([&backend](const ApiRequest&) -> Result<ApiResponse> {
            const auto answer = backend.connection.integer(u"SELECT 1"_s);
            if (!answer)
                return answer.error();
            return jsonResponse(200, {{u"status"_s, u"ready"_s}});
        })});
    router.add(
        {.method = "GET", .pattern = "/version", .scope = {}, .place = Place::Inline, .handler = [](const ApiRequest&) {
             return jsonResponse(200,
                 {{u"name"_s, u"vidimus-catalogd"_s}, {u"version"_s, u"" VIDIMUS_VERSION ""_s}, {u"api"_s, u"v1"_s}});
         }});
}

} // namespace vidimus::catalog_server
