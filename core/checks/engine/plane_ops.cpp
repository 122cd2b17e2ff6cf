#include "core/checks/engine/plane_ops_p.h"

#include <array>
#include <cstdlib>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace vidimus::checks::engine {

namespace {

constexpr int kBlock = 8;
constexpr int kNarrow = 4;

void addNarrowSumsScalar(const std::uint8_t* row, int blocks, std::uint32_t* sums)
{
    for (int block = 0; block < blocks; ++block) {
        const std::uint8_t* four = row + static_cast<std::ptrdiff_t>(block) * kNarrow;
        sums[block] += std::uint32_t(four[0]) + four[1] + four[2] + four[3];
    }
}

std::uint32_t countAtMostScalar(const std::uint8_t* row, int count, int code)
{
    std::uint32_t found = 0;
    for (int x = 0; x < count; ++x)
        found += row[x] <= code ? 1U : 0U;
    return found;
}

void addBlockSumsScalar(const std::uint8_t* row, int blocks, std::uint32_t* sums)
{
    for (int block = 0; block < blocks; ++block) {
        std::uint32_t sum = 0;
        for (int x = 0; x < kBlock; ++x)
            sum += row[block * kBlock + x];
        sums[block] += sum;
    }
}

std::uint32_t differenceScalar(const std::uint8_t* a, const std::uint8_t* b, int count)
{
    std::uint32_t sum = 0;
    for (int x = 0; x < count; ++x)
        sum += static_cast<std::uint32_t>(std::abs(int(a[x]) - int(b[x])));
    return sum;
}

void addBlocks(const std::uint8_t* row, int blocks, std::uint64_t* sums)
{
    for (int block = 0; block < blocks; ++block) {
        std::uint32_t sum = 0;
        for (int x = 0; x < kBlock; ++x)
            sum += row[block * kBlock + x];
        sums[block] += sum;
    }
}

void readRowScalar(const std::uint8_t* row, int count, RowReading& reading)
{
    if (reading.blockSums != nullptr)
        addBlocks(row, count / kBlock, reading.blockSums);
    if (reading.reference != nullptr)
        reading.difference += differenceScalar(row, reading.reference, count);
    reading.atMost += countAtMostScalar(row, count, reading.code);
}

constexpr PlaneOps kScalar {
    addBlockSumsScalar, addNarrowSumsScalar, countAtMostScalar, differenceScalar, readRowScalar};

#if defined(__x86_64__)

// PSADBW adds eight absolute differences of bytes: against zero it adds a block's row.
void addBlockSumsSse2(const std::uint8_t* row, int blocks, std::uint32_t* sums)
{
    int block = 0;
    for (; block + 4 <= blocks; block += 4) {
        const auto* from = reinterpret_cast<const __m128i*>(row + block * kBlock);
        auto* to = reinterpret_cast<__m128i*>(sums + block);
        const __m128i zero = _mm_setzero_si128();
        const __m128 low = _mm_castsi128_ps(_mm_sad_epu8(_mm_loadu_si128(from), zero));
        const __m128 high = _mm_castsi128_ps(_mm_sad_epu8(_mm_loadu_si128(from + 1), zero));
        const __m128i four = _mm_castps_si128(_mm_shuffle_ps(low, high, _MM_SHUFFLE(2, 0, 2, 0)));
        _mm_storeu_si128(to, _mm_add_epi32(_mm_loadu_si128(to), four));
    }
    addBlockSumsScalar(row + static_cast<std::ptrdiff_t>(block) * kBlock, blocks - block, sums + block);
}

// Bytes are widened to words, and PMADDWD by one adds their pairs; twice makes four.
void addNarrowSumsSse2(const std::uint8_t* row, int blocks, std::uint32_t* sums)
{
    int block = 0;
    const __m128i zero = _mm_setzero_si128();
    const __m128i one = _mm_set1_epi16(1);
    for (; block + 4 <= blocks; block += 4) {
        const __m128i pixels = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + block * kNarrow));
        const __m128 low = _mm_castsi128_ps(_mm_madd_epi16(_mm_unpacklo_epi8(pixels, zero), one));
        const __m128 high = _mm_castsi128_ps(_mm_madd_epi16(_mm_unpackhi_epi8(pixels, zero), one));
        const __m128i even = _mm_castps_si128(_mm_shuffle_ps(low, high, _MM_SHUFFLE(2, 0, 2, 0)));
        const __m128i odd = _mm_castps_si128(_mm_shuffle_ps(low, high, _MM_SHUFFLE(3, 1, 3, 1)));
        auto* to = reinterpret_cast<__m128i*>(sums + block);
        _mm_storeu_si128(to, _mm_add_epi32(_mm_loadu_si128(to), _mm_add_epi32(even, odd)));
    }
    addNarrowSumsScalar(row + static_cast<std::ptrdiff_t>(block) * kNarrow, blocks - block, sums + block);
}

