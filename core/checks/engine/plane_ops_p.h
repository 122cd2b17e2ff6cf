#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vidimus::checks::engine {

/// Which machine code the loops over every pixel run in. Sums of integers are the same on every path.
enum class VectorPath : std::uint8_t {
    Scalar,
    Sse2, ///< every x86-64 processor
    Avx2,
};

/// What one reading of a row adds up.
struct RowReading {
    std::uint64_t* blockSums = nullptr; ///< [n] += pixels [8n, 8n + 8), for each whole block; null: not wanted
    const std::uint8_t* reference = nullptr; ///< a row to compare with; null: none
    int code = 0;
    std::uint64_t atMost = 0; ///< += pixels at or below code
    std::uint64_t difference = 0; ///< += Σ |pixel − reference|
};

/// Loops over rows of 8-bit pixels. Pure; any thread.
struct PlaneOps {
    /// sums[n] += pixels [8n, 8n + 8) of a row, for n in [0, blocks).
    void (*addBlockSums)(const std::uint8_t* row, int blocks, std::uint32_t* sums);
    /// The same with blocks of four pixels.
    void (*addNarrowSums)(const std::uint8_t* row, int blocks, std::uint32_t* sums);
    /// Pixels at or below \a code, which is 0 to 255.
    std::uint32_t (*countAtMost)(const std::uint8_t* row, int count, int code);
    /// Σ |a − b|. At most 16 million pixels.
    std::uint32_t (*difference)(const std::uint8_t* a, const std::uint8_t* b, int count);
    /// All that a walk over a plane wants, with each pixel read once. At most 16 million pixels.
    void (*readRow)(const std::uint8_t* row, int count, RowReading& reading);
};

/// The paths that this machine and this build can run, slowest first; never empty.
[[nodiscard]] std::span<const VectorPath> vectorPaths();
/// \a path must be one of vectorPaths().
[[nodiscard]] const PlaneOps& planeOps(VectorPath path);
/// Those of the fastest path.
[[nodiscard]] const PlaneOps& planeOps();

} // namespace vidimus::checks::engine
