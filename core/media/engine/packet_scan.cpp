#include "core/media/engine/packet_scan_p.h"

#include "core/media/engine/av_log.h"
#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/container_scan_p.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMaxFrames = 16'000'000;
constexpr qint64 kAlivePackets = 512;

/// The lists of packets of a long file, ours and the demuxer's on its way to its own, are tens of megabytes that the
/// allocator would keep for the whole pass.
void releaseFreedMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

Rational rationalOf(AVRational value)
{
    return {value.num, value.den};
}

void countPacket(StreamScan& scan, const AVStream* stream, const AVPacket& packet, qint64& lastDts)
{
    scan.bytes += packet.size;
    if ((packet.flags & AV_PKT_FLAG_DISCARD) != 0) {
        ++scan.discarded;
        return;
    }
    ++scan.packets;
    if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0)
        ++scan.corrupt;
    if (packet.pts == AV_NOPTS_VALUE)
        ++scan.missingTimes;
    if (packet.dts != AV_NOPTS_VALUE) {
        if (lastDts != AV_NOPTS_VALUE && packet.dts <= lastDts)
            ++scan.backwards;
        lastDts = packet.dts;
    }
    const qint64 time = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
    if (time == AV_NOPTS_VALUE)
        return;
    const double base = av_q2d(stream->time_base);
    const double start = static_cast<double>(time) * base;
    const double end = start + static_cast<double>(std::max<qint64>(packet.duration, 0)) * base;
    if (stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO && scan.endSeconds
        && std::abs(start - *scan.endSeconds) > std::abs(scan.largestGapSeconds)) {
        scan.largestGapSeconds = start - *scan.endSeconds;
        scan.largestGapAt = *scan.endSeconds;
    }
    scan.firstSeconds = std::min(scan.firstSeconds.value_or(start), start);
    scan.endSeconds = std::max(scan.endSeconds.value_or(end), end);
}

// One step of the frame clock in time base units, at least 1.
qint64 frameTicks(const AVStream* stream)
{
    const AVRational rate = stream->avg_frame_rate.num > 0 ? stream->avg_frame_rate : stream->r_frame_rate;
    if (rate.num <= 0 || rate.den <= 0)
        return 1;
    return std::max<qint64>(av_rescale_q(1, av_inv_q(rate), stream->time_base), 1);
}

PacketIndex countedIndex(const IndexPackets& packets, const AVStream* stream, Rational origin)
{
    PacketIndex index;
    index.counted = true;
    const qint64 ticks = frameTicks(stream);
    const qint64 first = stream->start_time != AV_NOPTS_VALUE ? stream->start_time : 0;
    index.frames = FrameIndex(rationalOf(stream->time_base), origin);
    for (const IndexPacket& packet : packets) {
        const qint64 n = index.frames.count();
        const qint64 pts = first + n * ticks;
        index.frames.append({.pts = pts, .duration = ticks, .key = packet.key});
        if (packet.key)
            index.noteKey(n, pts, packet.dts);
    }
    return index;
}

} // namespace

qint64 PacketIndex::dtsOf(qint64 key) const
{
    const auto found = std::ranges::lower_bound(keyDts, key, {}, &std::pair<qint64, qint64>::first);
    if (found != keyDts.end() && found->first == key)
        return found->second;
    const FrameIndexEntry entry = frames.at(key);
    return entry.key ? entry.pts : AV_NOPTS_VALUE;
}

PacketIndex indexOf(IndexPackets packets, const AVStream* stream, Rational origin)
{
    PacketIndex index;
    // Nothing can be decoded before the first key, nor what is shown before it but follows it in the file.
    const auto firstKey
        = std::find_if(packets.begin(), packets.end(), [](const IndexPacket& each) { return each.key; });
    if (firstKey != packets.end()) {
        index.beforeFirstKey = firstKey - packets.begin();
        const qint64 firstPts = firstKey->pts;
        packets.erase(packets.begin(), firstKey);
        if (firstPts != AV_NOPTS_VALUE) {
            index.beforeFirstKey += static_cast<qint64>(std::erase_if(packets,
                [firstPts](const IndexPacket& each) { return each.pts != AV_NOPTS_VALUE && each.pts < firstPts; }));
        }
    }
    const qint64 before = index.beforeFirstKey;
    if (std::any_of(
            packets.begin(), packets.end(), [](const IndexPacket& each) { return each.pts == AV_NOPTS_VALUE; })) {
        index = countedIndex(packets, stream, origin);
        index.beforeFirstKey = before;
        return index;
    }
    // In place; of those with one time the first that is decoded stays.
    std::ranges::sort(packets,
        [](const IndexPacket& a, const IndexPacket& b) { return std::tie(a.pts, a.dts) < std::tie(b.pts, b.dts); });
    const auto unique = std::unique(
        packets.begin(), packets.end(), [](const IndexPacket& a, const IndexPacket& b) { return a.pts == b.pts; });
    index.duplicateTimes = packets.end() - unique;
    packets.erase(unique, packets.end());
    index.frames = FrameIndex(rationalOf(stream->time_base), origin);
    qint64 duration = 0;
    for (std::size_t n = 0; n < packets.size(); ++n) {
        const qint64 last = duration;
        duration = std::max<qint64>(packets[n].duration, 0);
        if (n + 1 < packets.size())
            duration = packets[n + 1].pts - packets[n].pts;
        else if (duration == 0)
            duration = n > 0 ? last : frameTicks(stream);
        index.frames.append({.pts = packets[n].pts, .duration = duration, .key = packets[n].key});
        if (packets[n].key)
            index.noteKey(static_cast<qint64>(n), packets[n].pts, packets[n].dts);
    }
    return index;
}

