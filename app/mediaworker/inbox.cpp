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
            dropItemsBelow(worker::recordOf<worker::DropFramesRecord>(item.message).firstWanted);
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
    return takeFirst();
}

std::optional<worker::Received> Inbox::next(Milliseconds longest)
{
    std::unique_lock lock(m_mutex);
    if (!m_arrived.wait_for(lock, longest, [this] { return !m_messages.empty(); }))
        return std::nullopt;
    return takeFirst();
}

worker::Received Inbox::takeFirst()
{
    worker::Received first = std::move(m_messages.front());
    m_messages.pop_front();
    return first;
}

CancelToken Inbox::beginItem(std::uint64_t serial)
{
    const std::scoped_lock lock(m_mutex);
    m_item = serial;
    m_itemCancel = CancelSource();
    if (serial < m_firstWanted)
        m_itemCancel.cancel();
    return m_itemCancel.token();
}

void Inbox::dropItemsBelow(std::uint64_t firstWanted)
{
    const std::scoped_lock lock(m_mutex);
    m_firstWanted = firstWanted;
    if (m_item < firstWanted)
        m_itemCancel.cancel();
}

} // namespace vidimus::mediaworker
