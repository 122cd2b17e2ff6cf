#include "core/worker/output_hand_over.h"

#include "core/base/posix_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMaxOpenOutputs = 24; // a rung has one or two open at a time

Result<void> copyAll(int from, int to, qint64 bytes)
{
    struct stat facts {};
    if (fstat(from, &facts) != 0)
        return posixError("fstat", errno);
    if (facts.st_size != bytes)
        return protocolError(u"an output of %1 bytes where it wrote %2"_s.arg(bytes).arg(facts.st_size));
    off_t position = 0;
    while (position < bytes) {
        const ssize_t copied = sendfile(to, from, &position, static_cast<std::size_t>(bytes - position));
        if (copied < 0 && errno != EINTR)
            return posixError("sendfile", errno);
        if (copied == 0)
            return protocolError(u"an output that shrank"_s);
    }
    return {};
}

} // namespace

OutputHandOver::OutputHandOver(WorkerProcess& worker, const transcode::Plan& plan, transcode::OutputSink& sink)
    : m_worker(worker)
    , m_plan(plan)
    , m_sink(sink)
{
}

Result<void> OutputHandOver::handle(const Message& message)
{
    const bool isRequest = message.type == MessageType::OutputRequest;
    if (!isRequest && message.type != MessageType::OutputDone)
        return protocolError(u"not a message about an output"_s);
    const auto object = jsonPayload(message);
    if (!object)
        return object.error();
    return isRequest ? open(*object) : finish(*object);
}

Result<void> OutputHandOver::open(const QJsonObject& object)
{
    const auto key = transcode::outputKeyFromJson(object);
    if (!key)
        return protocolError(key.error().detail);
    if (!transcode::isOutputOf(m_plan, *key))
        return protocolError(u"an output that the plan does not have"_s);
    if (m_open.contains(*key) || m_open.size() >= kMaxOpenOutputs)
        return protocolError(u"too many open outputs"_s);
    UniqueFd memory(memfd_create("vidimus-output", MFD_CLOEXEC));
    if (!memory.isValid())
        return posixError("memfd_create", errno);
    const auto target = m_sink.open(*key);
    if (!target)
        return target.error();
    const auto sent = m_worker.send(Message {MessageType::OutputOpened, {}}, memory.get());
    m_open.emplace(*key, OpenOutput {std::move(memory), *target});
    return sent;
}

Result<void> OutputHandOver::finish(const QJsonObject& object)
{
    const auto output = transcode::finishedOutputFromJson(object);
    if (!output)
        return protocolError(output.error().detail);
    const auto found = m_open.find(output->key);
    if (found == m_open.end())
        return protocolError(u"a finished output that was not open"_s);
    const OpenOutput opened = std::move(found->second);
    m_open.erase(found);
    if (const auto copied = copyAll(opened.fromWorker.get(), opened.toSink, output->bytes); !copied)
        return copied;
    if (const auto kept = m_sink.finish(*output); !kept)
        return kept;
    m_hasMaster = m_hasMaster || output->key.kind == transcode::OutputKind::MasterPlaylist;
    return m_worker.send(Message {MessageType::OutputCommitted, {}});
}

} // namespace vidimus::worker
