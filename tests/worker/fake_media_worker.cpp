#include "worker/fake_media_worker.h"

#include "core/base/sha256.h"
#include "core/media/facts.h"
#include "core/media/frame_index.h"
#include "core/transcode/output_key.h"
#include "core/transcode/transcode_result.h"
#include "core/worker/channel.h"
#include "core/worker/child_process.h"
#include "core/worker/records.h"
#include "core/worker/sandbox_status.h"

#include <cmath>
#include <sys/mman.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;

namespace fakemedia {

namespace {

class Liar {
public:
    explicit Liar(QByteArray lie)
        : m_channel(UniqueFd(kWorkerSocketFd), Side::Worker)
        , m_lie(std::move(lie))
    {
    }
    void start()
    {
        send(jsonMessage(MessageType::Hello, {{u"program"_s, u"vidimus-mediaworker"_s}}));
        take();
        SandboxStatus status;
        status.seccomp = true;
        send(jsonMessage(MessageType::Ready, toJson(status)));
        take(); // the request
    }
    void serveFrames()
    {
        sendIndexAndFacts();
        for (;;) {
            const Received received = take();
            if (received.message.type == MessageType::AttachMemory)
                attach(received);
            else if (received.message.type == MessageType::FrameRequest)
                answerFrame(recordOf<FrameRequestRecord>(received.message));
            else if (received.message.type == MessageType::AudioRequest)
                answerAudio(recordOf<AudioRequestRecord>(received.message));
        }
    }
    void serveOutputs();

private:
    /// The parent's next message; ends the process with the parent's interest.
    Received take()
    {
        auto received = m_channel.receive(Milliseconds(-1));
        if (!received || !*received)
            _exit(0);
        return std::move(**received);
    }
    void send(const Message& message)
    {
        if (!m_channel.send(message))
            _exit(0);
    }
    bool lies(const char* lie) const { return m_lie == lie; }
    void sendIndexAndFacts();
    void attach(const Received& received);
    void answerFrame(const FrameRequestRecord& request);
    void answerAudio(const AudioRequestRecord& request);
    UniqueFd openOutput(const transcode::OutputKey& key);
    void finishOutput(const transcode::OutputKey& key, const QByteArray& bytes, qint64 claimedBytes, QByteArray hash);

