#pragma once

#include "core/base/result.h"
#include "core/checks/finding.h"

#include <QJsonObject>
#include <QStringList>
#include <functional>
#include <map>

namespace vidimus::checks {

/// How one check is judged.
struct CheckSetting {
    bool enabled = true;
    Severity severity = Severity::Fail;
    Values thresholds; ///< every parameter of the descriptor, by id

    friend bool operator==(const CheckSetting&, const CheckSetting&) = default;
};

/// Switches, severities and thresholds for all known checks. A value; complete: nothing is looked up later.
struct Profile {
    QString id; ///< "web"
    QString title;
    std::map<QString, CheckSetting> checks; ///< one for each descriptor

    friend bool operator==(const Profile&, const Profile&) = default;
};

/// Gives the JSON of a profile that another one inherits. Errors: NotFound.
using ProfileSource = std::function<Result<QByteArray>(const QString& id)>;

/// 1 to 64 letters, digits, "-" and "_" of ASCII: it becomes part of keys and of file names.
[[nodiscard]] bool isProfileId(QStringView id);
/// The built-in profile: every check on, descriptor defaults.
[[nodiscard]] Profile defaultProfile();
/// Reads a profile ("schema": "vidimus.checks-profile/1") and what it inherits, at most 8 deep.
/// Errors: Invalid with the place of the fault ("web: checks.black.thresholds.min_duration: …"), NotFound for a parent.
[[nodiscard]] Result<Profile> parseProfile(QByteArrayView json, const ProfileSource& parents);
/// The complete profile, without inheritance; parseProfile() gives it back.
[[nodiscard]] QJsonObject toJson(const Profile& profile);
/// What \a profile says otherwise than \a parent, which it inherits; parseProfile() gives it back.
[[nodiscard]] QJsonObject toJson(const Profile& profile, const Profile& parent);
/// Leaves only these checks on (`--only`). Errors: NotFound for an id that is no check.
[[nodiscard]] Result<Profile> onlyChecks(Profile profile, const QStringList& ids);

/// "web", "broadcast-eu", "broadcast-us", "streaming", "streaming-fallback", "user-uploads".
[[nodiscard]] QStringList shippedProfileIds();
/// The JSON as shipped; also the ProfileSource for a user's own profiles. Errors: NotFound.
[[nodiscard]] Result<QByteArray> shippedProfileJson(const QString& id);
/// Errors: NotFound.
[[nodiscard]] Result<Profile> shippedProfile(const QString& id);

} // namespace vidimus::checks
