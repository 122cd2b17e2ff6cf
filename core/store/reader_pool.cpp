#include "core/store/reader_pool.h"

namespace vidimus::store {

ReaderPool::ReaderPool(QString path, int maxConnections)
    : m_path(std::move(path))
    , m_maxConnections(maxConnections)
{
}

ReaderPool::Loan::Loan(ReaderPool& pool, sql::Connection connection)
    : m_pool(&pool)
    , m_connection(std::move(connection))
{
}

ReaderPool::Loan::Loan(Loan&& other) noexcept
    : m_pool(std::exchange(other.m_pool, nullptr))
    , m_connection(std::move(other.m_connection))
{
}

ReaderPool::Loan::~Loan()
{
    if (m_pool)
        m_pool->giveBack(std::move(m_connection));
}

Result<ReaderPool::Loan> ReaderPool::borrow()
{
    std::unique_lock lock(m_mutex);
    m_returned.wait(lock, [this] { return m_lent < m_maxConnections; });
    ++m_lent;
    if (!m_idle.empty()) {
        sql::Connection connection = std::move(m_idle.back());
        m_idle.pop_back();
        return Loan(*this, std::move(connection));
    }
    lock.unlock();
    auto opened = sql::Connection::openSqlite({.path = m_path, .access = sql::Access::ReadOnly});
    if (opened)
        return Loan(*this, std::move(*opened));
    lock.lock();
    --m_lent;
    m_returned.notify_one();
    return std::move(opened).error();
}

void ReaderPool::closeIdle()
{
    const std::lock_guard guard(m_mutex);
    m_idle.clear();
}

void ReaderPool::giveBack(sql::Connection connection)
{
    const std::lock_guard guard(m_mutex);
    m_idle.push_back(std::move(connection));
    --m_lent;
    m_returned.notify_one();
}

} // namespace vidimus::store
