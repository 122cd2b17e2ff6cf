#include "core/worker/message.h"

#include "core/base/json.h"
#include "core/worker/records.h"

#include <array>
#include <cstring>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t kKiB = 1024;
constexpr std::uint32_t kMiB = 1024 * kKiB;
constexpr qsizetype kMaxDetailCharacters = 2000;
constexpr qsizetype kMaxReasonBytes = 64;

constexpr std::array kTraits {
    MessageTraits {MessageType::Hello, "hello", Side::Worker, 2, 4 * kKiB, false},
    MessageTraits {MessageType::Ready, "ready", Side::Worker, 2, 4 * kKiB, false},
    MessageTraits {
        MessageType::Progress, "progress", Side::Worker, sizeof(ProgressRecord), sizeof(ProgressRecord), false},
    MessageTraits {MessageType::Result, "result", Side::Worker, 2, 64 * kMiB, false},
    MessageTraits {MessageType::Failure, "failure", Side::Worker, 2, 16 * kKiB, false},
    MessageTraits {MessageType::Index, "index", Side::Worker, 0, 64 * kMiB, false},
    MessageTraits {MessageType::FrameReply, "frame_reply", Side::Worker, sizeof(FrameReplyRecord),
        sizeof(FrameReplyRecord), false},
    MessageTraits {MessageType::AudioReply, "audio_reply", Side::Worker, sizeof(AudioReplyRecord),
        sizeof(AudioReplyRecord), false},
    MessageTraits {MessageType::OutputRequest, "output_request", Side::Worker, 2, 4 * kKiB, false},
    MessageTraits {MessageType::OutputDone, "output_done", Side::Worker, 2, 4 * kKiB, false},
    MessageTraits {MessageType::FingerprintReply, "fingerprint_reply", Side::Worker, 2, 64 * kMiB, false},
    MessageTraits {MessageType::Sheets, "sheets", Side::Worker, 0, 64 * kMiB, false},
    MessageTraits {MessageType::Checkpoint, "checkpoint", Side::Worker, 1, 64 * kMiB, false},
    MessageTraits {MessageType::Measured, "measured", Side::Worker, 2, 64 * kMiB, false},
    MessageTraits {MessageType::Configure, "configure", Side::Parent, 2, 4 * kKiB, false},
    MessageTraits {MessageType::Probe, "probe", Side::Parent, 2, 4 * kKiB, true},
    MessageTraits {MessageType::Check, "check", Side::Parent, 2, 128 * kMiB, true},
    MessageTraits {MessageType::LookFirst, "look_first", Side::Parent, 2, 4 * kMiB, true},
    MessageTraits {MessageType::Fingerprint, "fingerprint", Side::Parent, 2, 4 * kKiB, true},
    MessageTraits {MessageType::CheckAndFingerprint, "check_and_fingerprint", Side::Parent, 2, 128 * kMiB, true},
    MessageTraits {MessageType::Transcode, "transcode", Side::Parent, 2, 64 * kMiB, true},
    MessageTraits {MessageType::OpenFrames, "open_frames", Side::Parent, 2, 4 * kKiB, true},
    MessageTraits {MessageType::SelfProbe, "self_probe", Side::Parent, 2, 4 * kKiB, false},
    MessageTraits {MessageType::AttachMemory, "attach_memory", Side::Parent, sizeof(AttachMemoryRecord),
        sizeof(AttachMemoryRecord), true},
    MessageTraits {MessageType::FrameRequest, "frame_request", Side::Parent, sizeof(FrameRequestRecord),
        sizeof(FrameRequestRecord), false},
    MessageTraits {MessageType::AudioRequest, "audio_request", Side::Parent, sizeof(AudioRequestRecord),
        sizeof(AudioRequestRecord), false},
    MessageTraits {MessageType::OutputOpened, "output_opened", Side::Parent, 0, 0, true},
    MessageTraits {MessageType::OutputCommitted, "output_committed", Side::Parent, 0, 0, false},
    MessageTraits {MessageType::DropFrames, "drop_frames", Side::Parent, sizeof(DropFramesRecord),
        sizeof(DropFramesRecord), false},
    MessageTraits {MessageType::SelfTest, "self_test", Side::Parent, 2, 4 * kKiB, false},
    MessageTraits {MessageType::Cancel, "cancel", Side::Parent, 0, 0, false},
    MessageTraits {MessageType::Fix, "fix", Side::Parent, 2, 4 * kMiB, true},
    MessageTraits {MessageType::CheckRange, "check_range", Side::Parent, 2, 4 * kMiB, true},
    MessageTraits {MessageType::RunModel, "run_model", Side::Parent, 2, 1 * kMiB, true},
    MessageTraits {MessageType::ReadSheets, "read_sheets", Side::Parent, 2, 4 * kKiB, true},
};

