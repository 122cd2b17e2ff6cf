#pragma once

#include <atomic>
#include <functional>
#include <memory>

namespace vidimus {

/// Asked by long work whether to stop. Copies share one state; a default token never cancels. Any thread.
class CancelToken {
public:
    CancelToken() = default;
    [[nodiscard]] bool isCanceled() const { return m_state && m_state->load(std::memory_order_relaxed); }

private:
    friend class CancelSource;
    std::shared_ptr<std::atomic<bool>> m_state;
};

/// The side that cancels. Any thread.
class CancelSource {
public:
    CancelSource() { m_token.m_state = std::make_shared<std::atomic<bool>>(false); }
    [[nodiscard]] CancelToken token() const { return m_token; }
    void cancel() const { m_token.m_state->store(true, std::memory_order_relaxed); }

private:
    CancelToken m_token;
};

/// How far work has come: done of total in one unit (frames, bytes, segments); total 0 means unknown.
struct Progress {
    double done = 0;
    double total = 0;
};
/// Called from the working thread; must return at once.
using ProgressSink = std::function<void(const Progress&)>;

} // namespace vidimus
