#include "inbox.h"

#include "core/worker/records.h"
#include "core/worker/worker_exit.h"

#include <unistd.h>

namespace vidimus::mediaworker {

using worker::MessageType;

Inbox::Inbox(worker::Channel& channel)
    : m_channel(channel)
{
    std::thread([this] { loop(); }).detach(); // it lives as long as the process
}

void Inbox::loop()
{
    for (;;) {
        auto received = m_channel.receive(Milliseconds(-1));
        if (!received)
            _exit(received.error().reason == "worker_gone" ? worker::kExitParentGone : worker::kExitProtocol);
        if (!received->has_value())
            continue;
        worker::Received& item = **received;
        if (item.message.type == MessageType::Cancel) {
            m_cancel.cancel();
        } else if (item.message.type == MessageType::DropFrames) {
            m_firstWantedFrame = worker::recordOf<worker::DropFramesRecord>(item.message).firstWanted;
            continue;
        }
        const std::scoped_lock lock(m_mutex);
        m_messages.push_back(std::move(item));
        m_arrived.notify_one();
    }
}

worker::Received Inbox::next()
{
    std::unique_lock lock(m_mutex);
    m_arrived.wait(lock, [this] { return !m_messages.empty(); });
    worker::Received first = std::move(m_messages.front());
    m_messages.pop_front();
    return first;
}

std::optional<worker::Received> Inbox::poll()
{
    const std::scoped_lock lock(m_mutex);
    if (m_messages.empty())
        return std::nullopt;
    worker::Received first = std::move(m_messages.front());
    m_messages.pop_front();
    return first;
}

} // namespace vidimus::mediaworker
