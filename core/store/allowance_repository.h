#pragma once

#include "core/checks/allowance.h"
#include "core/sql/connection.h"

#include <optional>

namespace vidimus::store {

/// Allowances of findings, by content. Part of a transaction; const functions only read.
class AllowanceRepository {
public:
    explicit AllowanceRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Errors: Conflict for an id that is there already.
    [[nodiscard]] Result<void> add(const checks::Allowance& allowance);
    /// Errors: NotFound.
    [[nodiscard]] Result<void> remove(const checks::AllowanceId& id);
    [[nodiscard]] Result<std::optional<checks::Allowance>> find(const checks::AllowanceId& id) const;
    /// Of one content, oldest first; those that have expired too.
    [[nodiscard]] Result<std::vector<checks::Allowance>> ofContent(const QByteArray& sha256) const;
    /// Of everything, newest first.
    [[nodiscard]] Result<std::vector<checks::Allowance>> all() const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store
