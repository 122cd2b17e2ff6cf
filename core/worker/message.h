#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vidimus::worker {

/// The two ends of a channel. The parent trusts nothing the worker sends.
enum class Side { Parent, Worker };

/// Kinds of messages; the numbers are the wire format of kProtocolVersion. messageTraits() says who sends a kind, and
/// how long its payload may be.
enum class MessageType : std::uint16_t {
    // worker to parent
    Hello = 1, ///< JSON: the worker is up and names its version
    Ready = 2, ///< JSON: the sandbox stands (SandboxStatus)
    Progress = 3, ///< ProgressRecord
    Result = 4, ///< JSON: the answer to the request; for a source, the facts
    Failure = 5, ///< JSON: the request failed with an Error
    Index = 6, ///< media::FrameIndex::toBytes(), before the Result of OpenFrames
    FrameReply = 7, ///< FrameReplyRecord: a picture stands in shared memory
    AudioReply = 8, ///< AudioReplyRecord: samples stand in shared memory
    OutputRequest = 9, ///< JSON: transcode::OutputKey of the file wanted now
    OutputDone = 10, ///< JSON: transcode::FinishedOutput
    FingerprintReply = 11, ///< matching::toBytes(), before the Result of Fingerprint and CheckAndFingerprint
    Sheets = 12, ///< the sheets of a licensor's file as bytes, before the Result of ReadSheets
    Checkpoint = 13, ///< CheckpointPart and the state of a pass, when the request asked for states
    Measured = 14, ///< JSON: checks::MeasurementParts::part(), one for each check, before the Result of a pass
    // parent to worker
    Configure = 32, ///< JSON: limits; the worker builds its sandbox and answers Ready
    Probe = 33, ///< JSON; carries the input
    Check = 34, ///< JSON: a PassRequest; carries the input
    Transcode = 35, ///< JSON: a transcode::TranscodeRequest; carries the input
    OpenFrames = 36, ///< JSON; carries the input
    SelfProbe = 37, ///< JSON: the name of one forbidden thing to try
    AttachMemory = 38, ///< AttachMemoryRecord; carries the shared memory
    FrameRequest = 39, ///< FrameRequestRecord
    AudioRequest = 40, ///< AudioRequestRecord
    OutputOpened = 41, ///< empty; carries the file to write to
    OutputCommitted = 42, ///< empty: the finished file is kept
    DropFrames = 43, ///< DropFramesRecord: frame requests up to a serial need no answer with pixels
    Cancel = 44, ///< empty: stop the request, answer Failure(canceled)
    Fingerprint = 45, ///< JSON; carries the input
    CheckAndFingerprint = 47, ///< JSON: a PassRequest; carries the input; both from one decode
    SelfTest = 48, ///< JSON, empty: prove every check on generated vectors; answered by checks::SelfTestRow
    Fix = 49, ///< JSON: a transcode::FixPlan; carries the input; the worker asks for one output (OutputRequest, empty)
    CheckRange = 50, ///< JSON: a checks::Profile and frames; carries the input
    RunModel = 51, ///< JSON: a checks::ModelManifest; carries the input; the worker asks for the model (OutputRequest)
    LookFirst = 52, ///< JSON: {"profile", "ranges"}; carries the input; answered by checks::looksToJson()
    ReadSheets = 46, ///< JSON; carries the input: a workbook or an XML file of a licensor
};

inline constexpr std::uint32_t kMessageMagic = 0x4D574456; // "VDWM" in memory
inline constexpr std::uint16_t kProtocolVersion = 1;
inline constexpr std::size_t kHeaderBytes = 16;

struct MessageTraits {
    MessageType type;
    const char* name;
    Side sender;
    std::uint32_t minBytes;
    std::uint32_t maxBytes; ///< equal to minBytes for a fixed record
    bool carriesDescriptor;
};
/// nullptr for a number that is no MessageType.
[[nodiscard]] const MessageTraits* messageTraits(std::uint16_t type);

struct Message {
    MessageType type = MessageType::Cancel;
    QByteArray payload;
};

/// What stands before each payload: magic u32, version u16, type u16, payload bytes u32, zero u32, in the machine's
/// order (both ends run on one machine).
struct MessageHeader {
    const MessageTraits* traits = nullptr;
    std::uint32_t payloadBytes = 0;
};

[[nodiscard]] QByteArray encodeHeader(const Message& message);
/// Checks every field, and that \a sender may send this kind. Errors: Corrupt, reason "worker_protocol"; Unsupported,
/// reason "worker_version", for another protocol version.
[[nodiscard]] Result<MessageHeader> decodeHeader(std::span<const std::byte, kHeaderBytes> bytes, Side sender);

/// The Error of every broken rule of the protocol.
[[nodiscard]] Error protocolError(const QString& what);

[[nodiscard]] Message jsonMessage(MessageType type, const QJsonObject& object);
/// Errors: Corrupt, reason "worker_protocol".
[[nodiscard]] Result<QJsonObject> jsonPayload(const Message& message);

[[nodiscard]] Message failureMessage(const Error& error);
/// The Error that a Failure message carries, with the detail bounded. A malformed Failure gives a protocolError.
[[nodiscard]] Error failureOf(const Message& message);

} // namespace vidimus::worker
