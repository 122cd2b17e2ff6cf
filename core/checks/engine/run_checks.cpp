#include "core/checks/engine/run_checks.h"

#include "core/checks/engine/check_sink.h"
#include "core/checks/judge.h"
#include "core/media/engine/pass.h"
#include "core/media/engine/sink_thread.h"

#include <array>
#include <chrono>

namespace vidimus::checks::engine {

Result<CheckRun> runChecks(media::engine::Input& input, const Profile& profile, const CancelToken& cancel,
    const ProgressSink& progress, CheckThread thread, const PassResumption& resumption)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto attempt = [&](media::engine::PassOptions options, const QByteArray& state) -> Result<CheckRun> {
        CheckSink sink(profile);
        sink.saveTo(resumption.checkpoints);
        if (!state.isEmpty()) {
            const auto from = sink.resumeFrom(state);
            if (!from)
                return from.error();
            options.resumeAt = *from;
        }
        media::engine::SinkThread beside(sink);
        const std::array<media::engine::FrameSink*, 1> sinks {
            thread == CheckThread::Own ? static_cast<media::engine::FrameSink*>(&beside) : &sink};
        const auto summary = media::engine::runPass(input, sinks, options, cancel, progress);
        if (!summary)
            return summary.error();
        CheckRun run;
        run.resumedAt = options.resumeAt;
        run.measurements = sink.takeMeasurements();
        run.costs = sink.costs();
        return run;
    };
    auto run = resumeOrBegin(resumption.state, [&](const QByteArray& state) {
        return media::engine::withRepeatableDamage(
            [&](const media::engine::PassOptions& options) { return attempt(options, state); });
    });
    if (!run)
        return run;
    run->report = judge(run->measurements, profile);
    run->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return run;
}

} // namespace vidimus::checks::engine