// A byte is at most the code where the smaller of both is the byte; such places are -1, and are taken away.
std::uint32_t countAtMostSse2(const std::uint8_t* row, int count, int code)
{
    const __m128i limit = _mm_set1_epi8(static_cast<char>(code));
    const __m128i zero = _mm_setzero_si128();
    __m128i found = zero;
    int x = 0;
    while (x + 16 <= count) {
        __m128i part = zero;
        for (int i = 0; i < 255 && x + 16 <= count; ++i, x += 16) { // a byte counts that far
            const __m128i pixels = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + x));
            part = _mm_sub_epi8(part, _mm_cmpeq_epi8(_mm_min_epu8(pixels, limit), pixels));
        }
        found = _mm_add_epi64(found, _mm_sad_epu8(part, zero));
    }
    const auto all = _mm_cvtsi128_si64(_mm_add_epi64(found, _mm_unpackhi_epi64(found, found)));
    return static_cast<std::uint32_t>(all) + countAtMostScalar(row + x, count - x, code);
}

std::uint32_t differenceSse2(const std::uint8_t* a, const std::uint8_t* b, int count)
{
    __m128i sum = _mm_setzero_si128();
    int x = 0;
    for (; x + 16 <= count; x += 16) {
        const __m128i left = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a + x));
        const __m128i right = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b + x));
        sum = _mm_add_epi64(sum, _mm_sad_epu8(left, right));
    }
    const auto both = _mm_cvtsi128_si64(_mm_add_epi64(sum, _mm_unpackhi_epi64(sum, sum)));
    return static_cast<std::uint32_t>(both) + differenceScalar(a + x, b + x, count - x);
}

__attribute__((target("avx2"))) void addBlockSumsAvx2(const std::uint8_t* row, int blocks, std::uint32_t* sums)
{
    const __m256i order = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
    int block = 0;
    for (; block + 8 <= blocks; block += 8) {
        const auto* from = reinterpret_cast<const __m256i*>(row + block * kBlock);
        auto* to = reinterpret_cast<__m256i*>(sums + block);
        const __m256i zero = _mm256_setzero_si256();
        const __m256i low = _mm256_permutevar8x32_epi32(_mm256_sad_epu8(_mm256_loadu_si256(from), zero), order);
        const __m256i high = _mm256_permutevar8x32_epi32(_mm256_sad_epu8(_mm256_loadu_si256(from + 1), zero), order);
        const __m256i eight = _mm256_blend_epi32(low, high, 0xF0);
        _mm256_storeu_si256(to, _mm256_add_epi32(_mm256_loadu_si256(to), eight));
    }
    addBlockSumsSse2(row + static_cast<std::ptrdiff_t>(block) * kBlock, blocks - block, sums + block);
}

__attribute__((target("avx2"))) void addNarrowSumsAvx2(const std::uint8_t* row, int blocks, std::uint32_t* sums)
{
    const __m256i oneByte = _mm256_set1_epi8(1);
    const __m256i one = _mm256_set1_epi16(1);
    int block = 0;
    for (; block + 8 <= blocks; block += 8) {
        const __m256i pixels = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + block * kNarrow));
        const __m256i eight = _mm256_madd_epi16(_mm256_maddubs_epi16(pixels, oneByte), one);
        auto* to = reinterpret_cast<__m256i*>(sums + block);
        _mm256_storeu_si256(to, _mm256_add_epi32(_mm256_loadu_si256(to), eight));
    }
    addNarrowSumsSse2(row + static_cast<std::ptrdiff_t>(block) * kNarrow, blocks - block, sums + block);
}

__attribute__((target("avx2"))) std::uint32_t countAtMostAvx2(const std::uint8_t* row, int count, int code)
{
    const __m256i limit = _mm256_set1_epi8(static_cast<char>(code));
    const __m256i zero = _mm256_setzero_si256();
    __m256i found = zero;
    int x = 0;
    while (x + 32 <= count) {
        __m256i part = zero;
        for (int i = 0; i < 255 && x + 32 <= count; ++i, x += 32) {
            const __m256i pixels = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + x));
            part = _mm256_sub_epi8(part, _mm256_cmpeq_epi8(_mm256_min_epu8(pixels, limit), pixels));
        }
        found = _mm256_add_epi64(found, _mm256_sad_epu8(part, zero));
    }
    const __m128i half = _mm_add_epi64(_mm256_castsi256_si128(found), _mm256_extracti128_si256(found, 1));
    const auto all = _mm_cvtsi128_si64(_mm_add_epi64(half, _mm_unpackhi_epi64(half, half)));
    return static_cast<std::uint32_t>(all) + countAtMostSse2(row + x, count - x, code);
}

