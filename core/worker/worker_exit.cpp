#include "core/worker/worker_exit.h"

#include <csignal>
#include <cstring>
#include <sys/wait.h>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

constexpr int kShellSignalBase = 128;
constexpr qsizetype kMaxQuotedCharacters = 300;

/// The last line that was printed, without control characters: the worker is not trusted with our terminal.
QString lastLine(const QByteArray& stderrTail)
{
    const QByteArray trimmed = stderrTail.trimmed();
    QString line = QString::fromUtf8(trimmed.mid(trimmed.lastIndexOf('\n') + 1)).left(kMaxQuotedCharacters);
    line.removeIf([](QChar c) { return !c.isPrint(); });
    return line;
}

Error signalError(int signal)
{
    switch (signal) {
    case SIGSYS:
        return {ErrorCode::Unavailable, u"worker_crashed: forbidden system call"_s, "worker_crashed"};
    case SIGXCPU:
        return {ErrorCode::LimitExceeded, u"the media worker used up its processor time"_s, "worker_timeout"};
    case SIGXFSZ:
        return {ErrorCode::LimitExceeded, u"the media worker wrote more than it may"_s, "worker_limit_output"};
    default:
        return {ErrorCode::Unavailable,
            u"worker_crashed: signal %1 (%2)"_s.arg(signal).arg(QString::fromLatin1(strsignal(signal))),
            "worker_crashed"};
    }
}

Error exitError(int code)
{
    switch (code) {
    case kExitOutOfMemory:
        return {ErrorCode::LimitExceeded, u"the media worker reached its memory limit"_s, "worker_limit_memory"};
    case kExitNoSandbox:
        return {ErrorCode::Missing, u"the sandbox could not be built"_s, "no_sandbox"};
    default:
        return {ErrorCode::Unavailable, u"worker_crashed: exit state %1"_s.arg(code), "worker_crashed"};
    }
}

} // namespace

Error explainWorkerExit(int waitStatus, bool wrapped, const QByteArray& stderrTail)
{
    Error error;
    if (WIFSIGNALED(waitStatus)) {
        error = signalError(WTERMSIG(waitStatus));
    } else {
        const int code = WEXITSTATUS(waitStatus);
        const bool signaled = wrapped && code > kShellSignalBase && code < kShellSignalBase + NSIG;
        error = signaled ? signalError(code - kShellSignalBase) : exitError(code);
    }
    if (const QString line = lastLine(stderrTail); !line.isEmpty())
        error.detail += u"; it printed: %1"_s.arg(line);
    return error;
}

bool isWorkersFault(const Error& error)
{
    return error.reason == "worker_crashed" || error.reason == "worker_protocol" || error.reason == "worker_timeout"
        || error.reason == "worker_limit_memory" || error.reason == "worker_limit_output";
}

} // namespace vidimus::worker
