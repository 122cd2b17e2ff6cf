/* Counts the calls that change files below VIDIMUS_FAULT_ROOT and fails number VIDIMUS_FAULT_AT with the errno
 * VIDIMUS_FAULT_ERRNO; with VIDIMUS_FAULT_SHORT a failing write is a short one instead. The caller may ask for
 * vidimus_fault_count() and start counting with vidimus_fault_arm(). */
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
#include <unistd.h>

static atomic_int g_armed;
static atomic_long g_count;

void vidimus_fault_arm(void)
{
    atomic_store(&g_armed, 1);
}
long vidimus_fault_count(void)
{
    return atomic_load(&g_count);
}

static int isBelowRoot(const char* path)
{
    const char* root = getenv("VIDIMUS_FAULT_ROOT");
    return root && strncmp(path, root, strlen(root)) == 0;
}

static int isOurs(int fd)
{
    char link[64];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return isBelowRoot(path);
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
    return real(fd, data, size);
}

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset)
{
    REAL(ssize_t, "pwrite64", int, const void*, size_t, off64_t);
    if (isOurs(fd) && fails())
        return isShort() && size > 1 ? real(fd, data, size / 2, offset) : -1;
    return real(fd, data, size, offset);
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t offset)
{
    REAL(ssize_t, "pwrite", int, const void*, size_t, off_t);
    if (isOurs(fd) && fails())
        return isShort() && size > 1 ? real(fd, data, size / 2, offset) : -1;
    return real(fd, data, size, offset);
}

int fsync(int fd)
{
    REAL(int, "fsync", int);
    return isOurs(fd) && fails() ? -1 : real(fd);
}

int fdatasync(int fd)
{
    REAL(int, "fdatasync", int);
    return isOurs(fd) && fails() ? -1 : real(fd);
}

int ftruncate64(int fd, off64_t size)
{
    REAL(int, "ftruncate64", int, off64_t);
    return isOurs(fd) && fails() ? -1 : real(fd, size);
}

int ftruncate(int fd, off_t size)
{
    REAL(int, "ftruncate", int, off_t);
    return isOurs(fd) && fails() ? -1 : real(fd, size);
}

int rename(const char* from, const char* to)
{
    REAL(int, "rename", const char*, const char*);
    return isBelowRoot(to) && fails() ? -1 : real(from, to);
}

int unlink(const char* path)
{
    REAL(int, "unlink", const char*);
    return isBelowRoot(path) && fails() ? -1 : real(path);
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
