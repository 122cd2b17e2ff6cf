#pragma once

#include "core/base/result.h"

#include <QJsonArray>
#include <QString>
#include <array>
#include <cstdint>
#include <initializer_list>

namespace vidimus::moderation {

/// Who somebody is. A person may hold several; the publisher is an editor with the production grant.
enum class Role { Moderator, Editor, Publisher, ContentManager, Auditor, Worker, Admin };
inline constexpr std::array kAllRoles {
    Role::Moderator, Role::Editor, Role::Publisher, Role::ContentManager, Role::Auditor, Role::Worker, Role::Admin};

/// What somebody may want to do; each verb, route and button names one.
enum class Action {
    Read, ///< titles, assets, reports, decisions, rights, publications
    Ingest,
    RunChecks, ///< probe, check, fingerprint and match on this machine
    Claim, ///< take from and give back to the review queue
    Decide,
    ConfirmDecision, ///< be the second reviewer
    UndoDecision, ///< also by a compensating decision
    EditTitles,
    EditAssets, ///< posters, chapters, trims, renditions
    EditCaptions,
    EditSchedules,
    Transcode,
    EditRights,
    EditAvailability,
    PublishStaging,
    PublishProduction,
    Withdraw,
    Pin,
    TakeDown, ///< needs two people
    Purge, ///< needs two people
    ReadAudit,
    LeaseJobs, ///< the worker protocol
    ControlJobs, ///< pause, cancel, retry
    ManageUsers,
    ManageSites,
    ManageTokens,
    ManagePolicies,
    ManageBackups,
};
inline constexpr int kActionCount = static_cast<int>(Action::ManageBackups) + 1;

/// A small set of roles. A value.
class RoleSet {
public:
    constexpr RoleSet() = default;
    constexpr RoleSet(std::initializer_list<Role> roles)
    {
        for (const Role role : roles)
            insert(role);
    }
    constexpr void insert(Role role) { m_bits |= bit(role); }
    [[nodiscard]] constexpr bool contains(Role role) const { return (m_bits & bit(role)) != 0; }
    [[nodiscard]] constexpr bool isEmpty() const { return m_bits == 0; }
    friend constexpr bool operator==(const RoleSet&, const RoleSet&) = default;

private:
    static constexpr std::uint8_t bit(Role role)
    {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(role));
    }
    std::uint8_t m_bits = 0;
};

/// The whole table of design decision 14. Pure; the window, the socket, the command line and the server ask here.
[[nodiscard]] bool may(Role role, Action action);
/// Whether any of the roles may.
[[nodiscard]] bool may(const RoleSet& roles, Action action);
/// Done by one person and agreed to by another.
[[nodiscard]] bool needsTwoPeople(Action action);
/// may() as a Result. Errors: Denied (reason "role") naming the action.
[[nodiscard]] Result<void> require(const RoleSet& roles, Action action);

[[nodiscard]] const char* roleName(Role role); ///< "content_manager"
[[nodiscard]] Result<Role> roleFromName(QStringView name);
[[nodiscard]] const char* actionName(Action action); ///< "publish_staging"
[[nodiscard]] Result<Action> actionFromName(QStringView name);
[[nodiscard]] QJsonArray toJson(const RoleSet& roles);
[[nodiscard]] Result<RoleSet> roleSetFromJson(const QJsonArray& names);

} // namespace vidimus::moderation
