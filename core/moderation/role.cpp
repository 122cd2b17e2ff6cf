#include "core/moderation/role.h"

#include <algorithm>
#include <span>

namespace vidimus::moderation {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kModeratorGrants {Action::Read, Action::Ingest, Action::RunChecks, Action::Claim, Action::Decide,
    Action::ConfirmDecision, Action::UndoDecision};
constexpr std::array kEditorGrants {Action::Read, Action::Ingest, Action::RunChecks, Action::EditTitles,
    Action::EditAssets, Action::EditCaptions, Action::EditSchedules, Action::Transcode, Action::PublishStaging,
    Action::ControlJobs};
/// Beside those of the editor.
constexpr std::array kProductionGrants {
    Action::PublishProduction, Action::Withdraw, Action::Pin, Action::TakeDown, Action::Purge};
constexpr std::array kContentManagerGrants {Action::Read, Action::EditRights, Action::EditAvailability};
constexpr std::array kAuditorGrants {Action::ReadAudit};
constexpr std::array kWorkerGrants {Action::LeaseJobs};
constexpr std::array kAdminGrants {Action::Read, Action::ManageUsers, Action::ManageSites, Action::ManageTokens,
    Action::ManagePolicies, Action::ManageBackups, Action::ControlJobs};

constexpr std::array kRoleNames {"moderator", "editor", "publisher", "content_manager", "auditor", "worker", "admin"};
constexpr std::array kActionNames {"read", "ingest", "run_checks", "claim", "decide", "confirm_decision",
    "undo_decision", "edit_titles", "edit_assets", "edit_captions", "edit_schedules", "transcode", "edit_rights",
    "edit_availability", "publish_staging", "publish_production", "withdraw", "pin", "take_down", "purge", "read_audit",
    "lease_jobs", "control_jobs", "manage_users", "manage_sites", "manage_tokens", "manage_policies", "manage_backups"};
static_assert(kRoleNames.size() == kAllRoles.size());
static_assert(kActionNames.size() == kActionCount);

bool has(std::span<const Action> grants, Action action)
{
    return std::ranges::find(grants, action) != grants.end();
}

template<class Names>
int indexIn(const Names& names, QStringView name)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1StringView(names[i]))
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace

bool may(Role role, Action action)
{
    switch (role) {
    case Role::Moderator:
        return has(kModeratorGrants, action);
    case Role::Editor:
        return has(kEditorGrants, action);
    case Role::Publisher:
        return has(kEditorGrants, action) || has(kProductionGrants, action);
    case Role::ContentManager:
        return has(kContentManagerGrants, action);
    case Role::Auditor:
        return has(kAuditorGrants, action);
    case Role::Worker:
        return has(kWorkerGrants, action);
    case Role::Admin:
        return has(kAdminGrants, action);
    }
    return false;
}

bool may(const RoleSet& roles, Action action)
{
    return std::ranges::any_of(kAllRoles, [&](Role role) { return roles.contains(role) && may(role, action); });
}

bool needsTwoPeople(Action action)
{
    return action == Action::TakeDown || action == Action::Purge;
}

Result<void> require(const RoleSet& roles, Action action)
{
    if (may(roles, action))
        return {};
    return Error {ErrorCode::Denied,
        u"no role of this person allows \"%1\""_s.arg(QLatin1StringView(actionName(action))), "role"};
}

const char* roleName(Role role)
{
    return kRoleNames.at(static_cast<std::size_t>(role));
}

Result<Role> roleFromName(QStringView name)
{
    const int index = indexIn(kRoleNames, name);
    if (index < 0)
        return Error {ErrorCode::Invalid, u"there is no role \"%1\""_s.arg(name), "unknown_role"};
    return kAllRoles.at(static_cast<std::size_t>(index));
}

const char* actionName(Action action)
{
    return kActionNames.at(static_cast<std::size_t>(action));
}

Result<Action> actionFromName(QStringView name)
{
    const int index = indexIn(kActionNames, name);
    if (index < 0)
        return Error {ErrorCode::Invalid, u"there is no action \"%1\""_s.arg(name), "unknown_action"};
    return static_cast<Action>(index);
}

QJsonArray toJson(const RoleSet& roles)
{
    QJsonArray names;
    for (const Role role : kAllRoles) {
        if (roles.contains(role))
            names.append(QString::fromLatin1(roleName(role)));
    }
    return names;
}

Result<RoleSet> roleSetFromJson(const QJsonArray& names)
{
    RoleSet roles;
    for (const QJsonValue name : names) {
        const auto role = roleFromName(name.toString());
        if (!role)
            return role.error();
        roles.insert(*role);
    }
    return roles;
}

} // namespace vidimus::moderation
