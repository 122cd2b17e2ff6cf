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

/// The text of a packet. 3GPP samples (ETSI TS 126 245) begin with its length, an empty one only takes away the text
/// before it; SSA events in Matroska have eight fields before it.
QByteArrayView textOf(const AVStream* stream, const AVPacket& packet)
{
    QByteArrayView text(reinterpret_cast<const char*>(packet.data), packet.size);
    if (stream->codecpar->codec_id == AV_CODEC_ID_MOV_TEXT)
        return packet.size < 2
            ? QByteArrayView()
            : text.sliced(2).first(qMin<qsizetype>(qFromBigEndian<quint16>(packet.data), packet.size - 2));
    for (int field = 0; stream->codecpar->codec_id == AV_CODEC_ID_ASS && field < 8; ++field) {
        const qsizetype comma = text.indexOf(',');
        text = text.sliced(comma < 0 ? text.size() : comma + 1);
    }
    return text;
}

/// UTF-8 characters outside <…> and {…}, line breaks not counted.
int countCharacters(QByteArrayView text)
{
    int count = 0;
    int depth = 0;
    for (const char byte : text) {
        if (byte == '<' || byte == '{')
            ++depth;
        const bool starts = (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
        count += depth == 0 && starts && byte != '\n' && byte != '\r' ? 1 : 0;
        if ((byte == '>' || byte == '}') && depth > 0)
            --depth;
    }
    return count;
}

/// What the programme's own streams are said to last, else the whole file: captions may go on for longer.
double declaredLength(const Input& input, double originSeconds)
{
    const AVFormatContext* context = input.context();
    if (context->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE)
        return 0;
    double end = 0;
    for (const int number : {input.bestVideo(), input.bestAudio()}) {
        const AVStream* stream = number >= 0 ? context->streams[number] : nullptr;
        if (stream == nullptr)
            continue;
        if (stream->duration == AV_NOPTS_VALUE || stream->start_time == AV_NOPTS_VALUE)
            return context->duration == AV_NOPTS_VALUE ? 0 : static_cast<double>(context->duration) / AV_TIME_BASE;
        end = std::max(end, secondsOf(stream, stream->start_time) + secondsOf(stream, stream->duration));
    }
    return std::max(0.0, end - originSeconds);
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
    const int characters = track.isText ? countCharacters(textOf(stream, packet)) : 0;
    if (!track.isText || characters > 0)
        track.cues.push_back({start, start + length, characters});
}

ContainerFacts ContainerScan::finish(const PacketScan& scan, double originSeconds)
{
    const AVFormatContext* context = m_input.context();
    m_facts.declaredSeconds = declaredLength(m_input, originSeconds);
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