__attribute__((target("avx2"))) std::uint32_t differenceAvx2(const std::uint8_t* a, const std::uint8_t* b, int count)
{
    __m256i sum = _mm256_setzero_si256();
    int x = 0;
    for (; x + 32 <= count; x += 32) {
        const __m256i left = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + x));
        const __m256i right = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + x));
        sum = _mm256_add_epi64(sum, _mm256_sad_epu8(left, right));
    }
    const __m128i half = _mm_add_epi64(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    const auto both = _mm_cvtsi128_si64(_mm_add_epi64(half, _mm_unpackhi_epi64(half, half)));
    return static_cast<std::uint32_t>(both) + differenceSse2(a + x, b + x, count - x);
}

void readRowSse2(const std::uint8_t* row, int count, RowReading& reading)
{
    if (reading.blockSums != nullptr)
        addBlocks(row, count / kBlock, reading.blockSums);
    if (reading.reference != nullptr)
        reading.difference += differenceSse2(row, reading.reference, count);
    reading.atMost += countAtMostSse2(row, count, reading.code);
}

__attribute__((target("avx2"))) std::uint64_t sumOfLanes(__m256i lanes)
{
    const __m128i two = _mm_add_epi64(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    return static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_add_epi64(two, _mm_unpackhi_epi64(two, two))));
}

template<bool kSums, bool kCompares>
__attribute__((target("avx2"))) void readRowWith(const std::uint8_t* row, int count, RowReading& reading)
{
    const __m256i limit = _mm256_set1_epi8(static_cast<char>(reading.code));
    const __m256i zero = _mm256_setzero_si256();
    __m256i found = zero;
    __m256i difference = zero;
    int x = 0;
    while (x + 32 <= count) {
        __m256i part = zero;
        for (int i = 0; i < 255 && x + 32 <= count; ++i, x += 32) { // a byte counts that far
            const __m256i pixels = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + x));
            part = _mm256_sub_epi8(part, _mm256_cmpeq_epi8(_mm256_min_epu8(pixels, limit), pixels));
            if constexpr (kSums) {
                auto* sums = reinterpret_cast<__m256i*>(reading.blockSums + x / kBlock);
                _mm256_storeu_si256(sums, _mm256_add_epi64(_mm256_loadu_si256(sums), _mm256_sad_epu8(pixels, zero)));
            }
            if constexpr (kCompares) {
                const __m256i other = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(reading.reference + x));
                difference = _mm256_add_epi64(difference, _mm256_sad_epu8(pixels, other));
            }
        }
        found = _mm256_add_epi64(found, _mm256_sad_epu8(part, zero));
    }
    reading.atMost += sumOfLanes(found) + countAtMostScalar(row + x, count - x, reading.code);
    if constexpr (kSums)
        addBlocks(row + x, (count - x) / kBlock, reading.blockSums + x / kBlock);
    if constexpr (kCompares)
        reading.difference += sumOfLanes(difference) + differenceScalar(row + x, reading.reference + x, count - x);
}

void readRowAvx2(const std::uint8_t* row, int count, RowReading& reading)
{
    const bool compares = reading.reference != nullptr;
    if (reading.blockSums != nullptr)
        return compares ? readRowWith<true, true>(row, count, reading) : readRowWith<true, false>(row, count, reading);
    return compares ? readRowWith<false, true>(row, count, reading) : readRowWith<false, false>(row, count, reading);
}

constexpr PlaneOps kSse2 {addBlockSumsSse2, addNarrowSumsSse2, countAtMostSse2, differenceSse2, readRowSse2};
constexpr PlaneOps kAvx2 {addBlockSumsAvx2, addNarrowSumsAvx2, countAtMostAvx2, differenceAvx2, readRowAvx2};

#endif

std::vector<VectorPath> findPaths()
{
    std::vector<VectorPath> paths {VectorPath::Scalar};
#if defined(__x86_64__)
    paths.push_back(VectorPath::Sse2);
    if (__builtin_cpu_supports("avx2"))
        paths.push_back(VectorPath::Avx2);
#endif
    return paths;
}

} // namespace

std::span<const VectorPath> vectorPaths()
{
    static const std::vector<VectorPath> paths = findPaths();
    return paths;
}

const PlaneOps& planeOps(VectorPath path)
{
#if defined(__x86_64__)
    if (path == VectorPath::Avx2)
        return kAvx2;
    if (path == VectorPath::Sse2)
        return kSse2;
#endif
    static_cast<void>(path);
    return kScalar;
}

const PlaneOps& planeOps()
{
    static const PlaneOps& best = planeOps(vectorPaths().back());
    return best;
}

} // namespace vidimus::checks::engine
