#include "system_call_filter_linux.h"

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace vidimus::mediaworker {

namespace {

/// Memory, threads, time, and reading and writing descriptors that are already open.
constexpr int kAllowed[] = {
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pwrite64),
    SCMP_SYS(lseek), SCMP_SYS(ftruncate), SCMP_SYS(fstat), SCMP_SYS(close), SCMP_SYS(fadvise64), SCMP_SYS(recvmsg),
    SCMP_SYS(sendmsg), SCMP_SYS(recvfrom), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(munmap), SCMP_SYS(mremap),
    SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(membarrier), SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
    SCMP_SYS(set_tid_address), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(getcpu), SCMP_SYS(gettid),
    SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep), SCMP_SYS(getrusage), SCMP_SYS(getrandom), SCMP_SYS(sysinfo), SCMP_SYS(uname),
#ifdef VIDIMUS_ASAN
    SCMP_SYS(pipe2), // by which the sanitizers ask whether memory can be read
#endif
};

struct Refusal {
    int systemCall;
    int error;
};

/// Tried by libraries that manage without: the MPEG-TS demuxer opens iconv tables, av_log asks for a terminal, encoders
/// lower their threads' priority, glibc tries clone3 first (its arguments cannot be read by a filter) and then clone.
constexpr Refusal kRefused[] = {
    {SCMP_SYS(open), EACCES}, {SCMP_SYS(openat), EACCES}, {SCMP_SYS(openat2), EACCES}, {SCMP_SYS(stat), EACCES},
    {SCMP_SYS(lstat), EACCES}, {SCMP_SYS(newfstatat), EACCES}, {SCMP_SYS(statx), EACCES}, {SCMP_SYS(access), EACCES},
    {SCMP_SYS(faccessat), EACCES}, {SCMP_SYS(faccessat2), EACCES}, {SCMP_SYS(readlink), EACCES},
    {SCMP_SYS(readlinkat), EACCES}, {SCMP_SYS(getcwd), EACCES}, {SCMP_SYS(unlink), EACCES}, {SCMP_SYS(mkdir), EACCES},
    {SCMP_SYS(ioctl), ENOTTY}, {SCMP_SYS(clone3), ENOSYS}, {SCMP_SYS(setpriority), EPERM},
    {SCMP_SYS(sched_setscheduler), EPERM}, {SCMP_SYS(sched_setaffinity), EPERM}, {SCMP_SYS(sched_getparam), EPERM},
    {SCMP_SYS(sched_getscheduler), EPERM}, {SCMP_SYS(set_mempolicy), EPERM}, {SCMP_SYS(get_mempolicy), EPERM},
    {SCMP_SYS(mbind), EPERM}, {SCMP_SYS(getuid), EPERM}, {SCMP_SYS(geteuid), EPERM}, {SCMP_SYS(memfd_create), EPERM},
#ifdef VIDIMUS_ASAN
    {SCMP_SYS(personality), EPERM}, // asked when it prints a report
#endif
};

struct FilterDeleter {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, FilterDeleter>;

int allowIf(const Filter& filter, int systemCall, std::initializer_list<scmp_arg_cmp> conditions)
{
    return seccomp_rule_add_array(
        filter.get(), SCMP_ACT_ALLOW, systemCall, static_cast<unsigned>(conditions.size()), conditions.begin());
}

int refuseIf(const Filter& filter, int error, int systemCall, std::initializer_list<scmp_arg_cmp> conditions)
{
    return seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(static_cast<unsigned>(error)), systemCall,
        static_cast<unsigned>(conditions.size()), conditions.begin());
}

/// Calls that are harmless with some arguments only. Returns 0 or a negative errno.
int addConditionalRules(const Filter& filter)
{
    const auto self = static_cast<scmp_datum_t>(getpid());
    int failure = 0;
    const auto check = [&failure](int result) { failure = failure != 0 ? failure : result; };
    for (const int systemCall : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        check(allowIf(filter, systemCall, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)}));
        check(refuseIf(filter, EACCES, systemCall, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)}));
    }
    check(allowIf(filter, SCMP_SYS(clone), {SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)}));
    check(allowIf(filter, SCMP_SYS(tgkill), {SCMP_A0(SCMP_CMP_EQ, self)})); // abort()
    check(allowIf(filter, SCMP_SYS(prctl), {SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)}));
    check(refuseIf(filter, EPERM, SCMP_SYS(prctl), {SCMP_A0(SCMP_CMP_NE, PR_SET_NAME)}));
    check(allowIf(filter, SCMP_SYS(prlimit64), {SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0)})); // reading
    check(refuseIf(filter, EPERM, SCMP_SYS(prlimit64), {SCMP_A2(SCMP_CMP_NE, 0)}));
    for (const int command : {F_GETFL, F_GETFD, F_SETFD, F_GET_SEALS})
        check(allowIf(filter, SCMP_SYS(fcntl), {SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command))}));
    return failure;
}

} // namespace

bool installSystemCallFilter()
{
    const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
    int failure = filter ? 0 : -ENOMEM;
    const auto check = [&failure](int result) { failure = failure != 0 ? failure : result; };
    if (failure == 0) {
        check(seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1));
        // Filters for another architecture's call numbers end the process too.
        check(seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
        for (const int systemCall : kAllowed)
            check(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, systemCall, 0));
        for (const Refusal& refusal : kRefused)
            check(seccomp_rule_add(
                filter.get(), SCMP_ACT_ERRNO(static_cast<unsigned>(refusal.error)), refusal.systemCall, 0));
        check(addConditionalRules(filter));
    }
    if (failure == 0)
        failure = seccomp_load(filter.get());
    errno = -failure;
    return failure == 0;
}

} // namespace vidimus::mediaworker
