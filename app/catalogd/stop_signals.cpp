#include "app/catalogd/stop_signals.h"

#include "core/base/posix_error.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vidimus::app {

Result<UniqueFd> openStopSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    if (pthread_sigmask(SIG_BLOCK, &set, nullptr) != 0)
        return posixError("sigmask", errno);
    std::signal(SIGPIPE, SIG_IGN);
    UniqueFd fd(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd.isValid())
        return posixError("signalfd", errno);
    return fd;
}

Result<Background> Background::enter()
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return posixError("pipe", errno);
    UniqueFd reader(ends[0]);
    UniqueFd writer(ends[1]);
    const pid_t child = fork();
    if (child < 0)
        return posixError("fork", errno);
    if (child == 0) {
        setsid();
        return Background(std::move(writer));
    }
    writer.reset();
    char ready = 0;
    ssize_t got = 0;
    do {
        got = read(reader.get(), &ready, 1);
    } while (got < 0 && errno == EINTR);
    if (got == 1)
        _exit(0);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 70);
}

void Background::announceReady()
{
    const char ready = 1;
    while (write(m_pipe.get(), &ready, 1) < 0 && errno == EINTR) { }
    m_pipe.reset();
}

} // namespace vidimus::app
