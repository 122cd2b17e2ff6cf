#include "core/transcode/ladder.h"
#include "core/workbench/bench.h"
#include "core/workbench/bench_playlist.h"
#include "core/workbench/bench_tool.h"
#include "core/workbench/renditions.h"
#include "core/worker/worker_pool.h"

#include <QDir>
#include <QTemporaryDir>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

struct LadderTimes {
    std::vector<double> cpuSeconds;
    std::vector<double> seconds;
};

/// Leaves the rungs that were made: those above the source are dropped, and they stand first.
transcode::Ladder madeRungs(transcode::Ladder ladder, qsizetype count, bool hasSound)
{
    const qsizetype dropped = std::max<qsizetype>(static_cast<qsizetype>(ladder.renditions.size()) - count, 0);
    ladder.renditions.erase(ladder.renditions.begin(), ladder.renditions.begin() + dropped);
    if (!hasSound)
        ladder.audio.reset(); // ffmpeg refuses a file without anything in it
    return ladder;
}

/// One run of ffmpeg that decodes once and encodes each rung, in the sizes that were \a made, and the sound with the
/// ladder's own settings.
QStringList ffmpegArguments(const transcode::Ladder& ladder, const QList<transcode::RenditionResult>& made,
    const QString& file, const QString& folder)
{
    QString graph = u"[0:v:0]split=%1"_s.arg(ladder.renditions.size());
    QString scales;
    for (std::size_t i = 0; i < ladder.renditions.size(); ++i) {
        graph += u"[s%1]"_s.arg(i);
        scales += u";[s%1]scale=%2:%3,format=yuv420p[v%1]"_s.arg(i)
                      .arg(made[static_cast<qsizetype>(i)].width)
                      .arg(made[static_cast<qsizetype>(i)].height);
    }
    QStringList arguments {u"-v"_s, u"error"_s, u"-nostdin"_s, u"-i"_s, file, u"-filter_complex"_s, graph + scales};
    for (std::size_t i = 0; i < ladder.renditions.size(); ++i) {
        const transcode::LadderRendition& rung = ladder.renditions[i];
        arguments << u"-map"_s << u"[v%1]"_s.arg(i) << u"-c:v"_s << u"libx264"_s << u"-preset"_s << ladder.preset
                  << u"-crf"_s << QString::number(rung.crf) << u"-maxrate"_s << QString::number(rung.maxRate)
                  << u"-bufsize"_s << QString::number(rung.bufferSize) << u"-profile:v"_s
                  << transcode::h264ProfileName(rung.profile) << u"-force_key_frames"_s
                  << u"expr:gte(t,n_forced*%1)"_s.arg(ladder.segmentSeconds) << u"-sc_threshold"_s << u"0"_s
                  << u"%1/%2.mp4"_s.arg(folder, rung.name);
    }
    if (ladder.audio)
        arguments << u"-map"_s << u"0:a:0?"_s << u"-c:a"_s << u"aac"_s << u"-b:a"_s
                  << QString::number(ladder.audio->bitRate) << u"-ac"_s << QString::number(ladder.audio->channels)
                  << folder + u"/audio.mp4"_s;
    return arguments;
}

Result<transcode::TranscodeResult> timeLadder(worker::WorkerPool& workers, const QString& file,
    const BenchOptions& options, const QString& folder, const CancelToken& cancel, LadderTimes& times)
{
    const double before = childCpuSeconds();
    const BenchClock clock;
    auto result = transcodeFile(workers, file, options.ladder, folder, u"auto"_s, cancel, {});
    if (result) {
        times.seconds.push_back(clock.milliseconds() / 1000);
        times.cpuSeconds.push_back(childCpuSeconds() - before);
    }
    return result;
}

/// A run that ffmpeg refuses leaves no time.
Result<void> timeFfmpeg(const QString& ffmpeg, const transcode::Ladder& ladder,
    const QList<transcode::RenditionResult>& made, const QString& file, const CancelToken& cancel, LadderTimes& times)
{
    const QTemporaryDir folder;
    const auto run = runTool(ffmpeg, ffmpegArguments(ladder, made, file, folder.path()), cancel);
    if (!run)
        return run.error();
    if (run->exitCode != 0)
        return {};
    times.seconds.push_back(run->seconds);
    times.cpuSeconds.push_back(run->cpuSeconds);
    return {};
}

} // namespace

Result<FigureList> benchLadder(const BenchOptions& options, const CancelToken& cancel)
{
    const auto ladder = transcode::loadLadder(options.ladder);
    if (!ladder)
        return ladder.error();
    // Without bubblewrap, which would keep the worker's CPU time to itself; the encoder behind it is the same.
    worker::WorkerPool workers(worker::WorkerOptions {.allowBubblewrap = false, .keepWarm = false});
    const QString ffmpeg = findTool(u"ffmpeg"_s);
    LadderTimes ours;
    LadderTimes theirs;
    double mediaSeconds = 0;
    std::vector<VariantRate> rates;
    for (int i = 0; i < options.repeats; ++i) {
        const QTemporaryDir folder;
        const auto result = timeLadder(workers, options.file, options, folder.path(), cancel, ours);
        if (!result)
            return result.error();
        mediaSeconds = result->duration;
        auto weighed = weighVariants(folder.path(), result->hls);
        if (!weighed)
            return std::move(weighed).error();
        rates = *std::move(weighed);
        if (ffmpeg.isEmpty() || result->renditions.isEmpty())
            continue;
        const bool hasSound = QDir(folder.path()).exists(u"audio"_s);
        if (const auto run = timeFfmpeg(ffmpeg, madeRungs(*ladder, result->renditions.size(), hasSound),
                result->renditions, options.file, cancel, theirs);
            !run)
            return run.error();
    }
    FigureList figures;
    figures.add(u"ladder_p50"_s, medianOf(ours.seconds), u"s"_s);
    figures.add(u"ladder_cpu_p50"_s, medianOf(ours.cpuSeconds), u"s"_s);
    figures.add(u"media_length"_s, mediaSeconds, u"s"_s);
    figures.addRatio(u"ladder_times_real_time"_s, mediaSeconds, medianOf(ours.seconds));
    if (!theirs.seconds.empty()) {
        figures.add(u"ffmpeg_p50"_s, medianOf(theirs.seconds), u"s"_s);
        figures.add(u"ffmpeg_cpu_p50"_s, medianOf(theirs.cpuSeconds), u"s"_s);
        figures.addRatio(u"ladder_to_ffmpeg"_s, medianOf(ours.seconds), medianOf(theirs.seconds));
        figures.addRatio(u"ladder_to_ffmpeg_cpu"_s, medianOf(ours.cpuSeconds), medianOf(theirs.cpuSeconds));
    }
    for (const VariantRate& rate : rates) {
        figures.add(rate.name + u"_declared"_s, rate.declared, u"bit/s"_s);
        figures.add(rate.name + u"_measured"_s, rate.measured, u"bit/s"_s);
        figures.addRatio(rate.name + u"_declared_to_measured"_s, rate.declared, rate.measured);
    }
    return figures;
}

} // namespace vidimus::workbench
