#include "core/media/engine/pass.h"

#include "core/media/engine/audio_decoder_p.h"
#include "core/media/engine/packet_scan_p.h"
#include "core/media/engine/picture_converter_p.h"
#include "core/media/engine/probe.h"
#include "core/media/engine/stream_facts_p.h"
#include "core/media/engine/video_decoder_p.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kProgressFrames = 16;
constexpr qint64 kProgressBlocks = 512; ///< of sound
// Sound of a moment may stand this far before its picture in the file.
constexpr double kInterleaveSeconds = 2;

struct SinkPlan {
    FrameSink* sink = nullptr;
    std::vector<std::size_t> converters; ///< one for each wish
    AudioWish audio = AudioWish::None;
    std::vector<FrameView> views;
};

struct SoundTrack {
    AudioDecoder decoder;
    int position = 0; ///< in MediaFacts::audio
    bool best = false;
    qint64 samples = 0;
    double endSeconds = 0;
};

class Runner {
public:
    Runner(Input& input, const PassOptions& options, const CancelToken& cancel, const ProgressSink& progress)
        : m_input(input)
        , m_options(options)
        , m_cancel(cancel)
        , m_progress(progress)
    {
    }

    Result<PassSummary> run(std::span<FrameSink* const> sinks)
    {
        if (auto known = m_options.only ? lookAtRange(*m_options.only) : lookAtAll(); !known)
            return std::move(known).error();
        m_origin = m_scan.picture.frames.isEmpty() ? mediaOrigin(m_input).toDouble()
                                                   : m_scan.picture.frames.origin().toDouble();
        if (auto planned = plan(sinks); !planned)
            return std::move(planned).error();
        auto done = begin();
        if (done)
            done = readAll();
        if (done)
            done = finish();
        restoreStreams();
        auto rewound = m_input.rewind(); // also for who tries again
        if (!done)
            return std::move(done).error();
        if (!rewound)
            return std::move(rewound).error();
        return std::move(m_summary);
    }

private:
    const FrameIndex& frames() const { return m_scan.picture.frames; }

    Result<void> lookAtAll()
    {
        auto scan = scanPackets(m_input, m_cancel, m_progress);
        if (!scan)
            return std::move(scan).error();
        m_scan = std::move(*scan);
        auto facts = factsOf(m_input, m_scan);
        if (!facts)
            return std::move(facts).error();
        m_summary.facts = std::move(*facts);
        return {};
    }

    Result<void> lookAtRange(const TimeRange& range)
    {
        m_summary.facts = declaredFacts(m_input);
        auto scan = scanRange(m_input, range.start, range.end, m_cancel);
        if (!scan)
            return std::move(scan).error();
        m_scan = std::move(*scan);
        m_packetsLeft = m_scan.picturePackets;
        m_fromSeconds = range.start;
        m_toSeconds = std::max(range.start, range.end);
        return {};
    }

    Result<void> plan(std::span<FrameSink* const> sinks)
    {
        bool wantsPicture = false;
        AudioWish most = AudioWish::None;
        for (FrameSink* sink : sinks) {
            SinkPlan each {.sink = sink,
                .converters = {},
                .audio = m_options.sound ? sink->audioWish() : AudioWish::None,
                .views = {}};
            most = std::max(most, each.audio);
            if (m_options.picture && m_input.bestVideo() >= 0) {
                for (const PictureWish& wish : sink->wishes(m_summary.facts))
                    each.converters.push_back(converterFor(wish));
            }
            each.views.resize(each.converters.size());
            wantsPicture = wantsPicture || !each.converters.empty();
            m_sinks.push_back(std::move(each));
        }
        m_end = m_options.endFrame < 0 ? frames().count() : std::min(m_options.endFrame, frames().count());
        m_expected = std::clamp<qint64>(std::max(m_options.firstFrame, m_options.resumeAt), 0, m_end);
        m_done = {.done = double(m_expected - m_options.firstFrame), .total = double(m_end - m_options.firstFrame)};
        if (m_options.choose)
            m_chosen = m_options.choose(frames());
        if (wantsPicture) {
            auto decoder = VideoDecoder::create(m_input, m_scan.picture, m_options.threads);
            if (!decoder)
                return std::move(decoder).error();
            m_decoder.emplace(std::move(*decoder));
        }
        return planSound(most);
    }

