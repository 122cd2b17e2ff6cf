#include "core/workbench/bench.h"
#include "core/workbench/bench_rows.h"
#include "core/workbench/bench_tool.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
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

/// The milliseconds in the line that a traced studio prints: {"first_paint_ms": 312}.
std::optional<double> firstPaint(const QByteArray& output)
{
    static const QRegularExpression kLine(u"\"first_paint_ms\"\\s*:\\s*([0-9.]+)"_s);
    const auto match = kLine.match(QString::fromUtf8(output));
    return match.hasMatch() ? std::optional(match.captured(1).toDouble()) : std::nullopt;
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
    std::vector<double> times;
    for (int i = 0; i < options.repeats; ++i) {
        const auto run = runTool(
            program, {u"--workspace"_s, folder.path()}, cancel, {u"VIDIMUS_TRACE=1"_s, u"QT_QPA_PLATFORM=offscreen"_s});
        if (!run)
            return run.error();
        if (const auto painted = firstPaint(run->output))
            times.push_back(*painted);
    }
    figures.addSpread(u"studio_first_paint_rows_%1"_s.arg(options.studioRows), times);
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
