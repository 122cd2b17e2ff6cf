#include "core/store/writer_thread.h"

#include <QtGlobal>
#include <future>

namespace vidimus::store {

WriterThread::WriterThread()
    : m_thread([this] { loop(); })
{
}

WriterThread::~WriterThread()
{
    const std::lock_guard guard(m_mutex);
    m_ending = true;
    m_changed.notify_one();
}

void WriterThread::doAndWait(const std::function<void()>& task)
{
    Q_ASSERT(std::this_thread::get_id() != m_thread.get_id());
    std::promise<void> done;
    {
        const std::lock_guard guard(m_mutex);
        m_tasks.emplace_back([&] {
            task();
            done.set_value();
        });
        m_changed.notify_one();
    }
    done.get_future().wait();
}

void WriterThread::doLater(std::function<void()> task)
{
    const std::lock_guard guard(m_mutex);
    m_tasks.emplace_back(std::move(task));
    m_changed.notify_one();
}

void WriterThread::loop()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_ending || !m_tasks.empty(); });
        if (m_tasks.empty())
            return;
        const auto task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

} // namespace vidimus::store