template<class T>
T readAt(std::span<const std::byte> bytes, std::size_t offset)
{
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

} // namespace

const MessageTraits* messageTraits(std::uint16_t type)
{
    const auto found = std::find_if(kTraits.begin(), kTraits.end(),
        [type](const MessageTraits& traits) { return static_cast<std::uint16_t>(traits.type) == type; });
    return found == kTraits.end() ? nullptr : &*found;
}

Error protocolError(const QString& what)
{
    return Error {ErrorCode::Corrupt, u"the media worker broke the protocol: "_s + what, "worker_protocol"};
}

QByteArray encodeHeader(const Message& message)
{
    QByteArray bytes(kHeaderBytes, '\0');
    const auto put
        = [&bytes](std::size_t offset, auto value) { std::memcpy(bytes.data() + offset, &value, sizeof value); };
    put(0, kMessageMagic);
    put(4, kProtocolVersion);
    put(6, static_cast<std::uint16_t>(message.type));
    put(8, static_cast<std::uint32_t>(message.payload.size()));
    return bytes;
}

Result<MessageHeader> decodeHeader(std::span<const std::byte, kHeaderBytes> bytes, Side sender)
{
    if (readAt<std::uint32_t>(bytes, 0) != kMessageMagic)
        return protocolError(u"bad magic number"_s);
    const auto version = readAt<std::uint16_t>(bytes, 4);
    if (version != kProtocolVersion) {
        return Error {ErrorCode::Unsupported,
            u"the media worker speaks protocol version %1, this program %2"_s.arg(version).arg(kProtocolVersion),
            "worker_version"};
    }
    const auto type = readAt<std::uint16_t>(bytes, 6);
    const MessageTraits* traits = messageTraits(type);
    if (!traits)
        return protocolError(u"unknown message type %1"_s.arg(type));
    const QLatin1StringView name(traits->name);
    if (traits->sender != sender)
        return protocolError(u"%1 came from the wrong side"_s.arg(name));
    const auto payloadBytes = readAt<std::uint32_t>(bytes, 8);
    if (payloadBytes < traits->minBytes || payloadBytes > traits->maxBytes)
        return protocolError(u"%1 with a payload of %2 bytes"_s.arg(name).arg(payloadBytes));
    if (readAt<std::uint32_t>(bytes, 12) != 0)
        return protocolError(u"%1 with reserved bits set"_s.arg(name));
    return MessageHeader {traits, payloadBytes};
}

Message jsonMessage(MessageType type, const QJsonObject& object)
{
    return Message {type, toJson(object)};
}

Result<QJsonObject> jsonPayload(const Message& message)
{
    auto object = parseJsonObject(message.payload);
    if (!object)
        return protocolError(object.error().detail);
    return object;
}

Message failureMessage(const Error& error)
{
    return jsonMessage(MessageType::Failure,
        QJsonObject {{u"code"_s, QLatin1StringView(errorCodeName(error.code))},
            {u"reason"_s, QString::fromUtf8(error.reason.left(kMaxReasonBytes))},
            {u"detail"_s, error.detail.left(kMaxDetailCharacters)}});
}

Error failureOf(const Message& message)
{
    const auto object = jsonPayload(message);
    if (!object)
        return object.error();
    JsonReader reader(*object);
    const QByteArray code = reader.string("code"_L1).toUtf8();
    const QByteArray reason = reader.string("reason"_L1).toUtf8();
    const QString detail = reader.string("detail"_L1);
    if (const auto done = reader.finish(); !done)
        return protocolError(done.error().detail);
    const ErrorCode known = errorCodeFromName(code);
    const bool plainReason = reason.size() <= kMaxReasonBytes && std::all_of(reason.begin(), reason.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (code != errorCodeName(known) || !plainReason)
        return protocolError(u"a failure with an unknown code or reason"_s);
    return Error {known, detail.left(kMaxDetailCharacters), reason};
}

} // namespace vidimus::worker
