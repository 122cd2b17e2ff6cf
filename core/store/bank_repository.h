#pragma once

#include "core/matching/hash_bank.h"
#include "core/sql/connection.h"

#include <span>

namespace vidimus::store {

/// A bank without its hashes.
struct BankRow {
    QString id;
    QString name;
    matching::BankSeverity severity = matching::BankSeverity::Review;
    qint64 hashes = 0;
    Instant changedAt {};
};

/// Banks of known content. Part of a transaction (see UnitOfWork); const functions only read.
class BankRepository {
public:
    explicit BankRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Makes the bank or changes its name and severity. Errors: Conflict (another bank has that name).
    [[nodiscard]] Result<void> put(const BankRow& bank);
    /// Adds hashes; one that is there gets the new quality and label. How many were new.
    [[nodiscard]] Result<qint64> addEntries(const QString& bank, std::span<const matching::BankEntry> entries);

    [[nodiscard]] Result<std::vector<BankRow>> list() const; ///< by name
    [[nodiscard]] Result<std::optional<BankRow>> findByName(const QString& name) const;
    [[nodiscard]] Result<std::vector<matching::BankEntry>> entries(const QString& bank) const; ///< by hash

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store
