#pragma once

#include "core/base/cancel.h"
#include "core/worker/channel.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace vidimus::mediaworker {

/// Reads the parent's messages on a thread of its own, so that a cancellation or the parent's death is noticed while a
/// request is being worked on. The end of the channel, or a message that makes no sense, ends the process at once.
class Inbox {
public:
    explicit Inbox(worker::Channel& channel);

    /// The next message that is not handled here. Waits. The worker's main thread.
    [[nodiscard]] worker::Received next();
    /// The same without waiting.
    [[nodiscard]] std::optional<worker::Received> poll();
    [[nodiscard]] CancelToken cancelToken() const { return m_cancel.token(); }
    /// Frame requests with a serial below this need no pixels. Any thread.
    [[nodiscard]] std::uint64_t firstWantedFrame() const { return m_firstWantedFrame.load(std::memory_order_relaxed); }

private:
    [[noreturn]] void loop();

    worker::Channel& m_channel;
    CancelSource m_cancel;
    std::atomic<std::uint64_t> m_firstWantedFrame {0};
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<worker::Received> m_messages;
};

} // namespace vidimus::mediaworker
