#include "core/checks/profile.h"
#include "core/workbench/bench.h"
#include "core/workbench/bench_tool.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/open_input.h"
#include "core/worker/worker_pool.h"

#include <QDataStream>
#include <QTemporaryFile>
#include <cmath>
#include <ctime>
#include <functional>
#include <map>
#include <numeric>
#include <random>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

struct PassTimes {
    std::vector<double> cpuSeconds;
    std::vector<double> seconds;
    std::map<QString, std::vector<double>> checkSeconds; ///< CPU of each check
    double pictureBytes = 0; ///< of all decoded pictures at 8 bits and 4:2:0
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
    mediaSeconds = checked->measurements.duration();
    const checks::ProgrammeFacts& facts = checked->measurements.facts;
    times.pictureBytes = 1.5 * facts.width * facts.height * static_cast<double>(checked->measurements.clock.count());
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
void addCosts(const PassTimes& checked, double decodeCpu, FigureList& figures)
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
}

/// The least that anything which looks at every pixel can cost: CPU seconds to bring \a bytes from memory once, by one
/// thread that adds them up. From a ring that no cache holds.
double readOnceSeconds(double bytes)
{
    constexpr std::size_t kWords = std::size_t(32) << 20; // 256 MiB
    const std::vector<quint64> ring(kWords, 1);
    const double rounds = bytes / (kWords * sizeof(quint64));
    quint64 sum = 0;
    const std::clock_t before = std::clock();
    for (double left = rounds; left > 0; left -= 1) {
        const auto words = static_cast<std::size_t>(static_cast<double>(kWords) * std::min(left, 1.0));
        sum += std::accumulate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(words), quint64(0));
    }
    const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    return sum == 0 && rounds > 0 ? 0 : seconds; // the sum is used, so that it is made
}

/// A minute and a half of 48 kHz stereo as a WAVE file (RIFF, PCM of 16 bits): a tone in noise, never silent.
Result<void> writeStereo(QFile& file, double& seconds)
{
    constexpr quint32 kRate = 48000;
    constexpr quint32 kSeconds = 90;
    constexpr quint32 kBytes = kRate * kSeconds * 4;
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setByteOrder(QDataStream::LittleEndian);
    out.writeRawData("RIFF", 4);
    out << quint32(kBytes + 36);
    out.writeRawData("WAVEfmt ", 8);
    out << quint32(16) << quint16(1) << quint16(2) << kRate << quint32(kRate * 4) << quint16(4) << quint16(16);
    out.writeRawData("data", 4);
    out << kBytes;
    std::minstd_rand noise(1);
    for (quint32 at = 0; at < kRate * kSeconds; ++at) {
        const double tone = 6000 * std::sin(at * 0.05);
        for (int channel = 0; channel < 2; ++channel)
            out << qint16(tone + double(noise() % 4000) - 2000);
    }
    seconds = kSeconds;
    if (file.write(bytes) != bytes.size() || !file.flush())
        return Error {ErrorCode::Io, file.fileName(), {}};
    return {};
}

