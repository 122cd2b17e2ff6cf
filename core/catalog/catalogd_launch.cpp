#include "core/catalog/catalogd_launch_p.h"

#include "core/base/posix_error.h"

#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vidimus::catalog {

using namespace Qt::StringLiterals;

namespace {

class FileActions {
public:
    FileActions() { posix_spawn_file_actions_init(&m_actions); }
    ~FileActions() { posix_spawn_file_actions_destroy(&m_actions); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;

    void redirectTo(const QByteArray& logPath)
    {
        posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&m_actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(
            &m_actions, STDERR_FILENO, logPath.constData(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1);
    }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions {};
};

/// A session of its own and default signals, whatever the starter has blocked or ignored.
class Attributes {
public:
    Attributes()
    {
        posix_spawnattr_init(&m_attributes);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Attributes() { posix_spawnattr_destroy(&m_attributes); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    [[nodiscard]] const posix_spawnattr_t* get() const { return &m_attributes; }

private:
    posix_spawnattr_t m_attributes {};
};

Result<void> judge(int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    if (WIFEXITED(status) && WEXITSTATUS(status) == kCatalogdExitLocked)
        return Error {ErrorCode::Conflict, u"another process holds the catalog's database"_s, "locked"};
    return Error {ErrorCode::Internal, u"the catalog ended at once (status %1); see catalogd.log"_s.arg(status),
        "catalogd_failed"};
}

} // namespace

Result<void> launchCatalogd(const EmbeddedCatalogOptions& options, std::chrono::steady_clock::time_point deadline)
{
    if (!QFileInfo(options.program).isExecutable())
        return Error {ErrorCode::Missing, u"vidimus-catalogd is not installed"_s, "no_catalogd"};
    const QByteArray program = QFile::encodeName(options.program);
    const QByteArray data = QFile::encodeName(QFileInfo(options.dataFolder).absoluteFilePath());
    const QByteArray socket = QFile::encodeName(QFileInfo(options.socketPath).absoluteFilePath());
    std::vector<QByteArray> words {program, "--data", data, "--embedded", socket, "--detach"};
    std::vector<char*> arguments;
    for (QByteArray& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    FileActions actions;
    actions.redirectTo(data + "/catalogd.log");
    const Attributes attributes;
    pid_t child = 0;
    const int failed
        = posix_spawn(&child, program.constData(), actions.get(), attributes.get(), arguments.data(), environ);
    if (failed != 0)
        return posixError("spawn", failed, u"vidimus-catalogd"_s);
    // The child waits for its own child's socket and ends; what stays in the background is not ours to reap.
    for (;;) {
        int status = 0;
        const pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return judge(status);
        if (ended < 0 && errno != EINTR)
            return posixError("waitpid", errno);
        if (std::chrono::steady_clock::now() > deadline) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return Error {ErrorCode::TimedOut, u"the catalog did not start in time"_s, "timed_out"};
        }
        std::this_thread::sleep_for(Milliseconds {5});
    }
}

} // namespace vidimus::catalog
