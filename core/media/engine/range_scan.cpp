#include "core/media/engine/av_log.h"
#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/packet_scan_p.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

/// Of all streams; a file whose times never reach the end of a range is not read on for ever.
constexpr qint64 kMostPackets = 50'000;
constexpr qint64 kMostBytes = 512LL << 20;

qint64 ticksAt(const Input& input, const AVStream* stream, double seconds)
{
    return std::llround((seconds + mediaOrigin(input).toDouble()) / av_q2d(stream->time_base));
}

/// The frames that begin in the range. Those between its key frame and its start are decoded and not shown.
PacketIndex cutTo(const PacketIndex& all, qint64 first, qint64 end)
{
    std::vector<FrameIndexEntry> kept;
    PacketIndex cut;
    for (qint64 frame = 0; frame < all.frames.count(); ++frame) {
        const FrameIndexEntry entry = all.frames.at(frame);
        if (entry.pts < first || entry.pts >= end)
            continue;
        if (entry.key)
            cut.noteKey(static_cast<qint64>(kept.size()), entry.pts, all.dtsOf(frame));
        kept.push_back(entry);
    }
    cut.frames = FrameIndex(all.frames.timeBase(), all.frames.origin(), kept);
    return cut;
}

/// What a demuxer takes as the time of a key differs, and one without a table searches and may land late.
constexpr std::array kEarlier {0.0, 1.0, 10.0}; ///< seconds

/// The picture's packets from the first key frame on. Bounded.
IndexPackets readPackets(Input& input, const AVStream* stream, double start, double end)
{
    const bool keyAlone = end <= start;
    const qint64 endTicks = ticksAt(input, stream, end);
    IndexPackets packets;
    qint64 bytes = 0;
    const AvPacketPtr packet(av_packet_alloc());
    for (qint64 read = 0; read < kMostPackets && bytes < kMostBytes; ++read) {
        if (av_read_frame(input.context(), packet.get()) < 0)
            break;
        bytes += packet->size;
        const bool isKey = (packet->flags & AV_PKT_FLAG_KEY) != 0;
        const bool counts = packet->stream_index == stream->index && (packet->flags & AV_PKT_FLAG_DISCARD) == 0
            && packet->pts != AV_NOPTS_VALUE && (isKey || !packets.empty());
        if (counts)
            packets.push_back({.pts = packet->pts, .dts = packet->dts, .duration = packet->duration, .key = isKey});
        // What begins before the end comes before it in decoding order.
        const bool isPast = counts && packet->dts != AV_NOPTS_VALUE && packet->dts >= endTicks;
        av_packet_unref(packet.get());
        if (counts && (keyAlone || isPast))
            break;
    }
    return packets;
}

} // namespace

Result<void> seekToTime(Input& input, double start)
{
    AVFormatContext* context = input.context();
    const int number = input.bestVideo() >= 0 ? input.bestVideo() : input.bestAudio();
    if (number < 0 || start <= 0)
        return input.rewind();
    const AVStream* stream = context->streams[number];
    if (const int error = av_seek_frame(context, number, ticksAt(input, stream, start), AVSEEK_FLAG_BACKWARD);
        error < 0) {
        return Error {ErrorCode::Unsupported,
            u"the file cannot be entered at %1 s: %2"_s.arg(start, 0, 'f', 1).arg(avErrorText(error)), "cannot_seek"};
    }
    return {};
}

Result<PacketScan> scanRange(Input& input, double start, double end, const CancelToken& cancel)
{
    input.setCancel(cancel);
    PacketScan scan;
    scan.streams.resize(input.context()->nb_streams);
    const AVStream* stream = input.bestVideo() >= 0 ? input.context()->streams[input.bestVideo()] : nullptr;
    if (stream == nullptr) { // no index to make
        scan.enteredAt = start;
        return scan;
    }
    const bool keyAlone = end <= start;
    IndexPackets packets;
    for (const double earlier : kEarlier) {
        scan.enteredAt = std::max(0.0, start - earlier);
        if (auto there = seekToTime(input, scan.enteredAt); !there)
            return std::move(there).error();
        packets = readPackets(input, stream, start, end);
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"canceled"_s, {}};
        const bool isLate = !packets.empty() && packets.front().pts > ticksAt(input, stream, start);
        if (keyAlone || !isLate || scan.enteredAt <= 0)
            break;
    }
    scan.picturePackets = static_cast<qint64>(packets.size());
    const PacketIndex all = indexOf(std::move(packets), stream, mediaOrigin(input));
    scan.picture = keyAlone ? cutTo(all, INT64_MIN, INT64_MAX)
                            : cutTo(all, ticksAt(input, stream, start), ticksAt(input, stream, end));
    return scan;
}

} // namespace vidimus::media::engine
