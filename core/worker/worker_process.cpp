#include "core/worker/worker_process.h"

#include "core/base/json.h"
#include "core/worker/worker_exit.h"

#include <sys/wait.h>
#include <thread>

namespace vidimus::worker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds kTick = 20ms; // how often a waiting parent looks at cancellation and limits
constexpr Milliseconds kStartTimeout = 10s; // of a loaded machine; a start takes some 50 ms
constexpr Milliseconds kCancelGrace = 300ms;
constexpr Milliseconds kExitGrace = 1s; // between the end of the channel and the end of the process

Error timeoutError(const QString& what)
{
    return Error {ErrorCode::LimitExceeded, u"the media worker "_s + what, "worker_timeout"};
}

} // namespace

WorkerProcess::WorkerProcess(Channel channel, ChildProcess child, bool wrapped)
    : m_channel(std::move(channel))
    , m_child(std::move(child))
    , m_wrapped(wrapped)
{
    m_limits.stall = kStartTimeout;
}

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const QList<QByteArray>& command, bool wrapped)
{
    auto ends = Channel::createPair();
    if (!ends)
        return std::move(ends).error();
    auto child = ChildProcess::start(command, std::move(ends->second));
    if (!child)
        return Error {
            ErrorCode::Missing, u"the media worker cannot be started: %1"_s.arg(child.error().detail), "no_worker"};
    return std::unique_ptr<WorkerProcess>(
        new WorkerProcess(Channel(std::move(ends->first), Side::Parent), *std::move(child), wrapped));
}

Result<void> WorkerProcess::awaitHello()
{
    const auto message = receive({});
    if (!message)
        return message.error();
    if (message->type != MessageType::Hello)
        return refuse(u"no hello"_s);
    const auto object = jsonPayload(*message);
    if (!object)
        return end(object.error());
    JsonReader reader(*object);
    if (reader.string("program"_L1) != "vidimus-mediaworker"_L1 || !reader.finish())
        return refuse(u"a strange hello"_s);
    return {};
}

Result<SandboxStatus> WorkerProcess::configure(const WorkerLimits& limits, bool allowLandlock)
{
    const QJsonObject configuration {{u"limits"_s, toJson(limits)}, {u"landlock"_s, allowLandlock}};
    if (const auto sent = send(jsonMessage(MessageType::Configure, configuration)); !sent)
        return sent.error();
    const auto message = receive({});
    if (!message)
        return message.error();
    if (message->type == MessageType::Failure)
        return end(failureOf(*message));
    const auto object = message->type == MessageType::Ready ? jsonPayload(*message)
                                                            : Result<QJsonObject>(protocolError(u"not ready"_s));
    auto status = object ? sandboxStatusFromJson(*object) : Result<SandboxStatus>(object.error());
    if (!status)
        return refuse(status.error().detail);
    if (!status->seccomp)
        return end(Error {ErrorCode::Missing, u"the worker runs without a system-call filter"_s, "no_sandbox"});
    status->bubblewrap = m_wrapped;
    m_limits = limits;
    return status;
}

Result<void> WorkerProcess::send(const Message& message, int descriptor)
{
    if (!m_usable)
        return Error {ErrorCode::Unavailable, u"worker_crashed: it has ended"_s, "worker_crashed"};
    m_requestStart = SteadyClock::now();
    const auto sent = m_channel.send(message, descriptor);
    if (sent)
        return {};
    return sent.error().reason == "worker_gone" ? explainEnd() : end(sent.error());
}

Result<void> WorkerProcess::checkLimits(const CancelToken& cancel, SteadyClock::time_point waitingSince)
{
    const auto now = SteadyClock::now();
    if (cancel.isCanceled() && !m_cancelSent) {
        m_cancelSent = now;
        if (const auto sent = m_channel.send(Message {MessageType::Cancel, {}}); !sent)
            return Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
    }
    if (m_cancelSent && now - *m_cancelSent > kCancelGrace)
        return Error {ErrorCode::Canceled, u"stopped; the media worker had to be killed"_s, "canceled"};
    if (now - waitingSince > m_limits.stall)
        return timeoutError(u"was silent for %1 ms"_s.arg(m_limits.stall.count()));
    if (m_limits.wall > 0ms && now - m_requestStart > m_limits.wall)
        return timeoutError(u"did not finish in %1 ms"_s.arg(m_limits.wall.count()));
#ifdef VIDIMUS_ASAN
    if (m_limits.addressSpaceBytes > 0 && m_child.residentBytes() > m_limits.addressSpaceBytes)
        return Error {ErrorCode::LimitExceeded, u"the media worker reached its memory limit"_s, "worker_limit_memory"};
#endif
    return {};
}

Result<std::optional<Message>> WorkerProcess::receiveSoon(
    const CancelToken& cancel, SteadyClock::time_point waitingSince)
{
    if (!m_usable)
        return Error {ErrorCode::Unavailable, u"worker_crashed: it has ended"_s, "worker_crashed"};
    auto received = m_channel.receive(kTick);
    m_child.drainStderr();
    if (!received)
        return received.error().reason == "worker_gone" ? explainEnd() : end(received.error());
    if (const auto within = checkLimits(cancel, waitingSince); !within)
        return end(within.error());
    if (!received->has_value())
        return std::optional<Message>();
    return std::optional(std::move((*received)->message));
}

Result<Message> WorkerProcess::receive(const CancelToken& cancel)
{
    const auto waitingSince = SteadyClock::now();
    for (;;) {
        auto message = receiveSoon(cancel, waitingSince);
        if (!message)
            return std::move(message).error();
        if (message->has_value())
            return **std::move(message);
    }
}

Error WorkerProcess::refuse(const QString& what)
{
    return end(protocolError(what));
}

bool WorkerProcess::isAlive()
{
    return m_usable && !m_child.poll();
}

Error WorkerProcess::end(Error error)
{
    m_usable = false;
    m_child.killAndWait();
    return error;
}

Error WorkerProcess::explainEnd()
{
    // The channel closes a moment before the process is gone; its exit state is the better explanation.
    const auto deadline = SteadyClock::now() + kExitGrace;
    while (!m_child.poll() && SteadyClock::now() < deadline)
        std::this_thread::sleep_for(1ms);
    m_usable = false;
    const int status = m_child.killAndWait();
    if (m_cancelSent)
        return Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
    return explainWorkerExit(status, m_wrapped, m_child.drainStderr());
}

} // namespace vidimus::worker
