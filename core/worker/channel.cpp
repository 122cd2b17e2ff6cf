#include "core/worker/channel.h"

#include "core/base/posix_error.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>

namespace vidimus::worker {

using namespace Qt::StringLiterals;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr Milliseconds kParentSendTimeout {5000};
constexpr qsizetype kReadStepBytes = qsizetype {256} * 1024;

Error peerGone()
{
    return Error {ErrorCode::Unavailable, u"the other end of the worker channel is closed"_s, "worker_gone"};
}

constexpr auto kNever = SteadyClock::time_point::max();

/// Milliseconds for poll() until \a deadline; -1 for kNever.
int pollTimeout(SteadyClock::time_point deadline)
{
    if (deadline == kNever)
        return -1;
    const auto left = std::chrono::ceil<Milliseconds>(deadline - SteadyClock::now());
    return static_cast<int>(std::max<Milliseconds::rep>(left.count(), 0));
}

} // namespace

Channel::Channel(UniqueFd socket, Side self)
    : m_socket(std::move(socket))
    , m_self(self)
{
}

Result<std::pair<UniqueFd, UniqueFd>> Channel::createPair()
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return posixError("socketpair", errno);
    return std::pair {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Result<void> Channel::send(const Message& message, int descriptor)
{
    const QByteArray header = encodeHeader(message);
    const auto deadline = m_self == Side::Parent ? SteadyClock::now() + kParentSendTimeout : kNever;
    const std::size_t total = kHeaderBytes + static_cast<std::size_t>(message.payload.size());
    std::size_t sent = 0;
    while (sent < total) {
        std::array<iovec, 2> parts {};
        int count = 0;
        if (sent < kHeaderBytes)
            parts[static_cast<std::size_t>(count++)]
                = {const_cast<char*>(header.constData()) + sent, kHeaderBytes - sent}; // sendmsg only reads
        const std::size_t payloadSent = sent > kHeaderBytes ? sent - kHeaderBytes : 0;
        if (message.payload.size() > 0)
            parts[static_cast<std::size_t>(count++)] = {const_cast<char*>(message.payload.constData()) + payloadSent,
                static_cast<std::size_t>(message.payload.size()) - payloadSent};
        msghdr request {};
        request.msg_iov = parts.data();
        request.msg_iovlen = static_cast<std::size_t>(count);
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control {};
        if (descriptor >= 0 && sent == 0) {
            request.msg_control = control.data();
            request.msg_controllen = control.size();
            cmsghdr* rights = CMSG_FIRSTHDR(&request);
            rights->cmsg_level = SOL_SOCKET;
            rights->cmsg_type = SCM_RIGHTS;
            rights->cmsg_len = CMSG_LEN(sizeof(int));
            std::memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
        }
        const ssize_t done = sendmsg(m_socket.get(), &request, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (done >= 0) {
            sent += static_cast<std::size_t>(done);
            continue;
        }
        if (errno == EINTR)
            continue;
        if (errno == EPIPE || errno == ECONNRESET)
            return peerGone();
        if (errno != EAGAIN)
            return posixError("sendmsg", errno);
        pollfd wait {m_socket.get(), POLLOUT, 0};
        const int ready = poll(&wait, 1, pollTimeout(deadline));
        if (ready == 0)
            return Error {ErrorCode::TimedOut, u"the media worker does not read its messages"_s, "worker_timeout"};
        if (ready < 0 && errno != EINTR)
            return posixError("poll", errno);
    }
    return {};
}

Result<bool> Channel::readSome()
{
    const qsizetype wanted = m_header ? static_cast<qsizetype>(m_header->payloadBytes) - m_buffer.size()
                                      : static_cast<qsizetype>(kHeaderBytes) - m_buffer.size();
    const qsizetype before = m_buffer.size();
    // Never beyond this message: a descriptor belongs to the header it came with.
    m_buffer.resize(before + std::min(wanted, kReadStepBytes));
    iovec part {m_buffer.data() + before, static_cast<std::size_t>(m_buffer.size() - before)};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control {};
    msghdr request {};
    request.msg_iov = &part;
    request.msg_iovlen = 1;
    if (m_self == Side::Worker) {
        request.msg_control = control.data();
        request.msg_controllen = control.size();
    }
    const ssize_t got = recvmsg(m_socket.get(), &request, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    const int failure = errno;
    m_buffer.resize(before + std::max<qsizetype>(got, 0));
    if (got < 0) {
        if (failure == EAGAIN || failure == EINTR)
            return false;
        return failure == ECONNRESET ? peerGone() : posixError("recvmsg", failure);
    }
    if (m_self == Side::Worker) {
        if (const cmsghdr* rights = CMSG_FIRSTHDR(&request); rights && rights->cmsg_type == SCM_RIGHTS) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(rights), sizeof descriptor);
            m_descriptor = UniqueFd(descriptor);
        }
    }
    if (request.msg_flags & MSG_CTRUNC)
        return protocolError(u"descriptors where none belong"_s);
    if (got == 0)
        return peerGone();
    return true;
}

Result<std::optional<Received>> Channel::takeMessage()
{
    if (!m_header) {
        if (m_buffer.size() < static_cast<qsizetype>(kHeaderBytes))
            return std::optional<Received>();
        const std::span<const std::byte, kHeaderBytes> bytes(
            reinterpret_cast<const std::byte*>(m_buffer.constData()), kHeaderBytes);
        auto header = decodeHeader(bytes, m_self == Side::Parent ? Side::Worker : Side::Parent);
        if (!header)
            return std::move(header).error();
        if (m_self == Side::Worker && header->traits->carriesDescriptor != m_descriptor.isValid())
            return protocolError(
                u"%1 with a wrong number of descriptors"_s.arg(QLatin1StringView(header->traits->name)));
        m_header = *header;
        m_buffer.clear();
    }
    if (m_buffer.size() < static_cast<qsizetype>(m_header->payloadBytes))
        return std::optional<Received>();
    Received received {Message {m_header->traits->type, std::exchange(m_buffer, {})}, std::move(m_descriptor)};
    m_header.reset();
    return std::optional<Received>(std::move(received));
}

Result<std::optional<Received>> Channel::receive(Milliseconds timeout)
{
    const auto deadline = timeout.count() < 0 ? kNever : SteadyClock::now() + timeout;
    for (;;) {
        auto message = takeMessage();
        if (!message || message->has_value())
            return message;
        auto progressed = readSome();
        if (!progressed)
            return std::move(progressed).error();
        // A worker that drips bytes must not hold its reader beyond the time it gave.
        if (*progressed) {
            if (SteadyClock::now() < deadline)
                continue;
            return takeMessage();
        }
        pollfd wait {m_socket.get(), POLLIN, 0};
        const int ready = poll(&wait, 1, pollTimeout(deadline));
        if (ready == 0)
            return std::optional<Received>();
        if (ready < 0 && errno != EINTR)
            return posixError("poll", errno);
    }
}

} // namespace vidimus::worker
