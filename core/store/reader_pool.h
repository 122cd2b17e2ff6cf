#pragma once

#include "core/sql/connection.h"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace vidimus::store {

/// Read-only connections to one file, each lent to one thread at a time and opened when first needed. Any thread.
class ReaderPool {
public:
    explicit ReaderPool(QString path, int maxConnections = 4);

    /// A connection that goes back to the pool at the end of its scope.
    class Loan {
    public:
        Loan(ReaderPool& pool, sql::Connection connection);
        Loan(Loan&& other) noexcept;
        Loan& operator=(Loan&&) = delete;
        ~Loan();
        [[nodiscard]] sql::Connection& connection() { return m_connection; }

    private:
        ReaderPool* m_pool;
        sql::Connection m_connection;
    };
    /// Waits when all are lent. Errors: those of opening.
    [[nodiscard]] Result<Loan> borrow();
    /// Closes what is not lent.
    void closeIdle();

private:
    void giveBack(sql::Connection connection);

    QString m_path;
    int m_maxConnections;
    std::mutex m_mutex;
    std::condition_variable m_returned;
    std::vector<sql::Connection> m_idle;
    int m_lent = 0;
};

} // namespace vidimus::store
