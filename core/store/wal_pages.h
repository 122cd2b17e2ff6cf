#pragma once

#include "core/base/result.h"
#include "core/sql/connection.h"

#include <QByteArrayView>
#include <QString>
#include <functional>
#include <map>

namespace vidimus::store {

/// What a write-ahead log holds for the database, read the way SQLite reads it after a crash: frames count up to the
/// last commit whose chain of checksums is whole (sqlite.org/fileformat2.html, section 4).
struct WalPages {
    quint32 pageSize = 0; ///< 0: there is no log, or it is empty
    std::map<quint32, qint64> places; ///< page number, from 1, to the place of its newest content in the log
    /// Behind a broken frame stand transactions that were written one after the other. Each was on the disk before the
    /// next began, so a crash cannot have left this: the log was damaged, and SQLite would forget what was committed.
    bool isDamaged = false;
};

[[nodiscard]] QString walPathOf(const QString& databasePath);
/// What the next program to open the database will find. Nobody may write meanwhile. Errors: Io, Denied.
[[nodiscard]] Result<WalPages> readWalPages(const QString& walPath);
/// What a checkpoint by \a writer would write; on its thread, between two transactions. A commit whose sync failed may
/// stand in the log as well, behind the end that SQLite knows. Errors: Corrupt (not all is there), Io, Denied.
[[nodiscard]] Result<WalPages> readPagesToCheckpoint(const sql::Connection& writer);
/// Calls \a each with the content of every page of \a pages, in the order of their numbers. Errors: those of \a each,
/// Io.
[[nodiscard]] Result<void> forEachPage(const QString& walPath, const WalPages& pages,
    const std::function<Result<void>(quint32 number, QByteArrayView content)>& each);

} // namespace vidimus::store
