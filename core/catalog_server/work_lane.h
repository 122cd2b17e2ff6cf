#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vidimus::catalog_server {

/// A bounded queue with its own threads. Full means "no" at once, so that waiting requests cannot pile up. Any thread.
class WorkLane {
public:
    WorkLane(int threads, std::size_t bound);
    /// Finishes what is queued, then joins.
    ~WorkLane();

    /// False when the queue is full or closed; the work was not taken.
    [[nodiscard]] bool tryPost(std::function<void()> work);
    /// The same without a bound, for the second half of work that was already taken. False only when it is closed.
    [[nodiscard]] bool post(std::function<void()> work);
    /// Takes nothing more, finishes what is queued and joins. Harmless the second time.
    void close();

private:
    [[nodiscard]] bool push(std::function<void()> work, std::size_t bound);
    void run();

    std::size_t m_bound;
    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_queue;
    bool m_closed = false;
    std::vector<std::jthread> m_threads;
};

} // namespace vidimus::catalog_server
