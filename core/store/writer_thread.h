#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace vidimus::store {

/// One thread that does tasks in the order in which they were given. Any thread may give; the destructor does what is
/// waiting and ends the thread.
class WriterThread {
public:
    WriterThread();
    ~WriterThread();
    WriterThread(const WriterThread&) = delete;
    WriterThread& operator=(const WriterThread&) = delete;

    /// Returns when \a task was done. From a task itself it is the programmer's fault: it would wait for ever.
    void doAndWait(const std::function<void()>& task);
    /// Done when those before it are done; nobody waits.
    void doLater(std::function<void()> task);

private:
    void loop();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_tasks;
    bool m_ending = false;
    std::jthread m_thread; ///< last: it uses the others
};

} // namespace vidimus::store
