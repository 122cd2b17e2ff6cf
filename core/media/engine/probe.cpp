#include "core/media/engine/probe.h"

#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/media_problems_p.h"
#include "core/media/engine/packet_scan_p.h"
#include "core/media/engine/stream_facts_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

// Measured times replace what headers claim.
void applyScan(StreamFacts& facts, const StreamScan& scan)
{
    if (scan.firstSeconds)
        facts.startSeconds = *scan.firstSeconds;
    if (scan.firstSeconds && scan.endSeconds && *scan.endSeconds > *scan.firstSeconds) {
        facts.durationSeconds = *scan.endSeconds - *scan.firstSeconds;
        if (facts.bitRate <= 0)
            facts.bitRate = std::llround(static_cast<double>(scan.bytes) * 8 / facts.durationSeconds);
    }
}

void applyIndex(VideoStream& facts, const FrameIndex& index)
{
    facts.frameCount = index.count();
    if (index.isEmpty())
        return;
    if (index.count() > 1)
        facts.rateKind = index.isConstantRate() ? RateKind::Constant : RateKind::Variable;
    const Rational first = index.timeOf(0);
    const double shown = index.endTime().toDouble() - first.toDouble();
    facts.startSeconds = first.toDouble() + index.origin().toDouble();
    facts.durationSeconds = std::max(shown, 0.0);
    if (facts.rateKind != RateKind::Variable)
        return;
    // Frames over the time they are shown, exact.
    const FrameIndexEntry last = index.at(index.count() - 1);
    const std::int64_t ticks = last.pts + last.duration - index.at(0).pts;
    if (ticks > 0 && ticks < INT64_MAX / index.timeBase().num)
        facts.averageRate = Rational {index.count() * index.timeBase().den, ticks * index.timeBase().num}.reduced();
}

MediaFacts describe(const Input& input, const PacketScan& scan)
{
    const AVFormatContext* context = input.context();
    MediaFacts facts;
    facts.container = QString::fromLatin1(context->iformat->name).section(u',', 0, 0);
    facts.containerName = QString::fromLatin1(context->iformat->long_name);
    facts.bytes = input.bytes();
    double end = 0;
    for (unsigned n = 0; n < context->nb_streams; ++n) {
        const AVStream* stream = context->streams[n];
        const StreamScan& measured = scan.streams[n];
        switch (stream->codecpar->codec_type) {
        case AVMEDIA_TYPE_VIDEO: {
            VideoStream video = videoFactsOf(stream);
            applyScan(video, measured);
            video.frameCount = measured.packets;
            if (static_cast<int>(n) == input.bestVideo()) {
                applyIndex(video, scan.picture.frames);
                facts.bestVideo = static_cast<int>(facts.video.size());
            }
            end = video.coverArt ? end : std::max(end, video.startSeconds + video.durationSeconds);
            facts.video.push_back(std::move(video));
            break;
        }
        case AVMEDIA_TYPE_AUDIO: {
            AudioStream audio = audioFactsOf(stream);
            applyScan(audio, measured);
            if (static_cast<int>(n) == input.bestAudio())
                facts.bestAudio = static_cast<int>(facts.audio.size());
            end = std::max(end, audio.startSeconds + audio.durationSeconds);
            facts.audio.push_back(std::move(audio));
            break;
        }
        case AVMEDIA_TYPE_SUBTITLE:
            facts.subtitles.push_back(subtitleFactsOf(stream));
            break;
        case AVMEDIA_TYPE_DATA:
        case AVMEDIA_TYPE_ATTACHMENT:
        case AVMEDIA_TYPE_UNKNOWN:
        case AVMEDIA_TYPE_NB:
            facts.others.push_back(otherFactsOf(stream));
            break;
        }
    }
    facts.startSeconds = mediaOrigin(input).toDouble();
    facts.durationSeconds = std::max(end - facts.startSeconds, 0.0);
    if (facts.durationSeconds > 0)
        facts.bitRate = std::llround(static_cast<double>(facts.bytes) * 8 / facts.durationSeconds);
    return facts;
}

} // namespace

Result<MediaFacts> factsOf(const Input& input, const PacketScan& scan)
{
    MediaFacts facts = describe(input, scan);
    if (facts.durationSeconds > input.limits().maxDurationSeconds) {
        return Error {ErrorCode::LimitExceeded,
            u"longer than %1 hours"_s.arg(input.limits().maxDurationSeconds / 3600.0), "too_long"};
    }
    facts.problems = findProblems(input, facts, scan);
    // What the file says of itself may be beyond anything that a reader of these facts would take.
    if (const auto read = factsFromJson(toJson(facts)); !read) {
        return Error {ErrorCode::Corrupt, u"the file says of itself what cannot be: %1"_s.arg(read.error().detail),
            "implausible_facts"};
    }
    return facts;
}

MediaFacts declaredFacts(const Input& input)
{
    PacketScan nothing;
    nothing.streams.resize(input.context()->nb_streams);
    MediaFacts facts = describe(input, nothing);
    // Where streams do not say how long they are, the container may.
    const double whole
        = input.context()->duration > 0 ? static_cast<double>(input.context()->duration) / AV_TIME_BASE : 0;
    facts.durationSeconds = std::max(facts.durationSeconds, whole);
    return facts;
}

Result<MediaFacts> probe(Input& input, const CancelToken& cancel, FrameIndex* index, const ProgressSink& alive)
{
    auto scan = scanPackets(input, cancel, alive);
    if (!scan)
        return std::move(scan).error();
    auto facts = factsOf(input, *scan);
    if (facts && index != nullptr)
        *index = std::move(scan->picture.frames);
    return facts;
}

Result<MediaFacts> probe(int fd, const InputLimits& limits, const CancelToken& cancel, const ProgressSink& alive)
{
    auto input = Input::open(fd, limits, cancel);
    if (!input)
        return std::move(input).error();
    return probe(**input, cancel, nullptr, alive);
}

Result<FrameIndex> buildIndex(Input& input, const CancelToken& cancel)
{
    auto scan = scanPackets(input, cancel);
    if (!scan)
        return std::move(scan).error();
    return std::move(scan->picture.frames);
}

} // namespace vidimus::media::engine
