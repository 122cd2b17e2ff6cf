#include "sandbox.h"

#include "landlock_linux.h"
#include "system_call_filter_linux.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;

namespace {

// Between the soft limit, which ends the worker with a signal that the parent understands, and the hard one.
constexpr rlim_t kCpuGraceSeconds = 5;

Error noSandbox(const char* wall)
{
    return Error {ErrorCode::Missing,
        u"the sandbox could not be built: %1: %2"_s.arg(
            QString::fromLatin1(wall), QString::fromLocal8Bit(std::strerror(errno))),
        "no_sandbox"};
}

bool limitTo(__rlimit_resource resource, rlim_t soft, rlim_t hard)
{
    rlimit now {};
    if (getrlimit(resource, &now) != 0)
        return false;
    const rlimit wanted {std::min(soft, now.rlim_max), std::min(hard, now.rlim_max)};
    return setrlimit(resource, &wanted) == 0;
}

bool setResourceLimits(const worker::WorkerLimits& limits)
{
    const auto cpuSeconds = static_cast<rlim_t>(limits.cpuTime.count());
    const auto descriptors = static_cast<rlim_t>(limits.descriptors);
    const auto fileBytes = static_cast<rlim_t>(limits.outputFileBytes);
    bool done = limitTo(RLIMIT_CPU, cpuSeconds, cpuSeconds + kCpuGraceSeconds)
        && limitTo(RLIMIT_NOFILE, descriptors, descriptors) && limitTo(RLIMIT_FSIZE, fileBytes, fileBytes)
        && limitTo(RLIMIT_CORE, 0, 0) && limitTo(RLIMIT_MEMLOCK, 0, 0) && limitTo(RLIMIT_MSGQUEUE, 0, 0);
#ifndef VIDIMUS_ASAN // its shadow takes terabytes of addresses; the parent watches resident memory
    const auto memory = static_cast<rlim_t>(limits.addressSpaceBytes);
    done = done && limitTo(RLIMIT_AS, memory, memory);
#endif
    return done;
}

} // namespace

void dieWithParent()
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

Result<worker::SandboxStatus> buildSandbox(const worker::WorkerLimits& limits, bool allowLandlock)
{
    worker::SandboxStatus status;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return noSandbox("no_new_privs");
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return noSandbox("dumpable");
    if (allowLandlock)
        denyFileSystem(status);
    else
        status.landlockAbsence = u"turned off"_s;
    if (!setResourceLimits(limits))
        return noSandbox("resource limits");
    if (!installSystemCallFilter())
        return noSandbox("system-call filter");
    status.seccomp = true;
    return status;
}

} // namespace vidimus::mediaworker
