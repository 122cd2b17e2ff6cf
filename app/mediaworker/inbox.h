#pragma once

#include "core/base/cancel.h"
#include "core/worker/channel.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace vidimus::mediaworker {

/// Reads the parent's messages on a thread of its own, so that a cancellation or the parent's death is noticed while a
/// request is being worked on. The end of the channel, or a message that makes no sense, ends the process at once.
class Inbox {
public:
    explicit Inbox(worker::Channel& channel);

    /// The next message that is not handled here. Waits. The worker's main thread.
    [[nodiscard]] worker::Received next();
    /// The same, waiting at most \a longest.
    [[nodiscard]] std::optional<worker::Received> next(Milliseconds longest);
    [[nodiscard]] CancelToken cancelToken() const { return m_cancel.token(); }
    /// Begins the work on a frame or sound request: a token that cancels when the parent gives up what has this serial
    /// or a lower one. Already canceled when it did so before.
    [[nodiscard]] CancelToken beginItem(std::uint64_t serial);

private:
    [[nodiscard]] worker::Received takeFirst();
    [[noreturn]] void loop();
    void dropItemsBelow(std::uint64_t firstWanted);

    worker::Channel& m_channel;
    CancelSource m_cancel;
    std::mutex m_mutex;
    std::uint64_t m_firstWanted = 0;
    std::uint64_t m_item = 0;
    CancelSource m_itemCancel;
    std::condition_variable m_arrived;
    std::deque<worker::Received> m_messages;
};

} // namespace vidimus::mediaworker
