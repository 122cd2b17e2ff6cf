#include "core/workbench/availability_feed.h"

#include "core/base/ids.h"
#include "core/moderation/role.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/permission.h"
#include "core/workbench/workspace.h"

#include <QUrl>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

Result<QJsonObject> ask(Workspace& workspace, const QByteArray& path)
{
    const auto client = workspace.catalog().client();
    if (!client)
        return client.error();
    return (*client)->get(path);
}

/// Does it at the catalog, and notes here who did.
Result<QJsonObject> change(Workspace& workspace, const QByteArray& path, const QJsonObject& body, const QString& action)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditAvailability, u"availability"_s); !allowed)
        return std::move(allowed).error();
    const auto client = workspace.catalog().client();
    if (!client)
        return client.error();
    const auto reply = (*client)->change("POST", path, body, newUuid().toLatin1());
    if (!reply)
        return reply.error();
    if (!reply->isSuccess())
        return catalog::errorFromReply(reply->status, reply->body);
    auto logged = workspace.store().write([&](store::UnitOfWork& unit) {
        return unit.audit.append(
            workspace.me().id.toString(), action, u"availability"_s, QJsonValue::Null, reply->body);
    });
    if (!logged)
        return std::move(logged).error();
    return reply->body;
}

} // namespace

Result<QJsonObject> availabilityAnnouncement(Workspace& workspace)
{
    return ask(workspace, "/v1/availability/announcement");
}

Result<QJsonObject> pinAvailability(Workspace& workspace, qint64 version, const QString& reason)
{
    return change(
        workspace, "/v1/availability:pin", {{u"version"_s, version}, {u"reason"_s, reason}}, u"pin_availability"_s);
}

Result<QJsonObject> unpinAvailability(Workspace& workspace)
{
    return change(workspace, "/v1/availability:unpin", {}, u"unpin_availability"_s);
}

Result<QJsonObject> availabilityHolds(Workspace& workspace)
{
    return ask(workspace, "/v1/availability/holds");
}

Result<QJsonObject> confirmAvailabilityHold(Workspace& workspace, const QString& hold)
{
    const QByteArray path = "/v1/availability/holds/" + QUrl::toPercentEncoding(hold) + ":confirm";
    return change(workspace, path, {}, u"confirm_darkening"_s);
}

} // namespace vidimus::workbench
