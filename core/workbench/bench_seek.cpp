#include "core/media/frame_source.h"
#include "core/workbench/bench.h"
#include "core/workbench/bench_tool.h"
#include "core/workbench/open_input.h"
#include "core/worker/worker_pool.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t kSeed = 20260101; // the same jumps in each run
constexpr media::PictureSize kFullHd {1920, 1080};
constexpr media::PictureSize kPreview {960, 540};
constexpr std::chrono::milliseconds kKeyRepeat {33}; // of a held key
constexpr std::chrono::milliseconds kLook {250}; // at a picture, before the next key
constexpr qint64 kPlayedFrames = 240;

/// Takes frames of one source and keeps how long each took.
class Seeker {
public:
    Seeker(media::FrameSource& source, media::PictureSize size, const CancelToken& cancel)
        : m_source(source)
        , m_size(size)
        , m_cancel(cancel)
    {
    }
    [[nodiscard]] Result<void> take(qint64 frame, std::vector<double>& times)
    {
        const BenchClock clock;
        const auto picture = m_source.frame(frame, m_size, m_cancel);
        times.push_back(clock.milliseconds());
        return picture ? Result<void>() : Result<void>(picture.error());
    }
    /// As the player jumps: a picture near the frame first. Both times count from the wish.
    [[nodiscard]] Result<void> jump(qint64 frame, std::vector<double>& nearTimes, std::vector<double>& times)
    {
        const BenchClock clock;
        auto picture = m_source.nearFrame(frame, m_size, m_cancel);
        nearTimes.push_back(clock.milliseconds());
        if (picture && picture->number != frame)
            picture = m_source.frame(frame, m_size, m_cancel);
        times.push_back(clock.milliseconds());
        return picture ? Result<void>() : Result<void>(picture.error());
    }
    [[nodiscard]] qint64 count() const { return m_source.index().count(); }

private:
    media::FrameSource& m_source;
    media::PictureSize m_size;
    const CancelToken& m_cancel;
};

/// \a seeks steps in one direction from the middle of the file, as a held key makes them.
Result<void> walk(Seeker& seeker, int seeks, int step, std::vector<double>& times)
{
    std::vector<double> ignored;
    qint64 at = seeker.count() / 2;
    if (auto first = seeker.take(at, ignored); !first)
        return first;
    for (int i = 0; i < seeks; ++i) {
        std::this_thread::sleep_for(kKeyRepeat);
        at += step;
        if (at < 0 || at >= seeker.count())
            break;
        if (auto taken = seeker.take(at, times); !taken)
            return taken;
    }
    return {};
}

struct JumpTimes {
    std::vector<double> near;
    std::vector<double> jumps;
    std::vector<double> stepsForward;
    std::vector<double> stepsBackward;
};

/// Random frames, each followed by one step, forward and backward in turn.
Result<void> jump(Seeker& seeker, int seeks, JumpTimes& times)
{
    std::mt19937 random(kSeed);
    std::uniform_int_distribution<qint64> frames(0, seeker.count() - 1);
    for (int i = 0; i < seeks; ++i) {
        const qint64 frame = frames(random);
        if (auto taken = seeker.jump(frame, times.near, times.jumps); !taken)
            return taken;
        std::this_thread::sleep_for(kLook);
        const bool forward = i % 2 == 0;
        const qint64 beside = forward ? frame + 1 : frame - 1;
        if (beside < 0 || beside >= seeker.count())
            continue;
        if (auto taken = seeker.take(beside, forward ? times.stepsForward : times.stepsBackward); !taken)
            return taken;
    }
    return {};
}

