#include "core/worker/shared_memory.h"

#include "core/base/posix_error.h"
#include "core/worker/message.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <utility>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {
constexpr int kSizeSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
}

SharedMemory::SharedMemory(UniqueFd fd, std::span<std::byte> bytes)
    : m_fd(std::move(fd))
    , m_bytes(bytes)
{
}

SharedMemory::SharedMemory(SharedMemory&& other) noexcept
    : m_fd(std::move(other.m_fd))
    , m_bytes(std::exchange(other.m_bytes, {}))
{
}

SharedMemory& SharedMemory::operator=(SharedMemory&& other) noexcept
{
    std::swap(m_fd, other.m_fd);
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

SharedMemory::~SharedMemory()
{
    if (!m_bytes.empty())
        munmap(m_bytes.data(), m_bytes.size());
}

Result<SharedMemory> SharedMemory::map(UniqueFd fd, std::size_t bytes)
{
    void* address = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
    if (address == MAP_FAILED)
        return posixError("mmap", errno);
    return SharedMemory(std::move(fd), {static_cast<std::byte*>(address), bytes});
}

Result<SharedMemory> SharedMemory::create(std::size_t bytes)
{
    if (bytes == 0)
        return Error {ErrorCode::Invalid, u"shared memory of no size"_s, "invalid"};
    if (bytes > kMaxSharedBytes)
        return Error {ErrorCode::LimitExceeded, u"%1 bytes of shared memory"_s.arg(bytes), "limit_exceeded"};
    UniqueFd fd(memfd_create("vidimus-frames", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd.isValid())
        return posixError("memfd_create", errno);
    if (ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0)
        return posixError("ftruncate", errno);
    if (fcntl(fd.get(), F_ADD_SEALS, kSizeSeals) != 0)
        return posixError("fcntl", errno);
    return map(std::move(fd), bytes);
}

Result<SharedMemory> SharedMemory::attach(UniqueFd fd, std::size_t bytes)
{
    if (bytes == 0 || bytes > kMaxSharedBytes)
        return protocolError(u"shared memory of %1 bytes"_s.arg(bytes));
    const int seals = fcntl(fd.get(), F_GET_SEALS);
    if (seals < 0 || (seals & kSizeSeals) != kSizeSeals)
        return protocolError(u"shared memory without seals"_s);
    if (lseek(fd.get(), 0, SEEK_END) != static_cast<off_t>(bytes))
        return protocolError(u"shared memory of another size"_s);
    return map(std::move(fd), bytes);
}

} // namespace vidimus::worker
