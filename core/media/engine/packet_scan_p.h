#pragma once

#include "core/base/cancel.h"
#include "core/media/container_facts.h"
#include "core/media/engine/input.h"
#include "core/media/facts.h"
#include "core/media/frame_index.h"

#include <deque>
#include <optional>
#include <utility>
#include <vector>

struct AVPacket;
struct AVStream;

namespace vidimus::media::engine {

/// What the index needs of a packet.
struct IndexPacket {
    qint64 pts = INT64_MIN; ///< AV_NOPTS_VALUE where it is missing
    qint64 dts = INT64_MIN;
    qint64 duration : 63 = 0;
    bool key : 1 = false;
};
static_assert(sizeof(IndexPacket) == 24, "those of a day are two million");
/// Grows without being copied.
using IndexPackets = std::deque<IndexPacket>;

/// What the packets of one stream say together.
struct StreamScan {
    qint64 packets = 0; ///< that are shown or heard
    qint64 bytes = 0;
    qint64 discarded = 0; ///< outside an edit list
    qint64 missingTimes = 0; ///< packets without pts
    qint64 backwards = 0; ///< packets whose dts does not grow
    qint64 corrupt = 0; ///< flagged by the demuxer
    std::optional<double> firstSeconds;
    std::optional<double> endSeconds;
    double largestGapSeconds = 0; ///< between a sound packet's end and the next one's start
    double largestGapAt = 0; ///< where that gap begins, on the file's clock
};

/// The shown frames of the programme's picture with what a decoder needs to find them again.
struct PacketIndex {
    FrameIndex frames;
    /// Keys whose dts is not their pts, by frame: pairs of frame and dts, in time base units.
    std::vector<std::pair<qint64, qint64>> keyDts;
    bool counted = false; ///< times are missing in the file: frame numbers come from counting from the start only
    qint64 duplicateTimes = 0; ///< frames left out because another one has the same time
    qint64 beforeFirstKey = 0; ///< frames left out because nothing before them can be decoded

    /// The dts of frame \a key; AV_NOPTS_VALUE where it is missing, or the frame is no key.
    [[nodiscard]] qint64 dtsOf(qint64 key) const;
    /// Keys in their order.
    void noteKey(qint64 frame, qint64 pts, qint64 dts)
    {
        if (dts != pts)
            keyDts.emplace_back(frame, dts);
    }
};

struct PacketScan {
    std::vector<StreamScan> streams; ///< one for each stream of the file
    PacketIndex picture;
    ContainerFacts container;
    bool endedEarly = false; ///< reading stopped with an error before the end
    // Of a range only:
    qint64 picturePackets = 0; ///< of the programme's picture, from the first key frame on
    double enteredAt = 0; ///< media time that seekToTime() was asked for
    QByteArray log;
};

/// Seconds on the file's clock that are media time 0: the earliest start of the programme's picture and sound.
[[nodiscard]] Rational mediaOrigin(const Input& input);

/// The index of a stream's packets, in file order.
[[nodiscard]] PacketIndex indexOf(IndexPackets packets, const AVStream* stream, Rational origin);

/// Reads every packet from the start, decodes nothing, and rewinds. \a alive is told from time to time that reading
/// goes on (done and total 0): a long file on a slow disk takes minutes. Errors: Canceled, Io, LimitExceeded.
[[nodiscard]] Result<PacketScan> scanPackets(Input& input, const CancelToken& cancel, const ProgressSink& alive = {});

/// Seeks to the last key frame that begins at or before media time \a start, or to the beginning of the file.
/// Errors: Unsupported (cannot_seek).
[[nodiscard]] Result<void> seekToTime(Input& input, double start);
/// Reads the packets of a part of the programme, bounded: its index holds the frames that begin in [start, end), or the
/// key frame alone when \a end is not after \a start. The position is left where reading stopped.
/// Errors: Canceled, Io, Unsupported (cannot_seek).
[[nodiscard]] Result<PacketScan> scanRange(Input& input, double start, double end, const CancelToken& cancel);
/// The facts that a scan measured (in probe.cpp). Errors: LimitExceeded (too_long).
[[nodiscard]] Result<MediaFacts> factsOf(const Input& input, const PacketScan& scan);

/// Reads on from a position at or before frame \a key (a key frame) until its packet, which is left in \a packet.
/// False when the file's seeking does not lead there. Errors: Canceled.
[[nodiscard]] Result<bool> seekToKey(Input& input, const PacketIndex& index, qint64 key, AVPacket* packet);

} // namespace vidimus::media::engine
