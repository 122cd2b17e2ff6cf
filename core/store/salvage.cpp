#include "core/store/salvage.h"

#include "core/base/durable_file.h"
#include "core/sql/transaction.h"
#include "core/store/set_aside.h"
#include "core/store/workspace_store.h"

#include <QFile>

namespace vidimus::store {

using namespace Qt::StringLiterals;
using sql::Connection;
using sql::Statement;

namespace {

Result<QStringList> names(Connection& connection, const QString& sql, const QString& table = {})
{
    auto statement = connection.prepare(sql);
    if (!statement)
        return std::move(statement).error();
    if (!table.isNull())
        statement->bind(table);
    QStringList found;
    for (auto row = statement->next();; row = statement->next()) {
        if (!row)
            return std::move(row).error();
        if (!*row)
            return found;
        found += statement->text(0);
    }
}

/// Copies the rows of one table that can be read in one direction; stops at the first that cannot.
Result<bool> copyRows(Connection& from, Connection& to, const QString& table, const QStringList& columns, bool forward)
{
    const QString list = columns.join(u", "_s);
    auto source = from.prepare(
        u"SELECT %1 FROM %2 NOT INDEXED ORDER BY rowid %3"_s.arg(list, table, forward ? u"ASC"_s : u"DESC"_s));
    // A row that breaks a rule of the schema is damage, too: it is left out.
    auto target = to.prepare(u"INSERT OR IGNORE INTO %1 (%2) VALUES (%3)"_s.arg(
        table, list, QStringList(columns.size(), u"?"_s).join(u", "_s)));
    if (!target)
        return std::move(target).error();
    if (!source)
        return false;
    for (;;) {
        const auto there = source->next();
        if (!there)
            return false;
        if (!*there)
            return true;
        if (auto inserted = target->bindRow(*source, static_cast<int>(columns.size())).run(); !inserted) {
            if (inserted.error().reason != "constraint" && inserted.error().code != ErrorCode::Internal)
                return std::move(inserted).error();
        }
    }
}

Result<void> copyTables(Connection& from, Connection& to, SalvageReport& report)
{
    const auto tables = names(to,
        u"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name <> 'schema_history' ORDER BY name"_s);
    if (!tables)
        return tables.error();
    for (const QString& table : *tables) {
        const auto columns = names(to, u"SELECT name FROM pragma_table_info(?) ORDER BY cid"_s, table);
        if (!columns)
            return columns.error();
        const auto whole = copyRows(from, to, table, *columns, true);
        if (!whole)
            return whole.error();
        if (!*whole) {
            report.faults += table;
            if (const auto rest = copyRows(from, to, table, *columns, false); !rest)
                return rest.error();
        }
        const auto count = to.integer(u"SELECT count(*) FROM %1"_s.arg(table));
        if (!count)
            return count.error();
        report.rows[table] = *count;
    }
    return {};
}

Result<void> fill(const QString& damagedPath, const QString& newPath, SalvageReport& report)
{
    auto damaged = Connection::openSqlite({.path = damagedPath, .access = sql::Access::ReadOnly});
    if (!damaged)
        return std::move(damaged).error();
    auto fresh = Connection::openSqlite({.path = newPath});
    if (!fresh)
        return std::move(fresh).error();
    const auto migrator = WorkspaceStore::migrator();
    if (!migrator)
        return migrator.error();
    if (auto made = migrator->migrate(*fresh); !made)
        return std::move(made).error();
    // References are checked by nobody here: half of a pair may be all that is left of it.
    if (auto off = fresh->execute(u"PRAGMA foreign_keys = OFF"_s); !off)
        return std::move(off).error();
    auto transaction = sql::Transaction::begin(*fresh);
    if (!transaction)
        return std::move(transaction).error();
    if (auto copied = copyTables(*damaged, *fresh, report); !copied)
        return copied;
    if (auto committed = transaction->commit(); !committed)
        return committed;
    return fresh->checkpoint();
}

} // namespace

Result<SalvageReport> salvage(const QString& workspaceFolder, Instant now)
{
    const QString path = WorkspaceStore::databasePathIn(workspaceFolder);
    if (!QFile::exists(path))
        return Error {ErrorCode::NotFound, u"there is no database to salvage"_s, "not_found"};
    const auto lease = sql::HandleLease::take(path);
    if (!lease)
        return lease.error();
    SalvageReport report;
    const QString newPath = workspaceFolder + u"/.tmp-salvage-"_s + newUuid();
    auto filled = fill(path, newPath, report);
    QFile::remove(sql::lockPathFor(newPath));
    if (!filled) {
        QFile::remove(newPath);
        return std::move(filled).error();
    }
    auto aside = replaceDatabase(workspaceFolder, newPath, u"damaged-"_s + timeStamp(now));
    if (!aside)
        return std::move(aside).error();
    report.asideFolder = *aside;
    return report;
}

} // namespace vidimus::store