Result<void> measureSize(worker::WorkerPool& workers, int input, media::PictureSize size, const BenchOptions& options,
    const CancelToken& cancel, FigureList& figures)
{
    const QString prefix = u"%1p_"_s.arg(size.height);
    const BenchClock openClock;
    const auto source = workers.openFrames(input, cancel);
    if (!source)
        return source.error();
    if ((*source)->index().isEmpty())
        return Error {ErrorCode::Unsupported, u"the file has no picture"_s, "no_picture"};
    figures.add(prefix + u"open"_s, openClock.milliseconds(), u"ms"_s);
    Seeker seeker(**source, size, cancel);
    std::vector<double> first;
    std::vector<double> forward;
    std::vector<double> backward;
    JumpTimes jumps;
    auto done = seeker.take(0, first);
    if (done)
        done = walk(seeker, options.seeks, 1, forward);
    if (done)
        done = walk(seeker, options.seeks, -1, backward);
    if (done)
        done = jump(seeker, options.seeks, jumps);
    if (!done)
        return done;
    figures.add(prefix + u"first_frame"_s, first.front(), u"ms"_s);
    figures.addSpread(prefix + u"step_forward"_s, forward);
    figures.addSpread(prefix + u"step_backward"_s, backward);
    figures.addSpread(prefix + u"random_near"_s, jumps.near);
    figures.addSpread(prefix + u"random"_s, jumps.jumps);
    figures.addSpread(prefix + u"step_forward_after_jump"_s, jumps.stepsForward);
    figures.addSpread(prefix + u"step_backward_after_jump"_s, jumps.stepsBackward);
    return {};
}

/// Plays from the start as fast as frames come: CPU of both processes, against ffmpeg decoding and scaling the same
/// frames without a sandbox.
Result<void> measurePlaying(int input, const BenchOptions& options, const CancelToken& cancel, FigureList& figures)
{
    // Without bubblewrap, which would keep the worker's CPU time to itself.
    worker::WorkerPool workers(worker::WorkerOptions {.allowBubblewrap = false, .keepWarm = false});
    const double before = ownCpuSeconds() + childCpuSeconds();
    qint64 frames = 0;
    {
        const auto source = workers.openFrames(input, cancel);
        if (!source)
            return source.error();
        frames = std::min(kPlayedFrames, (*source)->index().count());
        for (qint64 frame = 0; frame < frames; ++frame) {
            if (const auto picture = (*source)->frame(frame, kPreview, cancel); !picture)
                return picture.error();
        }
    }
    const double played = ownCpuSeconds() + childCpuSeconds() - before;
    figures.add(u"play_%1_frames_540p_cpu"_s.arg(frames), played, u"s"_s);
    const QString ffmpeg = findTool(u"ffmpeg"_s);
    if (ffmpeg.isEmpty())
        return {};
    const auto run = runTool(ffmpeg,
        {u"-v"_s, u"error"_s, u"-nostdin"_s, u"-threads"_s, u"2"_s, u"-i"_s, options.file, u"-frames:v"_s,
            QString::number(frames), u"-an"_s, u"-vf"_s,
            u"scale=%1:%2:flags=area+accurate_rnd,format=bgra"_s.arg(kPreview.width).arg(kPreview.height), u"-f"_s,
            u"null"_s, u"-"_s},
        cancel);
    if (!run)
        return run.error();
    if (run->exitCode == 0)
        figures.addRatio(u"play_540p_to_ffmpeg_cpu"_s, played, run->cpuSeconds);
    return {};
}

} // namespace

Result<FigureList> benchSeek(const BenchOptions& options, const CancelToken& cancel)
{
    const auto input = openInput(options.file);
    if (!input)
        return input.error();
    worker::WorkerPool workers(worker::WorkerOptions {.keepWarm = false});
    FigureList figures;
    for (const media::PictureSize size : {kFullHd, kPreview}) {
        if (auto done = measureSize(workers, input->get(), size, options, cancel, figures); !done)
            return std::move(done).error();
    }
    if (auto done = measurePlaying(input->get(), options, cancel, figures); !done)
        return std::move(done).error();
    return figures;
}

} // namespace vidimus::workbench