    std::size_t converterFor(const PictureWish& wish)
    {
        const auto same = std::find_if(
            m_converters.begin(), m_converters.end(), [&](const auto& each) { return each->wish() == wish; });
        if (same != m_converters.end())
            return static_cast<std::size_t>(same - m_converters.begin());
        m_converters.push_back(std::make_unique<PictureConverter>(wish));
        return m_converters.size() - 1;
    }

    Result<void> planSound(AudioWish most)
    {
        AVFormatContext* context = m_input.context();
        m_tracks.resize(context->nb_streams);
        int position = 0;
        for (unsigned n = 0; n < context->nb_streams; ++n) {
            AVStream* stream = context->streams[n];
            const bool isSound = stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
            const bool best = static_cast<int>(n) == m_input.bestAudio();
            const bool wanted = isSound && (most == AudioWish::All || (most == AudioWish::Best && best));
            if (wanted) {
                auto decoder = AudioDecoder::create(stream, m_input.limits(), AudioDecoder::Form::AsIs);
                if (decoder) {
                    m_tracks[n].reset(new SoundTrack {.decoder = std::move(*decoder),
                        .position = position,
                        .best = best,
                        .samples = 0,
                        .endSeconds = 0});
                } else if (best) {
                    return std::move(decoder).error();
                } else {
                    m_undecodable.push_back({position, std::move(decoder).error().detail});
                }
            }
            const bool picture = static_cast<int>(n) == m_input.bestVideo() && m_decoder.has_value();
            stream->discard = picture || m_tracks[n] ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
            position += isSound ? 1 : 0;
        }
        return {};
    }

    void restoreStreams()
    {
        for (unsigned n = 0; n < m_input.context()->nb_streams; ++n)
            m_input.context()->streams[n]->discard = AVDISCARD_DEFAULT;
    }

    template<class Call>
    Result<void> each(Call call)
    {
        for (SinkPlan& plan : m_sinks) {
            if (auto done = call(plan); !done)
                return done;
        }
        return {};
    }

    Result<void> begin()
    {
        const PassStart start {
            .facts = m_summary.facts, .index = frames(), .container = m_options.only ? nullptr : &m_scan.container};
        if (auto begun = each([&](SinkPlan& plan) { return plan.sink->begin(start); }); !begun)
            return begun;
        for (const auto& [position, detail] : m_undecodable) {
            const DamagedRange range {.picture = false,
                .audioStream = position,
                .endSeconds = m_summary.facts.durationSeconds,
                .detail = detail};
            auto told = each([&](SinkPlan& plan) {
                return plan.audio == AudioWish::All ? plan.sink->damaged(range) : Result<void>();
            });
            if (!told)
                return told;
        }
        if (m_options.only)
            return seekToTime(m_input, m_scan.enteredAt);
        if (m_options.firstFrame > 0 && !frames().isEmpty())
            return startInside();
        if (m_options.resumeAt > 0)
            return planResumption();
        return {};
    }

    Result<void> planResumption()
    {
        const Error cannot {
            ErrorCode::Unsupported, u"picture %1 cannot be found again"_s.arg(m_options.resumeAt), "cannot_resume"};
        if (m_scan.picture.counted || m_options.resumeAt >= frames().count())
            return cannot;
        const qint64 key = frames().keyBefore(m_options.resumeAt);
        m_resumeDts = m_scan.picture.dtsOf(key);
        m_resumePts = frames().at(key).pts;
        m_skips = frames().at(key).key && key > 0;
        return {};
    }

    Result<void> startInside()
    {
        const double start = frames().timeOf(std::min(m_expected, frames().count() - 1)).toDouble();
        m_fromSeconds = start;
        const qint64 key = frames().keyBefore(frames().frameAt(start - kInterleaveSeconds));
        const AvPacketPtr packet(av_packet_alloc());
        auto found = seekToKey(m_input, m_scan.picture, key, packet.get());
        if (!found)
            return std::move(found).error();
        if (m_decoder)
            m_decoder->flush(m_scan.picture.counted ? 0 : key);
        return *found ? take(*packet) : Result<void>();
    }

