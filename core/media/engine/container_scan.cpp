#include "core/media/engine/container_scan_p.h"

#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/box_walk_p.h"
#include "core/media/engine/packet_scan_p.h"

#include <QtEndian>
#include <algorithm>
#include <cmath>

namespace vidimus::media::engine {

namespace {

constexpr std::size_t kMaxEvents = 10'000;
constexpr std::size_t kMaxCues = 100'000;
constexpr std::size_t kMaxSeconds = 48 * 3600;
/// Whole milliseconds (Matroska) and one packet's rounding are no gap.
constexpr double kLeastGapSeconds = 0.015;

double secondsOf(const AVStream* stream, qint64 ticks)
{
    return static_cast<double>(ticks) * av_q2d(stream->time_base);
}

bool isText(AVCodecID codec)
{
    const AVCodecDescriptor* descriptor = avcodec_descriptor_get(codec);
    return descriptor != nullptr && (descriptor->props & AV_CODEC_PROP_TEXT_SUB) != 0;
}

/// Bytes of text in a packet. An empty 3GPP sample (ETSI TS 126 245) only takes the text before it away.
int textBytes(const AVStream* stream, const AVPacket& packet)
{
    if (stream->codecpar->codec_id != AV_CODEC_ID_MOV_TEXT)
        return packet.size;
    return packet.size < 2 ? 0 : std::min<int>(qFromBigEndian<quint16>(packet.data), packet.size - 2);
}

} // namespace

ContainerScan::ContainerScan(const Input& input)
    : m_input(input)
{
}

void ContainerScan::addEvent(TimeEvent::Kind kind, int stream, double at, double seconds)
{
    if (m_facts.events.size() < kMaxEvents)
        m_facts.events.push_back({kind, stream, at, seconds});
}

void ContainerScan::add(const AVStream* stream, const AVPacket& packet)
{
    if (packet.stream_index == m_input.bestVideo())
        addProgramme(stream, packet, true);
    else if (packet.stream_index == m_input.bestAudio())
        addProgramme(stream, packet, false);
    else if (stream->codecpar->codec_type == AVMEDIA_TYPE_SUBTITLE)
        addCaption(stream, packet);
}

void ContainerScan::addProgramme(const AVStream* stream, const AVPacket& packet, bool picture)
{
    StreamState& state = picture ? m_picture : m_sound;
    const StreamState& other = picture ? m_sound : m_picture;
    if (packet.dts != AV_NOPTS_VALUE) {
        const double dts = secondsOf(stream, packet.dts);
        if (state.lastDts && dts <= *state.lastDts)
            addEvent(TimeEvent::Kind::Backwards, packet.stream_index, *state.lastDts, *state.lastDts - dts);
        state.lastDts = dts;
        if (other.lastDts)
            m_facts.interleaveSeconds = std::max(m_facts.interleaveSeconds, *other.lastDts - dts);
        if (picture && !m_firstPicture)
            m_firstPicture = dts;
        const double second = std::floor(dts - m_firstPicture.value_or(0));
        if (picture && second >= 0 && second < kMaxSeconds) {
            const auto at = static_cast<std::size_t>(second);
            if (at >= m_bitsOfSecond.size())
                m_bitsOfSecond.resize(at + 1);
            m_bitsOfSecond[at] += packet.size * 8.0;
        }
    }
    if ((packet.flags & AV_PKT_FLAG_DISCARD) != 0)
        return;
    const qint64 time = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
    m_facts.missingTimes += packet.pts == AV_NOPTS_VALUE ? 1 : 0;
    if (picture || time == AV_NOPTS_VALUE)
        return;
    state.knowsLengths = packet.duration > 0;
    const double start = secondsOf(stream, time);
    if (state.end && std::abs(start - *state.end) > kLeastGapSeconds) {
        addEvent(start > *state.end ? TimeEvent::Kind::Gap : TimeEvent::Kind::Overlap, packet.stream_index, *state.end,
            std::abs(start - *state.end));
    }
    state.end = state.knowsLengths ? std::optional(start + secondsOf(stream, packet.duration)) : std::nullopt;
}

void ContainerScan::addCaption(const AVStream* stream, const AVPacket& packet)
{
    CaptionTrack& track = m_captions[packet.stream_index];
    track.stream = packet.stream_index;
    track.isText = isText(stream->codecpar->codec_id);
    if (packet.pts == AV_NOPTS_VALUE || track.cues.size() >= kMaxCues)
        return;
    const double start = secondsOf(stream, packet.pts);
    const double length = secondsOf(stream, std::max<qint64>(packet.duration, 0));
    if (!track.cues.empty() && track.cues.back().end <= track.cues.back().start)
        track.cues.back().end = start;
    const int bytes = track.isText ? textBytes(stream, packet) : 0;
    if (!track.isText || bytes > 0)
        track.cues.push_back({start, start + length, bytes});
}

ContainerFacts ContainerScan::finish(const PacketScan& scan, double originSeconds)
{
    const AVFormatContext* context = m_input.context();
    const bool estimated = context->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE;
    m_facts.declaredSeconds
        = context->duration == AV_NOPTS_VALUE || estimated ? 0 : static_cast<double>(context->duration) / AV_TIME_BASE;
    if (QByteArrayView(context->iformat->name).contains("mov"))
        m_facts.boxes = walkBoxes(context->pb, m_input.bytes());
    m_facts.truncated = scan.endedEarly || scan.log.contains("partial file") || scan.log.contains("truncat")
        || m_facts.boxes.lastBoxCut;
    m_facts.duplicateTimes = scan.picture.duplicateTimes;
    m_facts.beforeFirstKey = scan.picture.beforeFirstKey;
    if (m_input.bestVideo() >= 0) {
        const AVCodecParameters* picture = context->streams[m_input.bestVideo()]->codecpar;
        m_facts.pictureProfile = picture->profile;
        m_facts.pictureLevel = picture->level;
    }
    for (const double bits : m_bitsOfSecond)
        m_facts.peakBitRate = std::max(m_facts.peakBitRate, bits);
    for (TimeEvent& event : m_facts.events)
        event.at -= originSeconds;
    for (auto& [number, track] : m_captions) {
        std::ranges::stable_sort(track.cues, {}, &CaptionCue::start);
        for (CaptionCue& cue : track.cues) {
            cue.start -= originSeconds;
            cue.end = std::max(cue.end - originSeconds, cue.start);
        }
        m_facts.captions.push_back(std::move(track));
    }
    return std::move(m_facts);
}

} // namespace vidimus::media::engine
