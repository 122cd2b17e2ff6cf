#include "core/worker/frame_connection.h"

#include "core/worker/exchange.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kAudioPieceSamples = media::kPlaybackSampleRate; // one second a request
constexpr std::size_t kAudioBytes
    = static_cast<std::size_t>(kAudioPieceSamples) * media::kPlaybackChannels * sizeof(float);
constexpr int kBytesPerPixel = 4;

Error canceled()
{
    return Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
}

} // namespace

FrameConnection::FrameConnection(
    std::unique_ptr<WorkerProcess> worker, media::MediaFacts facts, media::FrameIndex index)
    : m_worker(std::move(worker))
    , m_facts(std::move(facts))
    , m_index(std::move(index))
{
}

Result<std::unique_ptr<FrameConnection>> FrameConnection::open(
    std::unique_ptr<WorkerProcess> worker, const InputFile& input, const CancelToken& cancel)
{
    std::optional<media::FrameIndex> index;
    const auto takeIndex = [&index](const Message& message) -> Result<void> {
        if (message.type != MessageType::Index || index)
            return protocolError(u"not an index"_s);
        auto read = media::FrameIndex::fromBytes(message.payload);
        if (!read)
            return protocolError(read.error().detail);
        index = *std::move(read);
        return {};
    };
    const auto answer = exchange(*worker, jsonMessage(MessageType::OpenFrames, {}), input.fd(), cancel, {}, takeIndex);
    if (!answer)
        return answer.error();
    auto facts = media::factsFromJson(*answer);
    if (!facts)
        return worker->refuse(facts.error().detail);
    if (!index)
        return worker->refuse(u"no index"_s);
    return std::unique_ptr<FrameConnection>(
        new FrameConnection(std::move(worker), *std::move(facts), *std::move(index)));
}

Result<void> FrameConnection::attachMemory(media::PictureSize box, const CancelToken& cancel)
{
    if (const auto dropped = dropPending(); !dropped)
        return dropped;
    const auto since = SteadyClock::now();
    while (m_slots.hasPending()) { // their answers stand in the old memory
        if (cancel.isCanceled())
            return canceled();
        if (const auto pumped = pump(since); !pumped)
            return pumped;
    }
    m_slots.reset(box);
    auto memory = SharedMemory::create(FrameSlots::kCount * m_slots.slotBytes() + kAudioBytes);
    if (!memory) {
        m_slots.reset({});
        return std::move(memory).error();
    }
    m_memory = *std::move(memory);
    return m_worker->send(
        recordMessage(MessageType::AttachMemory, AttachMemoryRecord {m_memory.bytes().size(), 0}), m_memory.fd());
}

Result<void> FrameConnection::dropPending()
{
    if (!m_slots.hasPending())
        return {};
    m_slots.giveUpPending();
    return m_worker->send(recordMessage(MessageType::DropFrames, DropFramesRecord {m_serial + 1}));
}

Result<void> FrameConnection::request(int slot, qint64 number, bool near)
{
    return m_worker->send(recordMessage(MessageType::FrameRequest, m_slots.request(slot, number, ++m_serial, near)));
}

Result<void> FrameConnection::pump(SteadyClock::time_point since)
{
    const auto message = m_worker->receiveSoon({}, since);
    if (!message)
        return message.error();
    if (!message->has_value())
        return {};
    if (const auto handled = handle(**message); !handled) {
        std::ignore = m_worker->refuse({});
        return handled.error();
    }
    return {};
}

Result<void> FrameConnection::handle(const Message& message)
{
    if (m_failedSlot || m_audioFailed) {
        if (message.type != MessageType::Failure)
            return protocolError(u"no reason for a failed request"_s);
        (m_failedSlot ? m_failures[static_cast<std::size_t>(*m_failedSlot)] : m_audioError) = failureOf(message);
        m_failedSlot.reset();
        m_audioFailed = false;
        return {};
    }
    if (message.type == MessageType::FrameReply) {
        const auto reply = recordOf<FrameReplyRecord>(message);
        if (reply.frame < 0 || reply.frame >= m_index.count())
            return protocolError(u"a frame that the file has not"_s);
        const auto slot = m_slots.book(reply);
        if (!slot)
            return slot.error();
        if (m_slots.at(*slot).state == FrameSlots::Slot::State::Failed)
            m_failedSlot = *slot;
        return {};
    }
    if (message.type != MessageType::AudioReply || !m_audioRequest)
        return protocolError(u"not a frame, nor sound that was asked for"_s);
    const auto reply = recordOf<AudioReplyRecord>(message);
    if (reply.serial != m_audioRequest->serial || reply.startSample != m_audioRequest->startSample
        || reply.count > m_audioRequest->count || reply.state > static_cast<std::uint32_t>(ReplyState::Failed))
        return protocolError(u"other sound than asked for"_s);
    m_audioRequest.reset();
    m_audioReply = reply;
    m_audioFailed = reply.state == static_cast<std::uint32_t>(ReplyState::Failed);
    return {};
}

