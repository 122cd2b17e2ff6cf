#pragma once

#include "core/base/cancel.h"
#include "core/sql/connection.h"
#include "core/sql/migration_step.h"

namespace vidimus::sql {

struct SchemaState {
    int version = 0; ///< 0: an empty file
    int compatibleFrom = 0;
};

/// Brings a database to the newest schema: one transaction per step, so that a killed program leaves the old or the
/// new schema, never a mixture. Before an existing file is changed, a copy of it is kept beside it
/// ("workspace.db.before-007"). On the writer's thread.
class Migrator {
public:
    explicit Migrator(std::vector<MigrationStep> steps);

    /// Errors: Unsupported (reason "newer_file": the file needs a newer program; nothing was changed), Corrupt (reason
    /// "schema_mismatch": a step that was run is not the step this program knows), and those of the database.
    [[nodiscard]] Result<SchemaState> migrate(Connection& connection) const;
    /// What the file is at, without changing it.
    [[nodiscard]] static Result<SchemaState> read(Connection& connection);
    [[nodiscard]] int newestVersion() const { return static_cast<int>(m_steps.size()); }
    /// Where the copy is kept before step \a version is run.
    [[nodiscard]] static QString copyPath(const QString& databasePath, int version);

private:
    [[nodiscard]] Result<void> check(Connection& connection, const SchemaState& state) const;
    [[nodiscard]] static Result<void> run(Connection& connection, const MigrationStep& step);

    std::vector<MigrationStep> m_steps;
};

} // namespace vidimus::sql
