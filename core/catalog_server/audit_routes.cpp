#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/routes_p.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

/// A cursor is "<epoch>.<sequence>". A restored backup has a new epoch, and old cursors are refused.
Result<ApiResponse> changes(Backend& backend, const ApiRequest& request)
{
    const auto limit = queryInteger(request, "limit"_L1, 100, 1, 1000);
    const auto epoch = backend.setting(u"epoch"_s);
    if (!limit || !epoch)
        return limit ? epoch.error() : limit.error();
    qint64 after = 0;
    if (const auto cursor = request.queryValue("after"_L1); cursor && !cursor->isEmpty()) {
        const qsizetype dot = cursor->lastIndexOf(u'.');
        bool isNumber = false;
        after = cursor->mid(dot + 1).toLongLong(&isNumber);
        if (dot < 0 || !isNumber || after < 0)
            return problem("bad_request", u"that is no cursor"_s);
        const auto newest = backend.connection.integer(u"SELECT max(sequence) FROM changes"_s);
        const auto oldest = backend.connection.integer(u"SELECT min(sequence) FROM changes"_s);
        if (!newest || !oldest)
            return newest ? oldest.error() : newest.error();
        if (cursor->first(dot) != *epoch || after > *newest || after + 1 < *oldest)
            return problem("cursor_expired");
    }
    const auto rows = backend.connection.all(
        u"SELECT sequence, kind, id, change, version, at FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?"_s,
        [](const sql::Statement& row) {
            return QJsonObject {{u"sequence"_s, row.integer(0)}, {u"kind"_s, row.text(1)}, {u"id"_s, row.text(2)},
                {u"change"_s, row.text(3)}, {u"version"_s, row.integer(4)}, {u"at"_s, toRfc3339(row.instant(5))}};
        },
        after, *limit);
    if (!rows)
        return rows.error();
    QJsonArray items;
    for (const QJsonObject& item : *rows) {
        items.append(item);
        after = static_cast<qint64>(item.value("sequence"_L1).toDouble());
    }
    return jsonResponse(200,
        {{u"items"_s, items}, {u"cursor"_s, *epoch + u'.' + QString::number(after)},
            {u"more"_s, static_cast<qint64>(rows->size()) == *limit}});
}

} // namespace

void addAuditRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/v1/audit/head",
        .scope = u"audit:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest&) -> Result<ApiResponse> {
            const audit::SignedHead head = backend.audit.head(backend.clock.now());
            return jsonResponse(200,
                {{u"size"_s, static_cast<qint64>(head.size)}, {u"root"_s, QString::fromLatin1(head.root.toHex())},
                    {u"head"_s, audit::toJson(head)}});
        })});
    router.add({.method = "GET",
        .pattern = "/v1/audit",
        .scope = u"audit:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) -> Result<ApiResponse> {
            const auto from = queryInteger(request, "from"_L1, 1, 1, std::numeric_limits<qint64>::max());
            const auto limit = queryInteger(request, "limit"_L1, 100, 1, 1000);
            if (!from || !limit)
                return from ? limit.error() : from.error();
            const auto entries = AuditTrail::entries(backend.connection, *from, static_cast<int>(*limit));
            return entries ? Result<ApiResponse>(jsonResponse(200, {{u"items"_s, *entries}}))
                           : Result<ApiResponse>(entries.error());
        })});
    router.add({.method = "GET",
        .pattern = "/v1/changes",
        .scope = u"changes:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) { return changes(backend, request); })});
}

} // namespace vidimus::catalog_server
