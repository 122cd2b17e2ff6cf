#include "core/workbench/task_runner.h"

namespace vidimus::workbench {

TaskRunner::TaskRunner(int threads)
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

TaskRunner::~TaskRunner()
{
    for (std::jthread& thread : m_threads)
        thread.request_stop();
    m_wake.notify_all();
    m_threads.clear();
}

void TaskRunner::post(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void TaskRunner::work(const std::stop_token& stop)
{
    for (;;) {
        std::function<void()> task;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return !m_tasks.empty(); }))
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        task();
    }
}

} // namespace vidimus::workbench
