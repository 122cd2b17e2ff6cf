#include "commands.h"

#include "core/media/engine/indexed_decoder.h"
#include "core/worker/records.h"
#include "core/worker/shared_memory.h"

#include <cstring>

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;
using worker::MessageType;
using worker::ReplyState;

namespace {

/// After so long without a request somebody looks at a picture, and may step either way.
constexpr Milliseconds kLookingStill {100};

/// Answers the requests of one open file.
class FrameService {
public:
    FrameService(Session& session, media::engine::IndexedDecoder& source)
        : m_session(session)
        , m_source(source)
    {
    }
    /// Until the parent cancels; the error says why it ended.
    Error run();

private:
    /// The next request; until it comes, frames that are likely to be wanted are decoded.
    [[nodiscard]] worker::Received nextRequest();
    Result<void> attach(worker::Received received);
    [[nodiscard]] Result<media::PictureBuffer> pictureFor(
        const worker::FrameRequestRecord& request, media::PictureSize box, const CancelToken& cancel);
    void sendFrame(const worker::FrameRequestRecord& request);
    void sendAudio(const worker::AudioRequestRecord& request);
    /// Room for \a bytes at \a offset; nothing when the memory is too small.
    [[nodiscard]] std::byte* room(std::uint64_t offset, std::size_t bytes) const;

    Session& m_session;
    media::engine::IndexedDecoder& m_source;
    worker::SharedMemory m_memory;
};

Error tooSmall()
{
    return Error {ErrorCode::Internal, u"the shared memory is too small"_s, "internal"};
}

ReplyState stateOf(const Error& error)
{
    return error.code == ErrorCode::Canceled ? ReplyState::Dropped : ReplyState::Failed;
}

Error FrameService::run()
{
    for (;;) {
        worker::Received received = nextRequest();
        const worker::Message& message = received.message;
        if (message.type == MessageType::FrameRequest) {
            sendFrame(worker::recordOf<worker::FrameRequestRecord>(message));
        } else if (message.type == MessageType::AudioRequest) {
            sendAudio(worker::recordOf<worker::AudioRequestRecord>(message));
        } else if (message.type == MessageType::AttachMemory) {
            if (const auto attached = attach(std::move(received)); !attached)
                return attached.error();
        } else if (message.type == MessageType::Cancel) {
            return Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
        } else {
            return Error {ErrorCode::Internal, u"another request than for frames"_s, "internal"};
        }
    }
}

worker::Received FrameService::nextRequest()
{
    using Prepare = media::engine::IndexedDecoder::Prepare;
    using SteadyClock = std::chrono::steady_clock;
    const auto since = SteadyClock::now();
    for (;;) {
        const auto waited = std::chrono::duration_cast<Milliseconds>(SteadyClock::now() - since);
        const bool still = waited >= kLookingStill;
        const bool worked = m_source.prepare(still ? Prepare::Around : Prepare::Ahead);
        if (still && !worked)
            return m_session.inbox().next();
        if (auto request = m_session.inbox().next(worked ? Milliseconds(0) : kLookingStill - waited))
            return *std::move(request);
    }
}

Result<void> FrameService::attach(worker::Received received)
{
    const auto record = worker::recordOf<worker::AttachMemoryRecord>(received.message);
    m_memory = {}; // gives its addresses back first: they are limited
    auto memory = worker::SharedMemory::attach(std::move(received.descriptor), record.bytes);
    if (!memory)
        return std::move(memory).error();
    m_memory = *std::move(memory);
    return {};
}

std::byte* FrameService::room(std::uint64_t offset, std::size_t bytes) const
{
    const std::size_t size = m_memory.bytes().size();
    return offset <= size && bytes <= size - offset ? m_memory.bytes().data() + offset : nullptr;
}

Result<media::PictureBuffer> FrameService::pictureFor(
    const worker::FrameRequestRecord& request, media::PictureSize box, const CancelToken& cancel)
{
    if (request.near != 0)
        return m_source.nearFrame(request.frame, box, cancel);
    return m_source.frame(request.frame, box, cancel);
}

void FrameService::sendFrame(const worker::FrameRequestRecord& request)
{
    const CancelToken cancel = m_session.inbox().beginItem(request.serial);
    worker::FrameReplyRecord reply {
        request.serial, request.frame, static_cast<std::uint32_t>(ReplyState::Dropped), 0, 0, 0};
    const media::PictureSize box {static_cast<int>(request.width), static_cast<int>(request.height)};
    auto picture = cancel.isCanceled() ? Result<media::PictureBuffer>(Error {ErrorCode::Canceled, {}, {}})
                                       : pictureFor(request, box, cancel);
    if (picture) {
        const auto rowBytes = static_cast<std::size_t>(picture->width) * 4;
        std::byte* target = room(request.offset, rowBytes * static_cast<std::size_t>(picture->height));
        if (target) {
            for (int y = 0; y < picture->height; ++y)
                std::memcpy(target + static_cast<std::size_t>(y) * rowBytes, picture->row(y), rowBytes);
            reply.state = static_cast<std::uint32_t>(ReplyState::Delivered);
            reply.frame = picture->number;
            reply.width = static_cast<std::uint32_t>(picture->width);
            reply.height = static_cast<std::uint32_t>(picture->height);
            reply.damaged = picture->damaged ? 1 : 0;
        } else {
            picture = tooSmall();
        }
    }
    if (!picture)
        reply.state = static_cast<std::uint32_t>(stateOf(picture.error()));
    m_session.send(worker::recordMessage(MessageType::FrameReply, reply));
    if (reply.state == static_cast<std::uint32_t>(ReplyState::Failed))
        m_session.send(worker::failureMessage(picture.error()));
}

void FrameService::sendAudio(const worker::AudioRequestRecord& request)
{
    const CancelToken cancel = m_session.inbox().beginItem(request.serial);
    worker::AudioReplyRecord reply {request.serial, request.startSample, 0, 0, 0};
    auto samples = m_source.audio(request.startSample, static_cast<qint64>(request.count), cancel);
    if (samples) {
        const std::size_t bytes = samples->size() * sizeof(float);
        if (std::byte* target = room(request.offset, bytes)) {
            std::memcpy(target, samples->data(), bytes);
            reply.count = samples->size() / media::kPlaybackChannels;
            reply.state = static_cast<std::uint32_t>(ReplyState::Delivered);
        } else {
            samples = tooSmall();
        }
    }
    if (!samples)
        reply.state = static_cast<std::uint32_t>(stateOf(samples.error()));
    m_session.send(worker::recordMessage(MessageType::AudioReply, reply));
    if (reply.state == static_cast<std::uint32_t>(ReplyState::Failed))
        m_session.send(worker::failureMessage(samples.error()));
}

} // namespace

worker::Message runFrames(Session& session, worker::Received request)
{
    const auto source
        = media::engine::IndexedDecoder::open(request.descriptor.get(), {}, session.inbox().cancelToken());
    if (!source)
        return worker::failureMessage(source.error());
    session.send(worker::Message {MessageType::Index, (*source)->index().toBytes()});
    session.send(worker::jsonMessage(MessageType::Result, media::toJson((*source)->facts())));
    return worker::failureMessage(FrameService(session, **source).run());
}

} // namespace vidimus::mediaworker
