#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <vector>

namespace vidimus::sql {

/// One step of a schema, from a file "NNN_what.sql". Its first line says "-- compatible-from: M": a program that knows
/// steps up to M can still work with a database on which this step was run.
struct MigrationStep {
    int version = 0; ///< NNN, from 1 without gaps
    int compatibleFrom = 0; ///< M, 1 ≤ M ≤ version, never falling
    QString name; ///< "NNN_what"
    QString sql;
    QByteArray sha256; ///< hex, of the file's bytes
};

/// Reads all "*.sql" of a folder (a Qt resource or a real one), sorted. Errors: Invalid with the file and the fault.
[[nodiscard]] Result<std::vector<MigrationStep>> loadMigrationSteps(const QString& folder);

} // namespace vidimus::sql
