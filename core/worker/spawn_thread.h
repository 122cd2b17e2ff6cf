#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace vidimus::worker {

/// The one thread that starts workers. Linux sends a child its parent-death signal when the thread that started it
/// ends, so workers are never started from a caller's thread, which may be short-lived. Any thread may call run(), but
/// the thread itself must not.
class SpawnThread {
public:
    SpawnThread();
    ~SpawnThread();
    SpawnThread(const SpawnThread&) = delete;
    SpawnThread& operator=(const SpawnThread&) = delete;

    /// Runs \a work on the thread, after what was asked before; work that waits when the object goes is dropped.
    void post(std::function<void()> work);
    /// The same, and waits for its value.
    template<class Work>
    auto run(Work work) -> decltype(work())
    {
        std::packaged_task<decltype(work())()> task(std::move(work));
        auto value = task.get_future();
        post([&task] { task(); });
        return value.get();
    }

private:
    void loop(const std::stop_token& stop);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<std::function<void()>> m_work;
    std::jthread m_thread; // last: it uses the others
};

} // namespace vidimus::worker
