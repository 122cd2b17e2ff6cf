#include "core/workbench/bench_tool.h"

#include "core/workbench/bench_figures.h"

#include <QProcess>
#include <QStandardPaths>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr double kLongestMilliseconds = 120'000;
constexpr int kTickMilliseconds = 50;

} // namespace

Result<ToolRun> runTool(
    const QString& program, const QStringList& arguments, const CancelToken& cancel, const QStringList& environment)
{
    const double cpuBefore = childCpuSeconds();
    const BenchClock clock;
    QProcess process;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (const QString& entry : environment)
        variables.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    process.setProcessEnvironment(variables);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForStarted())
        return Error {ErrorCode::Missing, process.errorString(), "no_program"};
    while (!process.waitForFinished(kTickMilliseconds) && process.state() != QProcess::NotRunning) {
        const bool late = clock.milliseconds() > kLongestMilliseconds;
        if (!late && !cancel.isCanceled())
            continue;
        process.kill();
        process.waitForFinished();
        return late ? Error {ErrorCode::TimedOut, u"it took more than two minutes"_s, "tool_timeout"}
                    : Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
    }
    return ToolRun {.seconds = clock.milliseconds() / 1000,
        .cpuSeconds = childCpuSeconds() - cpuBefore,
        .exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        .output = process.readAllStandardOutput()};
}

QString findTool(const QString& name)
{
    return QStandardPaths::findExecutable(name);
}

} // namespace vidimus::workbench
