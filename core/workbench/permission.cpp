#include "core/workbench/permission.h"

#include "core/store/workspace_store.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Error noteDenied(Workspace& workspace, const Error& error, const QString& action, const QString& subject)
{
    if (error.code != ErrorCode::Denied)
        return error;
    const auto noted = workspace.store().write([&](store::UnitOfWork& unit) {
        return unit.audit.append(
            workspace.me().id.toString(), u"denied"_s, subject, QJsonValue::Null, QJsonObject {{u"action"_s, action}});
    });
    return noted ? error : noted.error();
}

Result<void> requirePermission(Workspace& workspace, moderation::Action action, const QString& subject)
{
    if (auto allowed = moderation::require(workspace.me().roles, action); !allowed)
        return noteDenied(workspace, allowed.error(), QString::fromLatin1(moderation::actionName(action)), subject);
    return {};
}

} // namespace vidimus::workbench
