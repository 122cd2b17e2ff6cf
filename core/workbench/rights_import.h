#pragma once

#include "core/avails/sheet_import.h"

#include <optional>

namespace vidimus::workbench {

class Workspace;

/// What rights can leave as.
enum class RightsFormat { Csv, Xlsx, Xml, Json };

struct RightsImport {
    QString file;
    QString licensor; ///< whose kept profile is used; empty: none
    std::optional<rights::TimeProfile> times; ///< instead of the profile's
    bool dryRun = false;
    QString markedUp; ///< where a marked-up workbook for the licensor is put; empty: none
};

/// The sheets of a licensor's file. A workbook or XML file is opened in a worker; a CSV (UTF-8) is plain text and read
/// here. Errors: NotFound, Invalid, Unsupported, LimitExceeded, Missing, Io.
[[nodiscard]] Result<std::vector<avails::SheetTable>> readLicensorFile(Workspace& workspace, const QString& file);

/// Reads a licensor's file and applies what it means, unless it is a dry run or nothing was accepted.
/// Errors: Denied, those of readLicensorFile(), Conflict.
[[nodiscard]] Result<avails::ImportPlan> importRights(Workspace& workspace, const RightsImport& import);

/// All grants in the given format; JSON has restrictions, groups and context too. Errors: Io, Corrupt, LimitExceeded.
[[nodiscard]] Result<QByteArray> exportRights(Workspace& workspace, RightsFormat format);

} // namespace vidimus::workbench
