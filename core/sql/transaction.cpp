#include "core/sql/transaction.h"

namespace vidimus::sql {

using namespace Qt::StringLiterals;

Transaction::Transaction(Connection& connection)
    : m_connection(&connection)
{
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
{
}

Transaction::~Transaction()
{
    rollback();
}

Result<Transaction> Transaction::begin(Connection& connection)
{
    const QString sql = connection.access() == Access::ReadWrite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s;
    if (auto begun = connection.execute(sql); !begun)
        return std::move(begun).error();
    return Transaction(connection);
}

Result<void> Transaction::commit()
{
    if (!m_connection)
        return Error {ErrorCode::Internal, u"the transaction is over already"_s, "transaction_over"};
    auto committed = m_connection->execute(u"COMMIT"_s);
    if (!committed) {
        rollback();
        return std::move(committed).error();
    }
    m_connection = nullptr;
    return {};
}

void Transaction::rollback()
{
    if (Connection* const connection = std::exchange(m_connection, nullptr)) {
        // Fails only where SQLite has rolled back by itself after an error, which is what was wanted.
        (void)connection->execute(u"ROLLBACK"_s);
    }
}

} // namespace vidimus::sql