media::PictureBuffer FrameConnection::copyOf(int slot)
{
    const FrameSlots::Slot& delivered = m_slots.at(slot);
    media::PictureBuffer picture;
    picture.format = media::PixelFormat::Bgra;
    picture.width = delivered.size.width;
    picture.height = delivered.size.height;
    picture.strideBytes = picture.width * kBytesPerPixel;
    // book() made sure that the picture is within its box, and so within its slot.
    const auto bytes = m_memory.bytes().subspan(
        m_slots.offsetOf(slot), static_cast<std::size_t>(picture.strideBytes) * std::size_t(picture.height));
    picture.bytes = QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    picture.number = delivered.frame;
    picture.time = m_index.timeOf(delivered.frame);
    picture.damaged = delivered.damaged;
    return picture;
}

Result<media::PictureBuffer> FrameConnection::frame(qint64 number, media::PictureSize box, const CancelToken& cancel)
{
    return take(number, box, false, cancel);
}

Result<media::PictureBuffer> FrameConnection::nearFrame(
    qint64 number, media::PictureSize box, const CancelToken& cancel)
{
    return take(number, box, true, cancel);
}

Result<media::PictureBuffer> FrameConnection::take(
    qint64 number, media::PictureSize box, bool near, const CancelToken& cancel)
{
    if (m_slots.box() != box) {
        if (const auto attached = attachMemory(box, cancel); !attached)
            return attached.error();
    }
    const auto since = SteadyClock::now();
    int slot = m_slots.find(number);
    if (slot < 0) {
        if (const auto dropped = dropPending(); !dropped)
            return dropped.error();
        while ((slot = m_slots.takeFor(number)) < 0) {
            if (const auto pumped = pump(since); !pumped)
                return pumped.error();
        }
        if (const auto sent = request(slot, number, near); !sent)
            return sent.error();
    }
    while (m_slots.at(slot).state == FrameSlots::Slot::State::Pending || m_failedSlot == slot) {
        if (cancel.isCanceled()) {
            if (const auto dropped = dropPending(); !dropped)
                return dropped.error();
            return canceled();
        }
        if (const auto pumped = pump(since); !pumped)
            return pumped.error();
    }
    if (m_slots.at(slot).state == FrameSlots::Slot::State::Failed)
        return m_failures[static_cast<std::size_t>(slot)];
    return copyOf(slot);
}

Result<void> FrameConnection::prefetch(qint64 number)
{
    if (m_slots.find(number) >= 0)
        return {};
    const int slot = m_slots.takeFor(number);
    return slot < 0 ? Result<void>() : request(slot, number);
}

Result<std::vector<float>> FrameConnection::audio(qint64 startSample, qint64 count, const CancelToken& cancel)
{
    if (m_memory.bytes().empty()) {
        if (const auto attached = attachMemory({1, 1}, cancel); !attached)
            return attached.error();
    }
    std::vector<float> samples;
    while (count > 0) {
        const qint64 wanted = std::min(count, kAudioPieceSamples);
        auto piece = audioPiece(startSample, wanted, cancel);
        if (!piece)
            return piece;
        samples.insert(samples.end(), piece->begin(), piece->end());
        if (piece->size() < static_cast<std::size_t>(wanted * media::kPlaybackChannels))
            break; // the end
        startSample += wanted;
        count -= wanted;
    }
    return samples;
}

Result<std::vector<float>> FrameConnection::audioPiece(qint64 startSample, qint64 count, const CancelToken& cancel)
{
    const std::size_t offset = FrameSlots::kCount * m_slots.slotBytes();
    m_audioReply.reset();
    m_audioRequest = AudioRequestRecord {++m_serial, startSample, static_cast<std::uint64_t>(count), offset};
    if (const auto sent = m_worker->send(recordMessage(MessageType::AudioRequest, *m_audioRequest)); !sent)
        return sent.error();
    const auto since = SteadyClock::now();
    bool gaveUp = false;
    while (!m_audioReply || m_audioFailed) {
        if (cancel.isCanceled() && !gaveUp) {
            gaveUp = true;
            m_slots.giveUpPending();
            if (const auto sent
                = m_worker->send(recordMessage(MessageType::DropFrames, DropFramesRecord {m_serial + 1}));
                !sent)
                return sent.error();
        }
        if (const auto pumped = pump(since); !pumped)
            return pumped.error();
    }
    if (gaveUp || m_audioReply->state == static_cast<std::uint32_t>(ReplyState::Dropped))
        return canceled();
    if (m_audioReply->state == static_cast<std::uint32_t>(ReplyState::Failed))
        return m_audioError;
    std::vector<float> samples(static_cast<std::size_t>(m_audioReply->count) * media::kPlaybackChannels);
    std::memcpy(samples.data(), m_memory.bytes().data() + offset, samples.size() * sizeof(float));
    // Whatever the worker wrote goes to a person's ears.
    std::replace_if(samples.begin(), samples.end(), [](float sample) { return !std::isfinite(sample); }, 0.0F);
    return samples;
}

} // namespace vidimus::worker
