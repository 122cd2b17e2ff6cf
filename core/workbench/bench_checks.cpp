#include "core/checks/profile.h"
#include "core/workbench/bench.h"
#include "core/workbench/bench_tool.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/open_input.h"
#include "core/worker/worker_pool.h"

#include <functional>
#include <map>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

struct PassTimes {
    std::vector<double> cpuSeconds;
    std::vector<double> seconds;
    std::map<QString, std::vector<double>> checkSeconds; ///< CPU of each check
    bool hasSound = false; ///< without it sound checks cost nothing, and a speed would say nothing
};

Result<void> timeChecks(worker::WorkerPool& workers, int input, const checks::Profile& profile,
    const CancelToken& cancel, PassTimes& times, double& mediaSeconds)
{
    const double before = childCpuSeconds();
    const auto checked = workers.check(input, profile, cancel);
    if (!checked)
        return checked.error();
    times.cpuSeconds.push_back(childCpuSeconds() - before);
    times.seconds.push_back(checked->seconds);
    for (const checks::CheckCost& cost : checked->costs)
        times.checkSeconds[cost.id].push_back(cost.cpuSeconds);
    times.hasSound = checked->measurements.facts.hasSound;
    mediaSeconds = checked->measurements.duration();
    return {};
}

Result<void> timeTool(const QString& program, const QStringList& arguments, const CancelToken& cancel, PassTimes& times)
{
    const auto run = runTool(program, arguments, cancel);
    if (!run)
        return run.error();
    if (run->exitCode != 0)
        return {}; // a build without these filters: no figures, no ratio
    times.cpuSeconds.push_back(run->cpuSeconds);
    times.seconds.push_back(run->seconds);
    return {};
}

/// What it has of the same kind, in one run.
QStringList filterArguments(const QString& file)
{
    return {u"-v"_s, u"error"_s, u"-nostdin"_s, u"-i"_s, file, u"-vf"_s,
        u"blackdetect,freezedetect,cropdetect,idet,signalstats,blurdetect,blockdetect"_s, u"-af"_s,
        u"silencedetect,ebur128=peak=true"_s, u"-f"_s, u"null"_s, u"-"_s};
}

void addPass(const QString& name, const PassTimes& times, FigureList& figures)
{
    if (times.seconds.empty())
        return;
    figures.add(name + u"_cpu_p50"_s, medianOf(times.cpuSeconds), u"s"_s);
    figures.add(name + u"_p50"_s, medianOf(times.seconds), u"s"_s);
}

/// Where the time goes, the dearest first. Decoding is the yardstick.
void addCosts(const PassTimes& checked, double decodeCpu, double mediaSeconds, FigureList& figures)
{
    std::vector<std::pair<double, QString>> costs;
    double all = 0;
    for (const auto& [id, seconds] : checked.checkSeconds) {
        costs.emplace_back(medianOf(seconds), id);
        all += costs.back().first;
    }
    figures.addRatio(u"checks_own_to_decode_cpu"_s, all, decodeCpu);
    std::ranges::sort(costs, std::greater());
    for (const auto& [seconds, id] : costs)
        figures.addRatio(u"check_%1_to_decode_cpu"_s.arg(id), seconds, decodeCpu);
    double sound = 0;
    for (const auto& [seconds, id] : costs)
        sound += id == u"loudness"_s || id == u"true_peak"_s ? seconds : 0;
    if (checked.hasSound)
        figures.addRatio(u"loudness_and_true_peak_times_real_time"_s, mediaSeconds, sound);
}

} // namespace

Result<FigureList> benchChecks(const BenchOptions& options, const CancelToken& cancel)
{
    const auto input = openInput(options.file);
    if (!input)
        return input.error();
    const auto all = loadCheckProfile({});
    if (!all)
        return all.error();
    // This check looks at what the decoder says and at no sample.
    const auto decodeOnly = checks::onlyChecks(*all, {u"decode_errors"_s});
    if (!decodeOnly)
        return decodeOnly.error();
    // Without bubblewrap, which would keep the worker's CPU time to itself; the decoder behind it is the same.
    worker::WorkerPool workers(worker::WorkerOptions {.allowBubblewrap = false, .keepWarm = false});
    const QString ffmpeg = findTool(u"ffmpeg"_s);
    PassTimes decode;
    PassTimes checked;
    PassTimes toolDecode;
    PassTimes toolChecked;
    double mediaSeconds = 0;
    // First of all, while no other child of this process has been waited for.
    PassTimes first;
    if (auto done = timeChecks(workers, input->get(), *all, cancel, first, mediaSeconds); !done)
        return std::move(done).error();
    const double peakMiB = childPeakMiB();
    // In turn, so that a change of the machine's load meets all of them.
    for (int i = 0; i < options.repeats; ++i) {
        auto done = timeChecks(workers, input->get(), *decodeOnly, cancel, decode, mediaSeconds);
        if (done)
            done = timeChecks(workers, input->get(), *all, cancel, checked, mediaSeconds);
        if (done && !ffmpeg.isEmpty()) {
            done = timeTool(ffmpeg,
                {u"-v"_s, u"error"_s, u"-nostdin"_s, u"-i"_s, options.file, u"-f"_s, u"null"_s, u"-"_s}, cancel,
                toolDecode);
        }
        if (done && !ffmpeg.isEmpty())
            done = timeTool(ffmpeg, filterArguments(options.file), cancel, toolChecked);
        if (!done)
            return std::move(done).error();
    }
    FigureList figures;
    addPass(u"decode"_s, decode, figures);
    addPass(u"all_checks"_s, checked, figures);
    addPass(u"ffmpeg_decode"_s, toolDecode, figures);
    addPass(u"ffmpeg_filters"_s, toolChecked, figures);
    const double checkedCpu = medianOf(checked.cpuSeconds);
    const double filteredCpu = medianOf(toolChecked.cpuSeconds);
    figures.addRatio(u"all_checks_to_decode_cpu"_s, checkedCpu, medianOf(decode.cpuSeconds));
    figures.addRatio(u"ffmpeg_filters_to_decode_cpu"_s, filteredCpu, medianOf(toolDecode.cpuSeconds));
    figures.addRatio(u"all_checks_to_ffmpeg_filters_cpu"_s, toolChecked.seconds.empty() ? 0 : checkedCpu, filteredCpu);
    figures.addRatio(u"ffmpeg_filters_to_all_checks_clock"_s,
        toolChecked.seconds.empty() ? 0 : medianOf(toolChecked.seconds), medianOf(checked.seconds));
    addCosts(checked, medianOf(decode.cpuSeconds), mediaSeconds, figures);
    figures.add(u"all_checks_peak_memory"_s, peakMiB, u"MiB"_s);
    figures.add(u"media_length"_s, mediaSeconds, u"s"_s);
    figures.addRatio(u"all_checks_times_real_time"_s, mediaSeconds, medianOf(checked.seconds));
    return figures;
}

} // namespace vidimus::workbench
