#pragma once

#include "core/sql/connection.h"

namespace vidimus::sql {

/// A transaction that rolls back when it is left without commit(). Takes the write lock at once on a read-write
/// connection. One at a time per connection; lives on the connection's thread and not longer than it.
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// Durable when it returns without an error. After a failed commit the transaction is rolled back.
    [[nodiscard]] Result<void> commit();
    void rollback();

private:
    explicit Transaction(Connection& connection);
    Connection* m_connection;
};

} // namespace vidimus::sql
