#include "core/sql/migrator.h"

#include "core/sql/transaction.h"

#include <QFile>

namespace vidimus::sql {

using namespace Qt::StringLiterals;

namespace {

const QString kHistoryTable = u"CREATE TABLE IF NOT EXISTS schema_history (version INTEGER PRIMARY KEY, "
                              "compatible_from INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, "
                              "applied_at INTEGER NOT NULL)"_s;

} // namespace

Migrator::Migrator(std::vector<MigrationStep> steps)
    : m_steps(std::move(steps))
{
}

QString Migrator::copyPath(const QString& databasePath, int version)
{
    return u"%1.before-%2"_s.arg(databasePath).arg(version, 3, 10, QLatin1Char('0'));
}

Result<SchemaState> Migrator::read(Connection& connection)
{
    const auto hasHistory
        = connection.integer(u"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_history'"_s);
    if (!hasHistory)
        return hasHistory.error();
    if (*hasHistory == 0) {
        const auto tables = connection.integer(u"SELECT count(*) FROM sqlite_master"_s);
        if (!tables)
            return tables.error();
        if (*tables != 0)
            return Error {ErrorCode::Corrupt, u"the database is not one of ours"_s, "schema_mismatch"};
        return SchemaState {};
    }
    auto state = connection.one(u"SELECT version, compatible_from FROM schema_history ORDER BY version DESC LIMIT 1"_s,
        [](const Statement& row) {
            return SchemaState {static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1))};
        });
    if (!state)
        return std::move(state).error();
    return state->value_or(SchemaState {});
}

Result<void> Migrator::check(Connection& connection, const SchemaState& state) const
{
    if (state.version > newestVersion() && state.compatibleFrom > newestVersion()) {
        return Error {ErrorCode::Unsupported,
            u"the file has schema %1 and needs a program that knows at least schema %2; this one knows %3"_s
                .arg(state.version)
                .arg(state.compatibleFrom)
                .arg(newestVersion()),
            "newer_file"};
    }
    if (state.version == 0)
        return {};
    auto history = connection.all(u"SELECT version, sha256 FROM schema_history ORDER BY version"_s,
        [](const Statement& row) { return std::pair(row.integer(0), row.text(1).toLatin1()); });
    if (!history)
        return std::move(history).error();
    for (const auto& [version, sha256] : *history) {
        if (version > newestVersion())
            break;
        if (version < 1 || m_steps[static_cast<std::size_t>(version - 1)].sha256 != sha256) {
            return Error {ErrorCode::Corrupt, u"step %1 of the schema is not the one this program knows"_s.arg(version),
                "schema_mismatch"};
        }
    }
    return {};
}

Result<void> Migrator::run(Connection& connection, const MigrationStep& step)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::move(transaction).error();
    if (auto made = connection.execute(kHistoryTable); !made)
        return std::move(made).error();
    if (auto done = connection.runScript(step.sql); !done) {
        Error error = std::move(done).error();
        error.detail = u"migration %1: %2"_s.arg(step.name, error.detail);
        return error;
    }
    auto noted = connection.execute(
        u"INSERT INTO schema_history (version, compatible_from, name, sha256, applied_at) VALUES (?, ?, ?, ?, ?)"_s,
        step.version, step.compatibleFrom, step.name, QString::fromLatin1(step.sha256), SystemClock::read());
    if (!noted)
        return std::move(noted).error();
    return transaction->commit();
}

Result<SchemaState> Migrator::migrate(Connection& connection) const
{
    auto state = read(connection);
    if (!state)
        return state;
    if (auto known = check(connection, *state); !known)
        return std::move(known).error();
    if (state->version >= newestVersion())
        return state;
    if (state->version > 0) {
        const QString copy = copyPath(connection.path(), state->version + 1);
        // One that stands already is of a run that was killed before it changed anything.
        QFile::remove(copy);
        if (auto kept = connection.copyTo(copy); !kept)
            return std::move(kept).error();
    }
    for (const MigrationStep& step : m_steps) {
        if (step.version <= state->version)
            continue;
        if (auto done = run(connection, step); !done)
            return std::move(done).error();
        state = SchemaState {step.version, step.compatibleFrom};
    }
    return state;
}

} // namespace vidimus::sql
