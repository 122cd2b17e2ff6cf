#pragma once

#include "core/avails/calendar_export.h"
#include "core/workbench/licensor_profile.h"
#include "core/workbench/rights_desk.h"

#include <optional>

namespace vidimus::workbench {

class Workspace;

/// What rights can leave as.
enum class RightsFormat {
    Csv,
    Xlsx,
    Xml,
    Json,
    Calendar,
    Status, ///< the reply to a licensor: what became of each grant
    Report, ///< what may really be played, by the answers
};

struct RightsExport {
    RightsFormat format = RightsFormat::Xlsx;
    bool asCsv = false; ///< of Status and Report, which are workbooks otherwise
    avails::GrantFilter filter; ///< of every format but JSON, which is whole
};

struct RightsImport {
    QString file;
    QString licensor; ///< whose kept profile is used; empty: none
    std::optional<LicensorProfile> profile; ///< instead of the kept one
    bool dryRun = false;
    bool skipBadRows = false; ///< takes the good rows of a list with bad ones; else such a list changes nothing
    QString markedUp; ///< where a marked-up workbook for the licensor is put; empty: none
};

/// The sheets of a licensor's file. A workbook or XML file is opened in a worker; a CSV (UTF-8) is plain text and read
/// here. Errors: NotFound, Invalid, Unsupported, LimitExceeded, Missing, Io.
[[nodiscard]] Result<std::vector<avails::SheetTable>> readLicensorFile(Workspace& workspace, const QString& file);

/// Reads a licensor's file and applies what it means as one change, unless it is a dry run or isHeldBack(). A licensor
/// that nobody has heard of yet is a note, NEW_LICENSOR. Errors: Denied, those of readLicensorFile(), Conflict.
[[nodiscard]] Result<avails::ImportPlan> importRights(Workspace& workspace, const RightsImport& import);
/// Whether nothing of a list is applied: rows of it are wrong, and nobody said that the others shall go in without
/// them.
[[nodiscard]] bool isHeldBack(const avails::ImportPlan& plan, const RightsImport& import);
/// Whether a grant, a contract or a kept profile has this licensor's name. Errors: Io, Corrupt.
[[nodiscard]] Result<bool> isKnownLicensor(Workspace& workspace, const QString& name);

/// What saving an import would write. Pure.
[[nodiscard]] RightsPlan planOfImport(const avails::ImportPlan& plan, const QString& file);

/// What a heading row of a file holds, for the screen that maps its columns.
struct SheetHeadings {
    QString sheet;
    int row = 0; ///< 1-based, as a spreadsheet shows it
    QStringList headings;
    QStringList sample; ///< the first data row
};
/// The heading row of the first sheet that has one; with none, the first row with three texts. Errors: those of
/// readLicensorFile(); Invalid when there is no such row.
[[nodiscard]] Result<SheetHeadings> readHeadings(
    Workspace& workspace, const QString& file, const avails::ColumnMapping& mapping);

/// Grants in the given format, narrowed to a licensor, a territory, a period; JSON has restrictions, groups and context
/// too. Errors: Io, Corrupt, LimitExceeded.
[[nodiscard]] Result<QByteArray> exportRights(Workspace& workspace, const RightsExport& wanted);

} // namespace vidimus::workbench