    Channel m_channel;
    QByteArray m_lie;
    std::byte* m_memory = nullptr;
    std::size_t m_memoryBytes = 0;
};

void Liar::sendIndexAndFacts()
{
    std::vector<media::FrameIndexEntry> entries;
    for (int n = 0; n < kFrames; ++n)
        entries.push_back({.pts = n, .duration = 1, .key = n == 0});
    const Message index {MessageType::Index, media::FrameIndex({1, 10}, {0, 1}, entries).toBytes()};
    media::MediaFacts facts;
    facts.container = u"fake"_s;
    media::VideoStream picture;
    picture.width = picture.displayWidth = kWidth;
    picture.height = picture.displayHeight = kHeight;
    facts.video = {picture};
    facts.bestVideo = 0;
    QJsonObject json = media::toJson(facts);
    if (lies("bad-facts"))
        json.insert(u"duration"_s, -1);
    if (lies("bad-index"))
        send({MessageType::Index, QByteArray(100, '\xff')});
    else if (!lies("no-index"))
        send(index);
    if (lies("two-indexes"))
        send(index);
    if (lies("progress-of-nothing"))
        send(recordMessage(MessageType::Progress, ProgressRecord {std::nan(""), -1}));
    send(jsonMessage(MessageType::Result, json));
}

void Liar::attach(const Received& received)
{
    m_memoryBytes = recordOf<AttachMemoryRecord>(received.message).bytes;
    void* memory = mmap(nullptr, m_memoryBytes, PROT_READ | PROT_WRITE, MAP_SHARED, received.descriptor.get(), 0);
    m_memory = memory == MAP_FAILED ? nullptr : static_cast<std::byte*>(memory);
    if (lies("shrinks-memory") && ftruncate(received.descriptor.get(), 0) == 0)
        _exit(9); // the seal did not hold
}

void Liar::answerFrame(const FrameRequestRecord& request)
{
    FrameReplyRecord reply {request.serial, request.frame, 0, kWidth, kHeight, 0};
    if (m_memory && request.offset + kWidth * kHeight * 4 <= m_memoryBytes)
        std::memset(m_memory + request.offset, int(request.frame), kWidth * kHeight * 4);
    if (lies("wide"))
        reply.width = request.width + 1;
    else if (lies("tall"))
        reply.height = 0xffffffff;
    else if (lies("flat"))
        reply.height = 0;
    else if (lies("serial"))
        reply.serial += 1000;
    else if (lies("other-frame"))
        reply.frame = (reply.frame + 1) % kFrames;
    else if (lies("state"))
        reply.state = 9;
    else if (lies("drops"))
        reply.state = std::uint32_t(ReplyState::Dropped);
    else if (lies("damaged"))
        reply.damaged = 2;
    else if (lies("fails") || lies("fails-mute"))
        reply.state = std::uint32_t(ReplyState::Failed);
    else if (lies("sound-for-picture"))
        send(recordMessage(MessageType::AudioReply, AudioReplyRecord {request.serial, 0, 1, 0, 0}));
    else if (lies("dies"))
        std::abort();
    send(recordMessage(MessageType::FrameReply, reply));
    if (lies("twice") || lies("fails-mute"))
        send(recordMessage(MessageType::FrameReply, reply));
    if (lies("fails"))
        send(failureMessage(Error {ErrorCode::Corrupt, QString(100'000, u'x'), "bad_picture"}));
}

void Liar::answerAudio(const AudioRequestRecord& request)
{
    AudioReplyRecord reply {request.serial, request.startSample, request.count, 0, 0};
    auto* const samples = reinterpret_cast<float*>(m_memory + request.offset);
    const std::size_t floats = std::size_t(request.count) * 2;
    std::fill(samples, samples + floats, 0.25F);
    if (lies("sound-nan")) {
        samples[0] = std::nanf("");
        samples[1] = -INFINITY;
        samples[2] = 1e30F;
    }
    if (lies("sound-more"))
        reply.count += 1;
    if (lies("sound-much-more"))
        reply.count = ~std::uint64_t(0) / 4;
    if (lies("sound-elsewhere"))
        reply.startSample += 1;
    if (lies("sound-serial"))
        reply.serial += 1;
    if (lies("sound-state"))
        reply.state = 7;
    if (lies("sound-short"))
        reply.count /= 2;
    send(recordMessage(MessageType::AudioReply, reply));
}

UniqueFd Liar::openOutput(const transcode::OutputKey& key)
{
    send(jsonMessage(MessageType::OutputRequest, transcode::toJson(key)));
    Received answer = take();
    return std::move(answer.descriptor);
}

void Liar::finishOutput(const transcode::OutputKey& key, const QByteArray& bytes, qint64 claimedBytes, QByteArray hash)
{
    const UniqueFd fd = openOutput(key);
    if (write(fd.get(), bytes.constData(), std::size_t(bytes.size())) != bytes.size())
        _exit(9);
    transcode::FinishedOutput output {.key = key, .bytes = claimedBytes, .sha256 = std::move(hash)};
    output.samples = 1;
    output.durationTicks = 1;
    send(jsonMessage(MessageType::OutputDone, transcode::toJson(output)));
    take(); // OutputCommitted
    if (lies("rewrites") && pwrite(fd.get(), "EVIL", 4, 0) != 4)
        _exit(9);
}

void Liar::serveOutputs()
{
    using transcode::OutputKind;
    const transcode::OutputKey first {OutputKind::VideoInit, 0, 0};
    const QByteArray bytes = "twelve bytes";
    const QByteArray hash = sha256Hex(bytes);
    if (lies("unknown"))
        openOutput({OutputKind::VideoSegment, 0, 9'999});
    if (lies("rung"))
        openOutput({OutputKind::VideoSegment, 7, 0});
    if (lies("negative"))
        openOutput({OutputKind::VideoSegment, 0, -1});
    if (lies("nameless"))
        send(jsonMessage(MessageType::OutputRequest, {{u"kind"_s, u"../../etc/passwd"_s}}));
    if (lies("opens-twice")) {
        openOutput(first);
        openOutput(first);
    }
    if (lies("unopened")) {
        transcode::FinishedOutput output {.key = first, .bytes = bytes.size(), .sha256 = hash};
        send(jsonMessage(MessageType::OutputDone, transcode::toJson(output)));
    }
    if (lies("wrong-hash"))
        finishOutput(first, bytes, bytes.size(), sha256Hex("other"));
    if (lies("fewer"))
        finishOutput(first, bytes, bytes.size() - 1, sha256Hex(bytes.chopped(1)));
    if (lies("more"))
        finishOutput(first, bytes, qint64(1) << 40, hash);
    if (lies("again") || lies("rewrites"))
        finishOutput(first, bytes, bytes.size(), hash);
    if (lies("again"))
        openOutput(first);
    if (lies("many")) {
        std::vector<UniqueFd> held;
        for (int n = 0; n < 1'000; ++n)
            held.push_back(openOutput({OutputKind::VideoSegment, n % 2, n / 2}));
    }
    if (lies("leaves-open"))
        openOutput(first);
    send(jsonMessage(MessageType::Result, transcode::toJson(transcode::TranscodeResult {.hls = u"master.m3u8"_s})));
}

} // namespace

bool knows(const QByteArray& behaviour)
{
    return behaviour.startsWith("frames-") || behaviour.startsWith("outputs-");
}

int run(const QByteArray& behaviour)
{
    Liar liar(behaviour.mid(behaviour.indexOf('-') + 1));
    liar.start();
    if (behaviour.startsWith("frames-"))
        liar.serveFrames();
    liar.serveOutputs();
    return 0;
}

} // namespace fakemedia
