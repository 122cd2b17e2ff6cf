#pragma once

#include <QCoreApplication>
#include <QMetaObject>
#include <QObject>
#include <QPointer>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vidimus::workbench {

/// Runs short work beside the window: the ui thread never waits for a disk or a worker. Results come back on the
/// receiver's thread and are dropped when the receiver is gone. Thread-safe.
class TaskRunner {
public:
    explicit TaskRunner(int threads = 3);
    ~TaskRunner();
    TaskRunner(const TaskRunner&) = delete;
    TaskRunner& operator=(const TaskRunner&) = delete;

    /// Runs \a work on a thread of the runner's, then \a done with its result on the ui thread (that of the application
    /// object), where \a receiver must live.
    template<class Work, class Done>
    void run(QObject* receiver, Work work, Done done)
    {
        post([guard = QPointer<QObject>(receiver), work = std::move(work), done = std::move(done)]() mutable {
            // Whether the receiver is still there is asked on its own thread only.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard, done = std::move(done), result = work()]() mutable {
                    if (guard)
                        done(std::move(result));
                },
                Qt::QueuedConnection);
        });
    }

private:
    void post(std::function<void()> task);
    void work(const std::stop_token& stop);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<std::function<void()>> m_tasks;
    std::vector<std::jthread> m_threads;
};

} // namespace vidimus::workbench