    Result<void> readAll()
    {
        if (!m_options.only && m_end < frames().count())
            m_toSeconds = frames().timeOf(m_end).toDouble();
        const AvPacketPtr packet(av_packet_alloc());
        while (!isDone() && av_read_frame(m_input.context(), packet.get()) >= 0) {
            if (m_cancel.isCanceled())
                break;
            auto taken = take(*packet);
            av_packet_unref(packet.get());
            if (!taken)
                return taken;
        }
        if (m_cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"canceled"_s, {}};
        return {};
    }

    // Only a pass that ends inside the file stops before its end.
    [[nodiscard]] bool isDone() const
    {
        if (!m_toSeconds || (m_decoder && m_expected < m_end && m_packetsLeft != 0))
            return false;
        return std::all_of(m_tracks.begin(), m_tracks.end(), [this](const auto& track) {
            return !track || track->endSeconds >= *m_toSeconds || m_readSeconds > *m_toSeconds + kInterleaveSeconds;
        });
    }

    Result<void> take(const AVPacket& packet)
    {
        const AVStream* stream = m_input.context()->streams[packet.stream_index];
        if (packet.dts != AV_NOPTS_VALUE)
            m_readSeconds = static_cast<double>(packet.dts) * av_q2d(stream->time_base) - m_origin;
        const auto number = static_cast<std::size_t>(packet.stream_index);
        if (packet.stream_index == m_input.bestVideo())
            return m_decoder ? takePicture(packet) : Result<void>();
        if (number < m_tracks.size() && m_tracks[number])
            return decodeSound(*m_tracks[number], &packet);
        return {};
    }

    Result<void> takePicture(const AVPacket& packet)
    {
        if (m_skips) {
            if ((packet.flags & AV_PKT_FLAG_KEY) == 0 || packet.pts != m_resumePts || packet.dts != m_resumeDts)
                return {};
            m_skips = false;
        }
        if (!m_options.only) {
            if (m_options.choose && !m_scan.picture.counted)
                m_decoder->skipUnreferenced(isLeftOut(packet.pts));
            return decodePicture(&packet);
        }
        // The packets that were looked at, no more: what follows would only be decoded to be thrown away.
        const bool begins = m_packetsLeft < m_scan.picturePackets || (packet.flags & AV_PKT_FLAG_KEY) != 0;
        if (m_packetsLeft == 0 || !begins || (packet.flags & AV_PKT_FLAG_DISCARD) != 0 || packet.pts == AV_NOPTS_VALUE)
            return {};
        --m_packetsLeft;
        // On the way from the key frame to the range.
        m_decoder->skipUnreferenced(!frames().isEmpty() && packet.pts < frames().at(0).pts);
        return decodePicture(&packet);
    }

    Result<void> decodePicture(const AVPacket* packet)
    {
        // A refused packet shows itself as a frame that does not come.
        static_cast<void>(m_decoder->send(packet));
        for (;;) {
            VideoDecoder::Frame about;
            if (m_decoder->receive(m_frame.get(), about) != VideoDecoder::Got::Frame)
                return {};
            const bool isOnTheWay = about.number < m_expected || about.number >= m_end;
            if (isOnTheWay && about.damaged && m_options.refuseParallelDamage && m_decoder->threads() > 1)
                return parallelDamage();
            if (isOnTheWay)
                continue;
            if (m_options.choose && !isDue(about)) {
                m_expected = about.number + 1;
                continue;
            }
            if (auto missing = tellMissing(about.number); !missing)
                return missing;
            if (auto handed = hand(about); !handed)
                return handed;
            m_expected = about.number + 1;
        }
    }

    [[nodiscard]] bool isLeftOut(qint64 pts) const
    {
        const qint64 number = pts == AV_NOPTS_VALUE ? -1 : frames().frameWithPts(pts);
        return number >= 0 && !std::ranges::binary_search(m_chosen, number);
    }

    /// A chosen picture, or one that is there in its place.
    bool isDue(const VideoDecoder::Frame& about)
    {
        if (m_nextChosen == m_chosen.size() || about.number < m_chosen[m_nextChosen] || about.damaged)
            return false;
        while (m_nextChosen < m_chosen.size() && m_chosen[m_nextChosen] <= about.number)
            ++m_nextChosen;
        return true;
    }

