#include "core/checks/engine/picture.h"

#include "core/checks/engine/flash_light.h"
#include "core/checks/engine/plane_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace vidimus::checks::engine {

namespace {

constexpr int kBlock = PictureProducts::kBlock;

void addBlockSums(const std::uint8_t* pixels, int blocks, std::uint32_t* sums)
{
    planeOps().addBlockSums(pixels, blocks, sums);
}

void addBlockSums(const std::uint16_t* pixels, int blocks, std::uint32_t* sums)
{
    for (int block = 0; block < blocks; ++block) {
        std::uint32_t sum = 0;
        for (int x = 0; x < kBlock; ++x)
            sum += pixels[block * kBlock + x];
        sums[block] += sum;
    }
}

/// Four tables, so that a run of equal pixels does not wait for its own last increment.
using CodeCounts = std::array<std::array<std::uint32_t, 256>, 4>;

void countCodes(const std::uint8_t* pixels, int count, int, CodeCounts& counts)
{
    int x = 0;
    for (; x + 8 <= count; x += 8) { // eight pixels a load
        std::uint64_t eight = 0;
        std::memcpy(&eight, pixels + x, sizeof eight);
        for (unsigned i = 0; i < 8; ++i)
            ++counts[i % 4][(eight >> (8 * i)) & 0xFF];
    }
    for (; x < count; ++x)
        ++counts[0][pixels[x]];
}

void countCodes(const std::uint16_t* pixels, int count, int shift, CodeCounts& counts)
{
    int x = 0;
    for (; x + 4 <= count; x += 4) {
        for (std::size_t i = 0; i < 4; ++i)
            ++counts[i][(pixels[x + static_cast<int>(i)] >> shift) & 0xFF];
    }
    for (; x < count; ++x)
        ++counts[0][(pixels[x] >> shift) & 0xFF];
}

/// Makes what is wanted in one walk over the plane, eight rows at a time, so that they are read from memory once.
template<class Pixel>
void walk(const Luma& luma, ByteGrid* means, std::array<std::uint32_t, 256>* histogram)
{
    const int columns = (luma.width + kBlock - 1) / kBlock;
    const int whole = luma.width / kBlock;
    const int rows = (luma.height + kBlock - 1) / kBlock;
    const int shift = luma.bits - 8;
    if (means != nullptr)
        means->resize(columns, rows);
    std::vector<std::uint32_t> sums(static_cast<std::size_t>(columns));
    CodeCounts counts {};
    for (int blockRow = 0; blockRow < rows; ++blockRow) {
        std::ranges::fill(sums, 0U);
        const int first = blockRow * kBlock;
        const int height = std::min(kBlock, luma.height - first);
        for (int y = first; y < first + height; ++y) {
            const auto* pixels = reinterpret_cast<const Pixel*>(luma.data + luma.stride * y);
            if (means != nullptr) {
                addBlockSums(pixels, whole, sums.data());
                for (int x = whole * kBlock; x < luma.width; ++x)
                    sums.back() += pixels[x];
            }
            if (histogram != nullptr)
                countCodes(pixels, luma.width, shift, counts);
        }
        for (int block = 0; means != nullptr && block < columns; ++block) {
            const int width = std::min(kBlock, luma.width - block * kBlock);
            const auto pixels = static_cast<std::uint32_t>(width * height) << shift;
            means->row(blockRow)[block] = static_cast<std::uint8_t>(
                std::min(255U, (sums[static_cast<std::size_t>(block)] + pixels / 2) / pixels));
        }
    }
    for (std::size_t code = 0; histogram != nullptr && code < histogram->size(); ++code)
        (*histogram)[code] = counts[0][code] + counts[1][code] + counts[2][code] + counts[3][code];
}

} // namespace

struct PictureProducts::Flashing {
    FlashCells cells;
    FlashLight light;
    bool isMeasured = false;
};

PictureProducts::PictureProducts()
{
    for (auto& strips : m_strips)
        strips = std::make_unique<Strips>();
}

PictureProducts::~PictureProducts() = default;

void PictureProducts::forget()
{
    ++m_frame;
    if (m_flashing)
        m_flashing->isMeasured = false;
    m_askedBefore = std::exchange(m_asked, {});
    m_made = {};
}

// What the frame before was asked for will be asked for again.
void PictureProducts::make(const Luma& luma)
{
    const bool means = !m_made.blockMeans && (m_asked.blockMeans || m_askedBefore.blockMeans);
    const bool histogram = !m_made.histogram && (m_asked.histogram || m_askedBefore.histogram);
    ByteGrid* const grid = means ? &m_blockMeans : nullptr;
    auto* const counts = histogram ? &m_histogram : nullptr;
    if (luma.bits > 8)
        walk<std::uint16_t>(luma, grid, counts);
    else
        walk<std::uint8_t>(luma, grid, counts);
    m_made.blockMeans = m_made.blockMeans || means;
    m_made.histogram = m_made.histogram || histogram;
}

const ByteGrid& PictureProducts::blockMeans(const Luma& luma)
{
    m_asked.blockMeans = true;
    if (!m_made.blockMeans)
        make(luma);
    return m_blockMeans;
}

const std::array<std::uint32_t, 256>& PictureProducts::histogram(const Luma& luma)
{
    m_asked.histogram = true;
    if (!m_made.histogram)
        make(luma);
    return m_histogram;
}

const Strips& PictureProducts::strips(const Luma& luma)
{
    const std::size_t place = m_frame % kKept;
    if (m_stripFrame[place] != m_frame) {
        m_strips[place]->take(luma);
        m_stripFrame[place] = m_frame;
    }
    return *m_strips[place];
}

const Strips* PictureProducts::earlierStrips(int back) const
{
    const auto distance = static_cast<std::uint64_t>(back);
    if (back < 1 || distance >= kKept || distance >= m_frame)
        return nullptr;
    const std::uint64_t frame = m_frame - distance;
    const std::size_t place = frame % kKept;
    const bool fits = m_stripFrame[place] == frame && m_strips[place]->hasShapeOf(*m_strips[m_frame % kKept]);
    return fits ? m_strips[place].get() : nullptr;
}

FlashLight& PictureProducts::flashLight(const media::FrameView& view, const Luma& luma)
{
    if (!m_flashing)
        m_flashing = std::make_unique<Flashing>();
    if (!m_flashing->isMeasured) {
        measureCells(view, luma, kFlashGridSide, m_flashing->cells);
        m_flashing->light.begin(m_flashing->cells, view, luma);
        m_flashing->isMeasured = true;
    }
    return m_flashing->light;
}

Picture::Picture(
    const media::FrameView& frame, const Luma& plane, double start, bool isSample, PictureProducts& products)
    : luma(plane)
    , view(frame)
    , seconds(start)
    , sample(isSample)
    , m_products(products)
{
}

} // namespace vidimus::checks::engine
