#include "core/worker/child_process.h"

#include "core/base/posix_error.h"

#include <QFile>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLowestSafeFd = 10; // above every descriptor that the child is given
constexpr qsizetype kStderrTailBytes = 4096;

#ifdef VIDIMUS_ASAN
// A leak check would start a tracer, which the sandbox forbids; the parent watches resident memory instead of rlimits.
constexpr const char* kSanitizerOptions = "ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:abort_on_error=0";
#endif

struct SpawnActions {
    posix_spawn_file_actions_t value;
    SpawnActions() { posix_spawn_file_actions_init(&value); }
    ~SpawnActions() { posix_spawn_file_actions_destroy(&value); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
};

struct SpawnAttributes {
    posix_spawnattr_t value;
    SpawnAttributes() { posix_spawnattr_init(&value); }
    ~SpawnAttributes() { posix_spawnattr_destroy(&value); }
    SpawnAttributes(const SpawnAttributes&) = delete;
    SpawnAttributes& operator=(const SpawnAttributes&) = delete;
};

/// Moves a descriptor out of the way of the numbers that the child will use.
Result<UniqueFd> movedUp(UniqueFd fd)
{
    UniqueFd moved(fcntl(fd.get(), F_DUPFD_CLOEXEC, kLowestSafeFd));
    if (!moved.isValid())
        return posixError("fcntl", errno);
    return moved;
}

void setCleanSignals(posix_spawnattr_t& attributes)
{
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0); // the terminal's Ctrl+C is the parent's business
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

qint64 residentBytesOf(const QByteArray& pid, int depth)
{
    constexpr int kDeepest = 4; // bubblewrap has two processes above the worker
    const QString folder = u"/proc/"_s + QString::fromLatin1(pid);
    QFile statm(folder + "/statm"_L1);
    QFile children(folder + "/task/"_L1 + QString::fromLatin1(pid) + "/children"_L1);
    qint64 bytes = 0;
    if (statm.open(QIODevice::ReadOnly))
        bytes = statm.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
    if (depth < kDeepest && children.open(QIODevice::ReadOnly)) {
        const auto pids = children.readAll().split(' ');
        for (const QByteArray& child : pids) {
            if (!child.trimmed().isEmpty())
                bytes += residentBytesOf(child.trimmed(), depth + 1);
        }
    }
    return bytes;
}

} // namespace

ChildProcess::ChildProcess(pid_t pid, UniqueFd stderrPipe)
    : m_pid(pid)
    , m_stderr(std::move(stderrPipe))
{
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_pid(std::exchange(other.m_pid, -1))
    , m_status(std::exchange(other.m_status, std::nullopt))
    , m_stderr(std::move(other.m_stderr))
    , m_stderrTail(std::move(other.m_stderrTail))
{
}

ChildProcess::~ChildProcess()
{
    killAndWait();
}

Result<ChildProcess> ChildProcess::start(const QList<QByteArray>& command, UniqueFd channel)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return posixError("pipe2", errno);
    UniqueFd readEnd(ends[0]);
    auto writeEnd = movedUp(UniqueFd(ends[1]));
    auto socket = movedUp(std::move(channel));
    if (!writeEnd || !socket)
        return writeEnd ? socket.error() : writeEnd.error();

    SpawnActions actions;
    posix_spawn_file_actions_addopen(&actions.value, STDIN_FILENO, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&actions.value, STDIN_FILENO, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions.value, writeEnd->get(), STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&actions.value, socket->get(), kWorkerSocketFd);
    posix_spawn_file_actions_addclosefrom_np(&actions.value, kWorkerSocketFd + 1);
    SpawnAttributes attributes;
    setCleanSignals(attributes.value);

    std::vector<char*> arguments;
    for (const QByteArray& argument : command)
        arguments.push_back(const_cast<char*>(argument.constData())); // posix_spawn only reads
    arguments.push_back(nullptr);
    const std::array environment {const_cast<char*>("LC_ALL=C.UTF-8"), const_cast<char*>("TZ=UTC"),
#ifdef VIDIMUS_ASAN
        const_cast<char*>(kSanitizerOptions),
#endif
        static_cast<char*>(nullptr)};
    pid_t pid = -1;
    const int failure
        = posix_spawn(&pid, arguments[0], &actions.value, &attributes.value, arguments.data(), environment.data());
    if (failure != 0)
        return posixError("posix_spawn", failure);
    return ChildProcess(pid, std::move(readEnd));
}

void ChildProcess::kill()
{
    if (m_pid > 0 && !m_status)
        ::kill(m_pid, SIGKILL);
}

std::optional<int> ChildProcess::poll()
{
    if (!m_status && m_pid > 0) {
        int status = 0;
        if (waitpid(m_pid, &status, WNOHANG) == m_pid)
            m_status = status;
    }
    return m_status;
}

int ChildProcess::killAndWait()
{
    if (m_pid <= 0)
        return 0;
    kill();
    while (!m_status) {
        int status = 0;
        const pid_t done = waitpid(m_pid, &status, 0);
        if (done == m_pid || (done < 0 && errno != EINTR))
            m_status = status;
    }
    return *m_status;
}

const QByteArray& ChildProcess::drainStderr()
{
    constexpr int kMostReads = 64; // a child that prints without end must not hold us
    std::array<char, 4096> piece {};
    for (int reads = 0; reads < kMostReads; ++reads) {
        const ssize_t got = read(m_stderr.get(), piece.data(), piece.size());
        if (got <= 0)
            break;
        m_stderrTail.append(piece.data(), got);
        m_stderrTail = m_stderrTail.right(kStderrTailBytes);
    }
    return m_stderrTail;
}

qint64 ChildProcess::residentBytes() const
{
    return m_pid > 0 ? residentBytesOf(QByteArray::number(m_pid), 0) : 0;
}

} // namespace vidimus::worker
