#include "core/worker/spawn_thread.h"

namespace vidimus::worker {

SpawnThread::SpawnThread()
    : m_thread([this](const std::stop_token& stop) { loop(stop); })
{
}

SpawnThread::~SpawnThread() = default;

void SpawnThread::post(std::function<void()> work)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_work.push_back(std::move(work));
    }
    m_wake.notify_one();
}

void SpawnThread::loop(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_work.empty(); }) && !stop.stop_requested()) {
        const std::function<void()> work = std::move(m_work.front());
        m_work.pop_front();
        lock.unlock();
        work();
        lock.lock();
    }
}

} // namespace vidimus::worker
