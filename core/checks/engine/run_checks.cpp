#include "core/checks/engine/run_checks.h"

#include "core/checks/engine/check_sink.h"
#include "core/checks/judge.h"
#include "core/media/engine/pass.h"
#include "core/media/engine/sink_thread.h"

#include <array>
#include <chrono>

namespace vidimus::checks::engine {

Result<CheckRun> runChecks(media::engine::Input& input, const Profile& profile, const CancelToken& cancel,
    const ProgressSink& progress, CheckThread thread)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto attempt = [&](const media::engine::PassOptions& options) -> Result<CheckRun> {
        CheckSink sink(profile);
        media::engine::SinkThread beside(sink);
        const std::array<media::engine::FrameSink*, 1> sinks {
            thread == CheckThread::Own ? static_cast<media::engine::FrameSink*>(&beside) : &sink};
        const auto summary = media::engine::runPass(input, sinks, options, cancel, progress);
        if (!summary)
            return summary.error();
        CheckRun run;
        run.measurements = sink.takeMeasurements();
        run.costs = sink.costs();
        return run;
    };
    auto run = media::engine::withRepeatableDamage(attempt);
    if (!run)
        return run;
    run->report = judge(run->measurements, profile);
    run->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return run;
}

} // namespace vidimus::checks::engine
