#pragma once

#include "core/avails/sheet_import.h"

namespace vidimus::workbench {

class Workspace;

/// How one licensor's files are read: learnt once, used for every file that names the licensor.
struct LicensorProfile {
    rights::TimeProfile times;
    avails::ColumnMapping mapping;
    QMap<QString, QStringList> offers; ///< LicenseType → offers
    friend bool operator==(const LicensorProfile&, const LicensorProfile&) = default;
};

/// {"times": {…}, "heading_row", "columns": {heading: column}, "constants": {column: value}, "offers": {type: […]}}.
[[nodiscard]] QJsonObject toJson(const LicensorProfile& profile);
/// Errors: Invalid with the place (an unknown column, an unknown zone).
[[nodiscard]] Result<LicensorProfile> licensorProfileFromJson(const QJsonObject& json);

/// The kept profile, or the plain one. Errors: Io, Corrupt.
[[nodiscard]] Result<LicensorProfile> licensorProfile(Workspace& workspace, const QString& licensor);
/// Licensors with a profile, by name. Errors: Io, Corrupt.
[[nodiscard]] Result<QStringList> licensorsWithProfile(Workspace& workspace);
/// Keeps it, with an audit entry. Errors: Denied, Invalid (no name), Io, DiskFull.
[[nodiscard]] Result<void> keepLicensorProfile(
    Workspace& workspace, const QString& licensor, const LicensorProfile& profile);

} // namespace vidimus::workbench
