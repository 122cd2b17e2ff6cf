#include "commands.h"

#include "core/base/json.h"
#include "core/base/unique_fd.h"
#include "core/worker/self_probe.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;

namespace {

/// 0 when the forbidden thing was done; the errno of the refusal otherwise.
using Attempt = int (*)();

int errnoIf(bool failed)
{
    return failed ? errno : 0;
}

int tryOpen(const char* path, int flags)
{
    return errnoIf(!UniqueFd(open(path, flags | O_CLOEXEC, 0600)).isValid());
}

int tryNetwork(int (*call)(int, const sockaddr*, socklen_t))
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(9);
    // On descriptor 3, the channel: the call itself is what must not get through.
    return errnoIf(call(3, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0);
}

int tryExecute()
{
    char name[] = "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2";
    char* const arguments[] = {name, nullptr};
    char* const environment[] = {nullptr};
    return errnoIf(execve(name, arguments, environment) != 0);
}

int tryFork()
{
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    return errnoIf(child < 0);
}

int tryExecutableMemory()
{
    void* memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return errno;
    if (mprotect(memory, 4096, PROT_READ | PROT_EXEC) == 0)
        return 0;
    return errnoIf(
        mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
}

int tryRaiseLimit()
{
    const rlimit generous {1 << 16, 1 << 16};
    return errnoIf(setrlimit(RLIMIT_NOFILE, &generous) != 0);
}

int tryMemoryOverLimit()
{
    constexpr std::size_t kPiece = std::size_t {64} << 20;
    constexpr int kPieces = 64; // 4 GiB, well over the limit of a small worker
    for (int piece = 0; piece < kPieces; ++piece) {
        void* memory = mmap(nullptr, kPiece, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            return errno;
#ifdef VIDIMUS_ASAN // there it is resident memory that counts
        std::memset(memory, 1, kPiece);
#endif
    }
    return 0;
}

struct AttemptRow {
    const char* name;
    Attempt attempt;
};

constexpr AttemptRow kAttempts[] = {
    {"open_file", [] { return tryOpen("/usr/lib/os-release", O_RDONLY); }},
    {"open_home", [] { return tryOpen("/home", O_RDONLY | O_DIRECTORY); }},
    {"open_passwd", [] { return tryOpen("/etc/passwd", O_RDONLY); }},
    {"open_by_descriptor_path", [] { return tryOpen("/proc/self/fd/3", O_RDWR); }},
    {"write_outside", [] { return tryOpen("/tmp/vidimus-self-probe", O_WRONLY | O_CREAT); }},
    {"socket", [] { return errnoIf(!UniqueFd(socket(AF_INET, SOCK_STREAM, 0)).isValid()); }},
    {"connect", [] { return tryNetwork(connect); }},
    {"bind", [] { return tryNetwork(bind); }},
    {"execute", tryExecute},
    {"fork", tryFork},
    {"trace", [] { return errnoIf(ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) != 0); }},
    {"kill_other", [] { return errnoIf(kill(getppid(), 0) != 0); }},
    {"executable_memory", tryExecutableMemory},
    {"new_namespace", [] { return errnoIf(unshare(CLONE_NEWUSER) != 0); }},
    {"raise_limit", tryRaiseLimit},
    {"memory_over_limit", tryMemoryOverLimit},
};

} // namespace

worker::Message runSelfProbe(Session&, worker::Received request)
{
    const auto object = worker::jsonPayload(request.message);
    const QByteArray name = object ? object->value("name"_L1).toString().toLatin1() : QByteArray();
    for (const AttemptRow& row : kAttempts) {
        if (name != row.name)
            continue;
        const int refusal = row.attempt();
        const worker::SelfProbeOutcome outcome {
            name, refusal != 0, refusal != 0 ? QString::fromLatin1(strerrorname_np(refusal)) : u"it was done"_s};
        return worker::jsonMessage(worker::MessageType::Result, worker::toJson(outcome));
    }
    return worker::failureMessage(Error {ErrorCode::Invalid, u"no such self-probe"_s, "invalid"});
}

} // namespace vidimus::mediaworker
