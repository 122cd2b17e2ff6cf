/* With VIDIMUS_FAULT_LOG set, writes each call that changes files below VIDIMUS_FAULT_ROOT into that file, in order and
 * once it was done: "write PATH", "sync PATH", "rename FROM TO", "remove PATH", with tabs between.
 *
 * Counts the calls that change files below VIDIMUS_FAULT_ROOT and fails number VIDIMUS_FAULT_AT with the errno
 * VIDIMUS_FAULT_ERRNO; with VIDIMUS_FAULT_SHORT a failing write is a short one instead. The caller may ask for
 * vidimus_fault_count() and start counting with vidimus_fault_arm().
 *
 * After vidimus_fault_delay_syncs(N), each sync of such a file takes N milliseconds longer, as on a slow disk. */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int g_armed;
static atomic_long g_count;
static atomic_int g_syncDelayMs;

void vidimus_fault_arm(void)
{
    atomic_store(&g_armed, 1);
}
long vidimus_fault_count(void)
{
    return atomic_load(&g_count);
}

void vidimus_fault_delay_syncs(int milliseconds)
{
    atomic_store(&g_syncDelayMs, milliseconds);
}

static int isBelowRoot(const char* path)
{
    const char* root = getenv("VIDIMUS_FAULT_ROOT");
    return root && strncmp(path, root, strlen(root)) == 0;
}

static void pathOf(int fd, char* path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
}

static int isOurs(int fd)
{
    char path[PATH_MAX];
    pathOf(fd, path);
    return isBelowRoot(path);
}

/* One write a line, so that lines of several threads and programs do not mix; a call that failed is none. */
static void note(int failed, const char* call, const char* first, const char* second)
{
    const char* log = getenv("VIDIMUS_FAULT_LOG");
    if (!log || failed)
        return;
    char line[2 * PATH_MAX + 32];
    const int length = snprintf(line, sizeof line, second ? "%s\t%s\t%s\n" : "%s\t%s\n", call, first, second);
    const int before = errno;
    const int fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd >= 0) {
        if (syscall(SYS_write, fd, line, (size_t)length) != length)
            abort();
        syscall(SYS_close, fd);
    }
    errno = before;
}

static void noteFd(int failed, const char* call, int fd)
{
    char path[PATH_MAX];
    if (!getenv("VIDIMUS_FAULT_LOG"))
        return;
    pathOf(fd, path);
    if (isBelowRoot(path))
        note(failed, call, path, NULL);
}

/* 1 when this call is the one that fails; errno is set. */
static int fails(void)
{
    if (!atomic_load(&g_armed))
        return 0;
    const char* at = getenv("VIDIMUS_FAULT_AT");
    if (atomic_fetch_add(&g_count, 1) + 1 != (at ? atol(at) : 0))
        return 0;
    const char* number = getenv("VIDIMUS_FAULT_ERRNO");
    errno = number ? atoi(number) : EIO;
    return 1;
}

/* Before the sync itself: what waits for it waits longer. */
static void delaySync(int fd)
{
    const int milliseconds = atomic_load(&g_syncDelayMs);
    if (milliseconds > 0 && isOurs(fd))
        usleep((useconds_t)milliseconds * 1000);
}

static int isShort(void)
{
    return getenv("VIDIMUS_FAULT_SHORT") != NULL;
}

#define REAL(type, name, ...)                                                                                          \
    static type (*real)(__VA_ARGS__);                                                                                  \
    if (!real)                                                                                                         \
    real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void* data, size_t size)
{
    REAL(ssize_t, "write", int, const void*, size_t);
    if (isOurs(fd) && fails())
        return isShort() && size > 1 ? real(fd, data, size / 2) : -1;
    const ssize_t done = real(fd, data, size);
    noteFd(done < 0, "write", fd);
    return done;
}

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset)
{
    REAL(ssize_t, "pwrite64", int, const void*, size_t, off64_t);
    if (isOurs(fd) && fails())
        return isShort() && size > 1 ? real(fd, data, size / 2, offset) : -1;
    const ssize_t done = real(fd, data, size, offset);
    noteFd(done < 0, "write", fd);
    return done;
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t offset)
{
    REAL(ssize_t, "pwrite", int, const void*, size_t, off_t);
    if (isOurs(fd) && fails())
        return isShort() && size > 1 ? real(fd, data, size / 2, offset) : -1;
    const ssize_t done = real(fd, data, size, offset);
    noteFd(done < 0, "write", fd);
    return done;
}

int fsync(int fd)
{
    REAL(int, "fsync", int);
    delaySync(fd);
    const int result = isOurs(fd) && fails() ? -1 : real(fd);
    noteFd(result != 0, "sync", fd);
    return result;
}

int fdatasync(int fd)
{
    REAL(int, "fdatasync", int);
    delaySync(fd);
    const int result = isOurs(fd) && fails() ? -1 : real(fd);
    noteFd(result != 0, "sync", fd);
    return result;
}

int ftruncate64(int fd, off64_t size)
{
    REAL(int, "ftruncate64", int, off64_t);
    const int result = isOurs(fd) && fails() ? -1 : real(fd, size);
    noteFd(result != 0, "write", fd);
    return result;
}

int ftruncate(int fd, off_t size)
{
    REAL(int, "ftruncate", int, off_t);
    const int result = isOurs(fd) && fails() ? -1 : real(fd, size);
    noteFd(result != 0, "write", fd);
    return result;
}

int rename(const char* from, const char* to)
{
    REAL(int, "rename", const char*, const char*);
    const int result = isBelowRoot(to) && fails() ? -1 : real(from, to);
    if (isBelowRoot(to))
        note(result != 0, "rename", from, to);
    return result;
}

int unlink(const char* path)
{
    REAL(int, "unlink", const char*);
    const int result = isBelowRoot(path) && fails() ? -1 : real(path);
    if (isBelowRoot(path))
        note(result != 0, "remove", path, NULL);
    return result;
}

int open64(const char* path, int flags, ...)
{
    REAL(int, "open64", const char*, int, ...);
    va_list list;
    va_start(list, flags);
    const mode_t mode = va_arg(list, mode_t);
    va_end(list);
    return (flags & O_CREAT) != 0 && isBelowRoot(path) && fails() ? -1 : real(path, flags, mode);
}

int open(const char* path, int flags, ...)
{
    REAL(int, "open", const char*, int, ...);
    va_list list;
    va_start(list, flags);
    const mode_t mode = va_arg(list, mode_t);
    va_end(list);
    return (flags & O_CREAT) != 0 && isBelowRoot(path) && fails() ? -1 : real(path, flags, mode);
}
