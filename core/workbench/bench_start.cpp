#include "core/workbench/bench.h"
#include "core/workbench/bench_rows.h"
#include "core/workbench/bench_tool.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <optional>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

QString programIn(const BenchOptions& options, const QString& name)
{
    const QString folder = options.programs.isEmpty() ? QCoreApplication::applicationDirPath() : options.programs;
    const QString path = folder + u'/' + name;
    return QFileInfo(path).isExecutable() ? path : QString();
}

/// The command as a person runs it, in a workspace that is there already.
Result<void> timeDoctor(const BenchOptions& options, const CancelToken& cancel, FigureList& figures)
{
    const QString program = programIn(options, u"vidimus"_s);
    if (program.isEmpty())
        return {};
    const QTemporaryDir folder;
    std::vector<double> times;
    for (int i = 0; i < options.repeats; ++i) {
        const auto run
            = runTool(program, {u"--workspace"_s, folder.path(), u"--json"_s, u"--quiet"_s, u"doctor"_s}, cancel);
        if (!run)
            return run.error();
        times.push_back(run->seconds * 1000);
    }
    figures.addSpread(u"doctor"_s, times);
    return {};
}

Result<void> timeWorker(const BenchOptions& options, FigureList& figures)
{
    std::vector<double> times;
    for (int i = 0; i < options.repeats; ++i) {
        worker::WorkerPool workers(worker::WorkerOptions {.keepWarm = false});
        const BenchClock clock;
        if (const auto status = workers.sandboxStatus(); !status)
            return status.error();
        times.push_back(clock.milliseconds());
    }
    figures.addSpread(u"worker_ready"_s, times);
    return {};
}

/// From the wish to a first answer of a catalog that starts empty.
Result<void> timeCatalog(const BenchOptions& options, FigureList& figures)
{
    const QString program = programIn(options, u"vidimus-catalogd"_s);
    if (program.isEmpty())
        return {};
    std::vector<double> times;
    for (int i = 0; i < options.repeats; ++i) {
        const QTemporaryDir folder;
        auto workspace = Workspace::open({.folder = folder.path(), .catalogProgram = program});
        if (!workspace)
            return std::move(workspace).error();
        const BenchClock clock;
        const auto client = (*workspace)->catalog().client();
        if (!client)
            return client.error();
        if (const auto version = (*client)->version(); !version)
            return version.error();
        times.push_back(clock.milliseconds());
    }
    figures.addSpread(u"catalog_ready"_s, times);
    return {};
}

/// From a line of a traced program, {"event": "interactive", "ms": 214.5}: the milliseconds since it was started.
std::optional<double> tracedAt(const QByteArray& output, QLatin1StringView event)
{
    const QList<QByteArray> lines = output.split('\n');
    for (const QByteArray& line : lines) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.value("event"_L1).toString() == event && object.value("ms"_L1).isDouble())
            return object.value("ms"_L1).toDouble();
    }
    return std::nullopt;
}

Result<void> timeStudio(const BenchOptions& options, const CancelToken& cancel, FigureList& figures)
{
    const QString program = programIn(options, u"vidimus-studio"_s);
    if (program.isEmpty())
        return {};
    const QTemporaryDir folder;
    {
        const auto workspace = Workspace::open({.folder = folder.path()});
        if (!workspace)
            return workspace.error();
        if (const auto rows = addMadeUpAssets(**workspace, options.studioRows, cancel); !rows)
            return rows.error();
    }
    const ToolWishes wishes {.environment = {u"VIDIMUS_TRACE=1"_s, u"QT_QPA_PLATFORM=offscreen"_s},
        .endAfter = "\"interactive\"",
        .limit = std::chrono::seconds(60)};
    std::vector<double> painted;
    std::vector<double> interactive;
    for (int i = 0; i < options.repeats; ++i) {
        const auto run = runTool(program, {u"--workspace"_s, folder.path()}, cancel, wishes);
        if (!run && run.error().code == ErrorCode::TimedOut)
            return {}; // a studio that traces nothing
        if (!run)
            return run.error();
        if (const auto at = tracedAt(run->output, "first_paint"_L1))
            painted.push_back(*at);
        if (const auto at = tracedAt(run->output, "interactive"_L1))
            interactive.push_back(*at);
    }
    figures.addSpread(u"studio_first_paint_rows_%1"_s.arg(options.studioRows), painted);
    figures.addSpread(u"studio_interactive_rows_%1"_s.arg(options.studioRows), interactive);
    return {};
}

} // namespace

Result<FigureList> benchStart(const BenchOptions& options, const CancelToken& cancel)
{
    FigureList figures;
    auto done = timeDoctor(options, cancel, figures);
    if (done)
        done = timeWorker(options, figures);
    if (done)
        done = timeCatalog(options, figures);
    if (done)
        done = timeStudio(options, cancel, figures);
    if (!done)
        return std::move(done).error();
    return figures;
}

} // namespace vidimus::workbench
