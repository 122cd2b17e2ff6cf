#include "core/catalog_server/work_lane.h"

#include <limits>

namespace vidimus::catalog_server {

WorkLane::WorkLane(int threads, std::size_t bound)
    : m_bound(bound)
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { run(); });
}

WorkLane::~WorkLane()
{
    close();
}

bool WorkLane::tryPost(std::function<void()> work)
{
    return push(std::move(work), m_bound);
}

bool WorkLane::post(std::function<void()> work)
{
    return push(std::move(work), std::numeric_limits<std::size_t>::max());
}

bool WorkLane::push(std::function<void()> work, std::size_t bound)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_closed || m_queue.size() >= bound)
            return false;
        m_queue.push_back(std::move(work));
    }
    m_wake.notify_one();
    return true;
}

void WorkLane::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
    }
    m_wake.notify_all();
    m_threads.clear();
}

void WorkLane::run()
{
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_closed || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        const auto work = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        work();
    }
}

} // namespace vidimus::catalog_server
