#pragma once

#include "core/checks/profile.h"

#include <vector>

namespace vidimus::workbench {

class Workspace;

/// A check profile by its shipped name, or from a JSON file (which may inherit a shipped one).
/// Errors: NotFound, Invalid with the place, Io, LimitExceeded.
[[nodiscard]] Result<checks::Profile> loadCheckProfile(const QString& nameOrPath);

/// One profile that can be chosen.
struct CheckProfileRow {
    QString id;
    QString title;
    QString inherits; ///< of an own one: the shipped one it changes
    bool shipped = false;
};

/// The shipped profiles, then the workspace's own by title. Errors: Io, Corrupt.
[[nodiscard]] Result<std::vector<CheckProfileRow>> listCheckProfiles(Workspace& workspace);
/// As loadCheckProfile(), and by the name of an own one of the workspace.
[[nodiscard]] Result<checks::Profile> loadCheckProfile(Workspace& workspace, const QString& nameOrPath);
/// Keeps an own profile, as its differences from the shipped one \a inherits; one of that id is replaced. One audit
/// entry. For editors and who manages policies. Errors: Denied (role), NotFound (nothing shipped is called \a
/// inherits), Invalid (reason "bad_name": the id is a shipped one's, or not 1 to 64 letters, digits, "-" or "_"), Io,
/// DiskFull.
[[nodiscard]] Result<void> saveCheckProfile(
    Workspace& workspace, const checks::Profile& profile, const QString& inherits);
/// Forgets an own profile. One that is the workspace's setting stays (Conflict, "in_use"). Errors: Denied, NotFound,
/// Io.
[[nodiscard]] Result<void> removeCheckProfile(Workspace& workspace, const QString& id);

/// The setting that names the profile for assets when none is asked for.
inline constexpr QLatin1StringView kCheckProfileSetting {"ingest.check_profile"};
inline const QString kDefaultCheckProfile = QStringLiteral("web");

} // namespace vidimus::workbench
