#include "core/workbench/bench_tool.h"

#include "core/workbench/bench_figures.h"

#include <QProcess>
#include <QStandardPaths>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTickMilliseconds = 50;
constexpr int kLastWordsMilliseconds = 5000;

void prepare(QProcess& process, const ToolWishes& wishes)
{
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (const QString& entry : wishes.environment)
        variables.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    process.setProcessEnvironment(variables);
    process.setStandardInputFile(QProcess::nullDevice());
    if (wishes.endAfter.isEmpty())
        process.setStandardErrorFile(QProcess::nullDevice());
    else
        process.setProcessChannelMode(QProcess::MergedChannels);
}

} // namespace

Result<ToolRun> runTool(
    const QString& program, const QStringList& arguments, const CancelToken& cancel, const ToolWishes& wishes)
{
    const double cpuBefore = childCpuSeconds();
    const BenchClock clock;
    QProcess process;
    prepare(process, wishes);
    process.start(program, arguments);
    if (!process.waitForStarted())
        return Error {ErrorCode::Missing, process.errorString(), "no_program"};
    QByteArray output;
    while (!process.waitForFinished(kTickMilliseconds) && process.state() != QProcess::NotRunning) {
        output += process.readAllStandardOutput();
        if (!wishes.endAfter.isEmpty() && output.contains(wishes.endAfter)) {
            process.terminate();
            if (!process.waitForFinished(kLastWordsMilliseconds))
                process.kill();
            process.waitForFinished();
            break;
        }
        const bool late = clock.milliseconds() > 1000.0 * static_cast<double>(wishes.limit.count());
        if (!late && !cancel.isCanceled())
            continue;
        process.kill();
        process.waitForFinished();
        return late ? Error {ErrorCode::TimedOut, u"%1 did not end"_s.arg(program), "tool_timeout"}
                    : Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
    }
    return ToolRun {.seconds = clock.milliseconds() / 1000,
        .cpuSeconds = childCpuSeconds() - cpuBefore,
        .exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        .output = output + process.readAllStandardOutput()};
}

QString findTool(const QString& name)
{
    return QStandardPaths::findExecutable(name);
}

} // namespace vidimus::workbench