    Result<void> tellMissing(qint64 next)
    {
        if (next <= m_expected || m_options.choose)
            return {};
        return tellDamaged(m_expected, next, u"not decodable"_s);
    }

    static Error parallelDamage()
    {
        return Error {ErrorCode::Conflict, u"damage that several threads met"_s, "damaged_in_parallel"};
    }

    Result<void> tellDamaged(qint64 first, qint64 end, const QString& detail)
    {
        if (m_options.refuseParallelDamage && m_decoder->threads() > 1)
            return parallelDamage();
        m_summary.damagedFrames += end - first;
        const DamagedRange range {.firstFrame = first,
            .endFrame = end,
            .startSeconds = frames().timeOf(first).toDouble(),
            .endSeconds = (end < frames().count() ? frames().timeOf(end) : frames().endTime()).toDouble(),
            .detail = detail};
        return each(
            [&](SinkPlan& plan) { return plan.converters.empty() ? Result<void>() : plan.sink->damaged(range); });
    }

    Result<void> hand(const VideoDecoder::Frame& about)
    {
        const VideoStream& video = *m_summary.facts.programmeVideo();
        FrameView view;
        view.number = about.number;
        view.time = frames().timeOf(about.number);
        view.duration = frames().durationOf(about.number);
        view.color = colorTagsOf(m_frame.get(), video.color);
        view.interlaced = m_frame->interlaced_frame != 0;
        view.topFieldFirst = m_frame->top_field_first != 0;
        view.key = frames().at(about.number).key;
        view.damaged = about.damaged;
        view.closedCaptions = av_frame_get_side_data(m_frame.get(), AV_FRAME_DATA_A53_CC) != nullptr;
        if (about.damaged) {
            if (auto told = tellDamaged(about.number, about.number + 1, u"decoded with errors"_s); !told)
                return told;
        }
        m_views.clear();
        for (const auto& converter : m_converters) {
            auto made = converter->convert(m_frame.get(), view);
            if (!made)
                return std::move(made).error();
            m_views.push_back(*made);
        }
        auto handed = each([&](SinkPlan& plan) {
            if (plan.converters.empty())
                return Result<void>();
            for (std::size_t n = 0; n < plan.converters.size(); ++n)
                plan.views[n] = m_views[plan.converters[n]];
            return plan.sink->picture({.views = plan.views, .decoded = m_frame.get()});
        });
        ++m_summary.frames;
        m_summary.seconds = std::max(m_summary.seconds, view.time.toDouble() + view.duration.toDouble());
        if (handed && m_progress && (m_options.choose || m_summary.frames % kProgressFrames == 0)) {
            m_done = {
                .done = double(about.number + 1 - m_options.firstFrame), .total = double(m_end - m_options.firstFrame)};
            m_progress(m_done);
        }
        return handed;
    }

    Result<void> decodeSound(SoundTrack& track, const AVPacket* packet)
    {
        auto whole = track.decoder.decode(packet,
            [&](std::span<const float> samples, double start) { return handSound(track, samples, start - m_origin); });
        if (!whole)
            return std::move(whole).error();
        if (*whole)
            return {};
        const double step = packet == nullptr ? 0 : av_q2d(m_input.context()->streams[packet->stream_index]->time_base);
        const bool isStamped = packet != nullptr && packet->pts != AV_NOPTS_VALUE;
        const double start = isStamped ? static_cast<double>(packet->pts) * step - m_origin : track.endSeconds;
        const double length = packet == nullptr ? 0 : static_cast<double>(std::max<qint64>(packet->duration, 0)) * step;
        // What does not come has passed all the same: where the next hole has no stamp, it begins here.
        track.endSeconds = std::max(track.endSeconds, start + length);
        const DamagedRange range {.picture = false,
            .audioStream = track.position,
            .startSeconds = std::max(start, 0.0),
            .endSeconds = std::max(start + length, 0.0),
            .detail = u"sound not decodable"_s};
        return each([&](SinkPlan& plan) { return wants(plan, track) ? plan.sink->damaged(range) : Result<void>(); });
    }

    [[nodiscard]] static bool wants(const SinkPlan& plan, const SoundTrack& track)
    {
        return plan.audio == AudioWish::All || (plan.audio == AudioWish::Best && track.best);
    }