/// Loudness and true peak of one stereo track alone.
Result<void> addSound(worker::WorkerPool& workers, const checks::Profile& all, int repeats, const CancelToken& cancel,
    FigureList& figures)
{
    const auto sound = checks::onlyChecks(all, {u"loudness"_s, u"true_peak"_s});
    if (!sound)
        return sound.error();
    QTemporaryFile file;
    double seconds = 0;
    if (!file.open())
        return Error {ErrorCode::Io, file.fileName(), {}};
    if (auto written = writeStereo(file, seconds); !written)
        return written;
    PassTimes times;
    for (int i = 0; i < repeats; ++i) {
        if (auto done = timeChecks(workers, file.handle(), *sound, cancel, times, seconds); !done)
            return done;
    }
    double own = 0;
    for (const auto& [id, cpuSeconds] : times.checkSeconds)
        own += medianOf(cpuSeconds);
    figures.addRatio(u"stereo_loudness_and_true_peak_times_real_time"_s, seconds, own);
    figures.addRatio(u"stereo_sound_pass_times_real_time"_s, seconds, medianOf(times.cpuSeconds));
    return {};
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
    // The tiers that no default profile has on, each by its own price.
    checks::Profile tiers = *decodeOnly;
    for (const QString& id : {u"pattern"_s, u"text"_s})
        tiers.checks[id].enabled = true;
    PassTimes decode;
    PassTimes extra;
    PassTimes checked;
    PassTimes toolDecode;
    PassTimes toolChecked;
    double mediaSeconds = 0;
    // First of all, while no other child of this process has been waited for.
    PassTimes first;
    if (auto done = timeChecks(workers, input->get(), *all, cancel, first, mediaSeconds); !done)
        return std::move(done).error();
    const double peakMiB = childPeakMiB();
    // In turn, so that a change of the machine's load meets all of them. A run of ffmpeg's filters takes as long as a
    // dozen passes and its figure has room to spare, so that one of three rounds has it.
    constexpr int kFilterRounds = 3;
    for (int i = 0; i < options.repeats; ++i) {
        auto done = timeChecks(workers, input->get(), *decodeOnly, cancel, decode, mediaSeconds);
        if (done)
            done = timeChecks(workers, input->get(), *all, cancel, checked, mediaSeconds);
        if (done)
            done = timeChecks(workers, input->get(), tiers, cancel, extra, mediaSeconds);
        if (done && !ffmpeg.isEmpty()) {
            done = timeTool(ffmpeg,
                {u"-v"_s, u"error"_s, u"-nostdin"_s, u"-i"_s, options.file, u"-f"_s, u"null"_s, u"-"_s}, cancel,
                toolDecode);
        }
        if (done && !ffmpeg.isEmpty() && i % kFilterRounds == 0)
            done = timeTool(ffmpeg, filterArguments(options.file), cancel, toolChecked);
        if (!done)
            return std::move(done).error();
    }
    FigureList figures;
    addPass(u"decode"_s, decode, figures);
    addPass(u"all_checks"_s, checked, figures);
    addPass(u"ffmpeg_decode"_s, toolDecode, figures);
    addPass(u"ffmpeg_filters"_s, toolChecked, figures);
    figures.add(u"runs"_s, static_cast<double>(checked.seconds.size()), u"count"_s);
    figures.add(u"ffmpeg_filters_runs"_s, static_cast<double>(toolChecked.seconds.size()), u"count"_s);
    const double checkedCpu = medianOf(checked.cpuSeconds);
    const double filteredCpu = medianOf(toolChecked.cpuSeconds);
    figures.addRatio(u"all_checks_to_decode_cpu"_s, checkedCpu, medianOf(decode.cpuSeconds));
    figures.addRatio(u"ffmpeg_filters_to_decode_cpu"_s, filteredCpu, medianOf(toolDecode.cpuSeconds));
    figures.addRatio(u"all_checks_to_ffmpeg_filters_cpu"_s, toolChecked.seconds.empty() ? 0 : checkedCpu, filteredCpu);
    figures.addRatio(u"ffmpeg_filters_to_all_checks_clock"_s,
        toolChecked.seconds.empty() ? 0 : medianOf(toolChecked.seconds), medianOf(checked.seconds));
    addCosts(checked, medianOf(decode.cpuSeconds), figures);
    const double readOnce = readOnceSeconds(checked.pictureBytes);
    figures.addRatio(u"reading_pictures_once_to_decode_cpu"_s, readOnce, medianOf(decode.cpuSeconds));
    if (readOnce > 0)
        figures.add(u"memory_read"_s, checked.pictureBytes / 1e9 / readOnce, u"GB/s"_s);
    for (const auto& [id, seconds] : extra.checkSeconds) {
        if (id != u"decode_errors"_s)
            figures.addRatio(u"tier_%1_to_decode_cpu"_s.arg(id), medianOf(seconds), medianOf(decode.cpuSeconds));
    }
    if (auto sound = addSound(workers, *all, options.repeats, cancel, figures); !sound)
        return std::move(sound).error();
    figures.add(u"all_checks_peak_memory"_s, peakMiB, u"MiB"_s);
    figures.add(u"media_length"_s, mediaSeconds, u"s"_s);
    figures.addRatio(u"all_checks_times_real_time"_s, mediaSeconds, medianOf(checked.seconds));
    return figures;
}

} // namespace vidimus::workbench