Rational mediaOrigin(const Input& input)
{
    std::optional<Rational> origin;
    for (const int number : {input.bestVideo(), input.bestAudio()}) {
        if (number < 0)
            continue;
        const AVStream* stream = input.context()->streams[number];
        if (stream->start_time == AV_NOPTS_VALUE)
            continue;
        std::int64_t num = 0;
        std::int64_t den = 1;
        const AVRational base = stream->time_base;
        if (std::abs(stream->start_time) < INT64_MAX / std::max(base.num, 1)) {
            num = stream->start_time * base.num;
            den = base.den;
        }
        const Rational start = Rational {num, den}.reduced();
        if (!origin || start < *origin)
            origin = start;
    }
    return origin.value_or(Rational {0, 1});
}

Result<PacketScan> scanPackets(Input& input, const CancelToken& cancel, const ProgressSink& alive)
{
    qint64 read = 0;
    input.setCancel(cancel);
    AVFormatContext* context = input.context();
    PacketScan scan;
    scan.streams.resize(context->nb_streams);
    std::vector<qint64> lastDts(context->nb_streams, AV_NOPTS_VALUE);
    IndexPackets packets;
    ContainerScan container(input);
    const AvPacketPtr packet(av_packet_alloc());
    static_cast<void>(input.takeLog());
    int error = 0;
    while ((error = av_read_frame(context, packet.get())) >= 0) {
        if (alive && ++read % kAlivePackets == 0)
            alive({.done = 0, .total = 0});
        const auto number = static_cast<std::size_t>(packet->stream_index);
        if (number >= scan.streams.size()) {
            // Streams that show up late (MPEG, FLV).
            if (context->nb_streams > static_cast<unsigned>(input.limits().maxStreams)) {
                return Error {ErrorCode::LimitExceeded, u"more than %1 streams"_s.arg(input.limits().maxStreams),
                    "too_many_streams"};
            }
            scan.streams.resize(context->nb_streams);
            lastDts.resize(context->nb_streams, AV_NOPTS_VALUE);
        }
        const AVStream* stream = context->streams[number];
        countPacket(scan.streams[number], stream, *packet, lastDts[number]);
        container.add(stream, *packet);
        if (static_cast<int>(number) == input.bestVideo() && (packet->flags & AV_PKT_FLAG_DISCARD) == 0) {
            if (packets.size() >= kMaxFrames)
                return Error {ErrorCode::LimitExceeded, u"more than 16 million frames"_s, "too_many_frames"};
            packets.push_back({.pts = packet->pts,
                .dts = packet->dts,
                .duration = packet->duration,
                .key = (packet->flags & AV_PKT_FLAG_KEY) != 0});
        }
        av_packet_unref(packet.get());
    }
    if (cancel.isCanceled())
        return Error {ErrorCode::Canceled, u"canceled"_s, {}};
    scan.endedEarly = error != AVERROR_EOF;
    scan.log = input.takeLog();
    if (input.bestVideo() >= 0)
        scan.picture = indexOf(std::move(packets), context->streams[input.bestVideo()], mediaOrigin(input));
    scan.container = container.finish(scan, mediaOrigin(input).toDouble());
    releaseFreedMemory();
    if (auto rewound = input.rewind(); !rewound) {
        const bool isEmpty = std::ranges::all_of(scan.streams, [](const StreamScan& one) { return one.packets == 0; });
        if (!isEmpty)
            return std::move(rewound).error();
        return Error {ErrorCode::Corrupt, u"no frame that the file's tables list can be read"_s, "no_frames"};
    }
    return scan;
}

} // namespace vidimus::media::engine
