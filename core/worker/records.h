#pragma once

#include "core/worker/message.h"

#include <cstring>
#include <type_traits>

namespace vidimus::worker {

// Fixed payloads, in the machine's own layout: both ends are one build on one machine. Every field has a fixed width
// and there is no padding.

struct ProgressRecord {
    double done;
    double total;
};

/// The parent's wish for one frame; the worker writes it at \a offset of the shared memory, rows without gaps.
struct FrameRequestRecord {
    std::uint64_t serial; ///< rising over frame and sound requests
    std::int64_t frame;
    std::uint32_t width; ///< box that the picture is fitted into
    std::uint32_t height;
    std::uint64_t offset;
    std::uint32_t near; ///< 1: the first picture on the way to the frame will do, see FrameSource::nearFrame()
    std::uint32_t reserved;
};

enum class ReplyState : std::uint32_t { Delivered = 0, Dropped = 1, Failed = 2 };

struct FrameReplyRecord {
    std::uint64_t serial;
    std::int64_t frame; ///< the one delivered
    std::uint32_t state; ///< ReplyState; a Failed one is followed by a Failure message
    std::uint32_t width;
    std::uint32_t height;
    std::uint32_t damaged; ///< 0 or 1
};

/// The parent's wish for sound; the worker writes interleaved stereo floats at \a offset.
struct AudioRequestRecord {
    std::uint64_t serial;
    std::int64_t startSample;
    std::uint64_t count; ///< sample pairs
    std::uint64_t offset;
};

struct AudioReplyRecord {
    std::uint64_t serial;
    std::int64_t startSample;
    std::uint64_t count; ///< sample pairs
    std::uint32_t state; ///< ReplyState
    std::uint32_t reserved;
};

struct AttachMemoryRecord {
    std::uint64_t bytes;
    std::uint64_t reserved;
};

struct DropFramesRecord {
    std::uint64_t firstWanted; ///< requests with a lower serial are answered as Dropped
};

template<class Record>
[[nodiscard]] Message recordMessage(MessageType type, const Record& record)
{
    static_assert(std::has_unique_object_representations_v<Record> || std::is_same_v<Record, ProgressRecord>);
    return Message {type, QByteArray(reinterpret_cast<const char*>(&record), sizeof record)};
}

/// The payload's size was checked against the message's traits when its header came in.
template<class Record>
[[nodiscard]] Record recordOf(const Message& message)
{
    static_assert(std::is_trivially_copyable_v<Record>);
    Record record {};
    std::memcpy(&record, message.payload.constData(),
        std::min(sizeof record, static_cast<std::size_t>(message.payload.size())));
    return record;
}

} // namespace vidimus::worker