    Result<void> handSound(SoundTrack& track, std::span<const float> samples, double start)
    {
        const int rate = track.decoder.sampleRate();
        const auto channels = static_cast<std::size_t>(track.decoder.channels());
        auto first = std::llround(start * rate);
        auto count = static_cast<std::int64_t>(samples.size() / channels);
        track.endSeconds = static_cast<double>(first + count) / rate;
        const std::int64_t from = m_fromSeconds ? std::llround(*m_fromSeconds * rate) : first;
        const std::int64_t to = m_toSeconds ? std::llround(*m_toSeconds * rate) : first + count;
        const std::int64_t skip = std::clamp<std::int64_t>(from - first, 0, count);
        count = std::clamp<std::int64_t>(to - first, skip, count) - skip;
        first += skip;
        if (count <= 0)
            return {};
        const AudioView view {.stream = track.position,
            .channels = track.decoder.channels(),
            .sampleRate = rate,
            .roles = track.decoder.roles(),
            .samples = samples.subspan(std::size_t(skip) * channels, std::size_t(count) * channels),
            .firstSample = track.samples,
            .time = {first, rate}};
        track.samples += count;
        m_summary.seconds = std::max(m_summary.seconds, std::min(track.endSeconds, m_toSeconds.value_or(1e18)));
        if (!m_decoder && track.best && m_progress)
            m_progress({.done = track.endSeconds, .total = m_summary.facts.durationSeconds});
        // A pass that goes on decodes hours of sound before its next picture, and is not stuck meanwhile.
        if (m_decoder && m_progress && ++m_soundBlocks % kProgressBlocks == 0)
            m_progress(m_done);
        return each([&](SinkPlan& plan) { return wants(plan, track) ? plan.sink->audio(view) : Result<void>(); });
    }

    Result<void> finish()
    {
        if (m_skips)
            return Error {ErrorCode::Unsupported, u"the key frame did not come again"_s, "cannot_resume"};
        if (m_decoder) {
            if (auto drained = decodePicture(nullptr); !drained)
                return drained;
            if (auto missing = tellMissing(m_end); !missing)
                return missing;
        }
        for (const auto& track : m_tracks) {
            if (track && !m_toSeconds) {
                if (auto drained = decodeSound(*track, nullptr); !drained)
                    return drained;
            }
        }
        if (m_progress && m_decoder)
            m_progress({.done = double(m_end - m_options.firstFrame), .total = double(m_end - m_options.firstFrame)});
        return each([](SinkPlan& plan) { return plan.sink->end(); });
    }

    Input& m_input;
    const PassOptions& m_options;
    const CancelToken& m_cancel;
    const ProgressSink& m_progress;
    Progress m_done {.done = 0, .total = 1}; ///< as last told
    qint64 m_soundBlocks = 0;
    PacketScan m_scan;
    PassSummary m_summary;
    double m_origin = 0;
    std::vector<SinkPlan> m_sinks;
    std::vector<std::unique_ptr<PictureConverter>> m_converters;
    std::vector<FrameView> m_views;
    std::optional<VideoDecoder> m_decoder;
    std::vector<std::unique_ptr<SoundTrack>> m_tracks; ///< one for each stream of the file
    std::vector<std::pair<int, QString>> m_undecodable;
    AvFramePtr m_frame {av_frame_alloc()};
    qint64 m_expected = 0;
    qint64 m_end = 0;
    std::optional<double> m_fromSeconds;
    std::optional<double> m_toSeconds;
    double m_readSeconds = 0;
    bool m_skips = false; ///< until the key frame from which a resumed pass decodes
    qint64 m_resumePts = 0;
    qint64 m_resumeDts = 0;
    std::vector<qint64> m_chosen; ///< frames; all where nothing chooses
    std::size_t m_nextChosen = 0;
    qint64 m_packetsLeft = -1; ///< of the picture's, in a pass over a range; -1: all are wanted
};

} // namespace

Result<PassSummary> runPass(Input& input, std::span<FrameSink* const> sinks, const PassOptions& options,
    const CancelToken& cancel, const ProgressSink& progress)
{
    return Runner(input, options, cancel, progress).run(sinks);
}

} // namespace vidimus::media::engine
