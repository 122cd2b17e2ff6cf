#include "core/media/engine/media_problems_p.h"

#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/packet_scan_p.h"

#include <cmath>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

// Differences that a viewer or a player notices.
constexpr double kDurationToleranceSeconds = 0.5;
constexpr double kDurationToleranceShare = 0.01;
constexpr double kLengthToleranceSeconds = 0.25;
constexpr double kGapSeconds = 0.1;
constexpr int kHdLines = 720;
constexpr qint64 kPrimingPackets = 4;

class Finder {
public:
    Finder(const Input& input, const MediaFacts& facts, const PacketScan& scan)
        : m_input(input)
        , m_facts(facts)
        , m_scan(scan)
    {
    }

    std::vector<MediaProblem> run()
    {
        fileProblems();
        if (const VideoStream* video = m_facts.programmeVideo())
            pictureProblems(*video);
        streamProblems();
        return std::move(m_problems);
    }

private:
    void add(const char* code, const QString& detail) { m_problems.push_back({code, detail}); }

    void fileProblems()
    {
        const AVFormatContext* context = m_input.context();
        if (m_scan.endedEarly || m_scan.log.contains("partial file") || m_scan.log.contains("truncat")) {
            add("truncated", u"the file ends before its streams do"_s);
        }
        const double declared
            = context->duration == AV_NOPTS_VALUE ? 0 : static_cast<double>(context->duration) / AV_TIME_BASE;
        const double difference = std::abs(declared - m_facts.durationSeconds);
        const bool estimated = context->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE;
        if (declared > 0 && !estimated && difference > kDurationToleranceSeconds
            && difference > declared * kDurationToleranceShare) {
            add("duration_differs",
                u"declared %1 s, measured %2 s"_s.arg(declared, 0, 'f', 3).arg(m_facts.durationSeconds, 0, 'f', 3));
        }
        if (m_input.indexStandsLast())
            add("no_fast_start", u"the index stands at the end of the file, so it cannot play while it loads"_s);
        for (const VideoStream& video : m_facts.video) {
            if (video.coverArt)
                add("cover_art", u"stream %1 is a still picture, not programme"_s.arg(video.index));
        }
    }

    void pictureProblems(const VideoStream& video)
    {
        const PacketIndex& index = m_scan.picture;
        if (video.frameCount == 0)
            add("no_frames", u"the picture has no frame that can be shown"_s);
        if (video.rateKind == RateKind::Variable) {
            add("variable_frame_rate",
                u"frames last differently long; %1 a second on average"_s.arg(video.averageRate.toDouble(), 0, 'f', 3));
        }
        if (index.counted)
            add("missing_timestamps", u"frames have no presentation times; they are counted instead"_s);
        if (index.duplicateTimes > 0)
            add("duplicate_timestamps", u"%1 frames have the time of another one"_s.arg(index.duplicateTimes));
        if (index.beforeFirstKey > 0)
            add("starts_between_keys", u"%1 frames before the first key frame are lost"_s.arg(index.beforeFirstKey));
        const ColorTags& color = video.color;
        if (video.height >= kHdLines && color.matrix == ColorTags::kUnspecified
            && color.primaries == ColorTags::kUnspecified && color.transfer == ColorTags::kUnspecified) {
            add("no_color_tags", u"%1 lines without colour tags; BT.709 is assumed"_s.arg(video.height));
        }
        gapInPicture(index.frames);
        if (const AudioStream* audio = m_facts.programmeAudio(); audio != nullptr && audio->durationSeconds > 0)
            lengthProblem(video, *audio);
    }

    void gapInPicture(const FrameIndex& index)
    {
        if (index.count() < 3)
            return;
        // A frame that lasts far longer than the usual one, and long enough to be seen.
        qint64 longest = 0;
        for (qint64 n = 1; n + 1 < index.count(); ++n) {
            if (index.at(n).duration > index.at(longest).duration)
                longest = n;
        }
        const double usual
            = (index.endTime().toDouble() - index.timeOf(0).toDouble()) / static_cast<double>(index.count());
        const double seconds = index.durationOf(longest).toDouble();
        constexpr double kTimesUsual = 5;
        if (seconds > 0.5 && seconds > usual * kTimesUsual) {
            add("timestamp_gap", u"frame %1 stands for %2 s"_s.arg(longest).arg(seconds, 0, 'f', 3));
        }
    }

    void lengthProblem(const VideoStream& video, const AudioStream& audio)
    {
        const double videoEnd = video.startSeconds + video.durationSeconds;
        const double audioEnd = audio.startSeconds + audio.durationSeconds;
        if (std::abs(videoEnd - audioEnd) > kLengthToleranceSeconds) {
            add("length_differs",
                u"picture ends at %1 s, sound at %2 s"_s.arg(videoEnd - m_facts.startSeconds, 0, 'f', 3)
                    .arg(audioEnd - m_facts.startSeconds, 0, 'f', 3));
        }
        if (std::abs(video.startSeconds - audio.startSeconds) > kLengthToleranceSeconds) {
            add("start_differs",
                u"picture starts at %1 s, sound at %2 s"_s.arg(video.startSeconds, 0, 'f', 3)
                    .arg(audio.startSeconds, 0, 'f', 3));
        }
    }

    void streamProblems()
    {
        for (std::size_t n = 0; n < m_scan.streams.size(); ++n) {
            const StreamScan& scan = m_scan.streams[n];
            const AVMediaType type = m_input.context()->streams[n]->codecpar->codec_type;
            if (type != AVMEDIA_TYPE_VIDEO && type != AVMEDIA_TYPE_AUDIO)
                continue;
            if (scan.backwards > 0)
                add("timestamps_go_back", u"stream %1: %2 packets"_s.arg(n).arg(scan.backwards));
            if (scan.corrupt > 0)
                add("corrupt_packets", u"stream %1: %2 packets"_s.arg(n).arg(scan.corrupt));
            // A few packets before the start are an encoder's priming, not an edit.
            if (scan.discarded > (type == AVMEDIA_TYPE_AUDIO ? kPrimingPackets : 0))
                add("edit_list", u"stream %1: %2 packets lie outside what is shown"_s.arg(n).arg(scan.discarded));
            if (type == AVMEDIA_TYPE_AUDIO && std::abs(scan.largestGapSeconds) > kGapSeconds) {
                add("audio_gap",
                    u"stream %1: sound %2 by %3 s at %4 s"_s.arg(n)
                        .arg(scan.largestGapSeconds > 0 ? u"missing"_s : u"overlaps"_s)
                        .arg(std::abs(scan.largestGapSeconds), 0, 'f', 3)
                        .arg(scan.largestGapAt - m_facts.startSeconds, 0, 'f', 3));
            }
        }
    }

    const Input& m_input;
    const MediaFacts& m_facts;
    const PacketScan& m_scan;
    std::vector<MediaProblem> m_problems;
};

} // namespace

std::vector<MediaProblem> findProblems(const Input& input, const MediaFacts& facts, const PacketScan& scan)
{
    return Finder(input, facts, scan).run();
}

} // namespace vidimus::media::engine
