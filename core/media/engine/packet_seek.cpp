#include "core/media/engine/packet_scan_p.h"

#include "core/media/engine/av_ptr_p.h"

#include <array>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

// Reads until the packet of the key frame. False once the file is past it.
bool readToKey(Input& input, qint64 pts, qint64 dts, AVPacket* packet)
{
    while (av_read_frame(input.context(), packet) >= 0) {
        if (packet->stream_index == input.bestVideo()) {
            if (packet->pts == pts && (packet->flags & AV_PKT_FLAG_KEY) != 0)
                return true;
            if (dts != AV_NOPTS_VALUE && packet->dts != AV_NOPTS_VALUE && packet->dts > dts)
                break;
        }
        av_packet_unref(packet);
    }
    av_packet_unref(packet);
    return false;
}

} // namespace

Result<bool> seekToKey(Input& input, const PacketIndex& index, qint64 key, AVPacket* packet)
{
    AVFormatContext* context = input.context();
    const int number = input.bestVideo();
    const qint64 pts = index.frames.at(key).pts;
    const qint64 dts = index.dtsOf(key);
    const auto canceled = [&] { return context->interrupt_callback.callback(context->interrupt_callback.opaque) != 0; };
    const Error cancelError {ErrorCode::Canceled, u"canceled"_s, {}};
    if (key > 0 && !index.counted) {
        // What a demuxer takes as the time of a key differs: presentation in Matroska, decoding in MP4. In streams
        // without a table it searches and may land late; then earlier and earlier.
        const qint64 second = av_rescale_q(1, {1, 1}, context->streams[number]->time_base);
        const qint64 base = dts != AV_NOPTS_VALUE ? dts : pts;
        for (const qint64 time : std::array {pts, base, base - second, base - 10 * second}) {
            if (canceled())
                return cancelError;
            if (av_seek_frame(context, number, time, AVSEEK_FLAG_BACKWARD) < 0)
                continue;
            if (readToKey(input, pts, dts, packet))
                return true;
        }
    }
    if (auto rewound = input.rewind(); !rewound)
        return std::move(rewound).error();
    if (index.counted) {
        while (av_read_frame(context, packet) >= 0) {
            if (packet->stream_index == number && (packet->flags & AV_PKT_FLAG_KEY) != 0)
                return true;
            av_packet_unref(packet);
        }
        return canceled() ? Result<bool>(cancelError) : Result<bool>(false);
    }
    const bool found = readToKey(input, pts, AV_NOPTS_VALUE, packet);
    return !found && canceled() ? Result<bool>(cancelError) : Result<bool>(found);
}

} // namespace vidimus::media::engine
