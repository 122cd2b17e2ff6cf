#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <cstddef>
#include <span>

namespace vidimus::worker {

/// Memory that parent and worker both see: a memfd sealed against shrinking, growing and new seals, so that neither
/// side can make the other touch pages that are gone. Its contents are the worker's word and nothing more. One owner.
class SharedMemory {
public:
    SharedMemory() = default;
    SharedMemory(SharedMemory&& other) noexcept;
    SharedMemory& operator=(SharedMemory&& other) noexcept;
    ~SharedMemory();

    /// Errors: Io, LimitExceeded (above kMaxSharedBytes), Invalid (zero).
    [[nodiscard]] static Result<SharedMemory> create(std::size_t bytes);
    /// Maps what the other side made; \a bytes must be its exact size and the seals must be in place.
    /// Errors: Corrupt "worker_protocol", Io.
    [[nodiscard]] static Result<SharedMemory> attach(UniqueFd fd, std::size_t bytes);

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] std::span<std::byte> bytes() const { return m_bytes; }

private:
    SharedMemory(UniqueFd fd, std::span<std::byte> bytes);
    [[nodiscard]] static Result<SharedMemory> map(UniqueFd fd, std::size_t bytes);

    UniqueFd m_fd;
    std::span<std::byte> m_bytes;
};

/// Eight slots of an 8K picture in four bytes a pixel.
inline constexpr std::size_t kMaxSharedBytes = std::size_t {8} * 7680 * 4320 * 4;

} // namespace vidimus::worker
