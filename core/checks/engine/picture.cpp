#include "core/checks/engine/picture.h"

#include "core/checks/engine/flash_light.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <vector>

namespace vidimus::checks::engine {

namespace {

template<class Pixel>
void addRow(const Pixel* pixels, int width, std::uint32_t* sums)
{
    constexpr int kBlock = PictureProducts::kBlock;
    const int whole = width / kBlock;
    for (int block = 0; block < whole; ++block) {
        std::uint32_t sum = 0;
        for (int x = 0; x < kBlock; ++x)
            sum += pixels[block * kBlock + x];
        sums[block] += sum;
    }
    for (int x = whole * kBlock; x < width; ++x)
        sums[whole] += pixels[x];
}

template<class Pixel>
void countCodes(const Luma& luma, std::array<std::uint32_t, 256>& histogram)
{
    // Four tables, so that a run of equal pixels does not wait for its own last increment.
    std::array<std::array<std::uint32_t, 256>, 4> part {};
    const int shift = luma.bits - 8;
    for (int y = 0; y < luma.height; ++y) {
        const auto* row = reinterpret_cast<const Pixel*>(luma.data + luma.stride * y);
        int x = 0;
        for (; x + 4 <= luma.width; x += 4) {
            for (int i = 0; i < 4; ++i)
                ++part[static_cast<std::size_t>(i)][(row[x + i] >> shift) & 0xFF];
        }
        for (; x < luma.width; ++x)
            ++part[0][(row[x] >> shift) & 0xFF];
    }
    for (std::size_t code = 0; code < histogram.size(); ++code)
        histogram[code] = part[0][code] + part[1][code] + part[2][code] + part[3][code];
}

template<class Pixel>
void meansOf(const Luma& luma, ByteGrid& means)
{
    constexpr int kBlock = PictureProducts::kBlock;
    const int columns = (luma.width + kBlock - 1) / kBlock;
    const int rows = (luma.height + kBlock - 1) / kBlock;
    means.resize(columns, rows);
    std::vector<std::uint32_t> sums(static_cast<std::size_t>(columns));
    const int shift = luma.bits - 8;
    for (int blockRow = 0; blockRow < rows; ++blockRow) {
        std::ranges::fill(sums, 0U);
        const int first = blockRow * kBlock;
        const int height = std::min(kBlock, luma.height - first);
        for (int y = first; y < first + height; ++y)
            addRow(reinterpret_cast<const Pixel*>(luma.data + luma.stride * y), luma.width, sums.data());
        auto* row = means.row(blockRow);
        for (int block = 0; block < columns; ++block) {
            const int width = std::min(kBlock, luma.width - block * kBlock);
            const auto pixels = static_cast<std::uint32_t>(width * height) << shift;
            row[block] = static_cast<std::uint8_t>(
                std::min(255U, (sums[static_cast<std::size_t>(block)] + pixels / 2) / pixels));
        }
    }
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
    m_hasBlockMeans = false;
    m_hasHistogram = false;
}

const ByteGrid& PictureProducts::blockMeans(const Luma& luma)
{
    if (!m_hasBlockMeans) {
        if (luma.bits > 8)
            meansOf<std::uint16_t>(luma, m_blockMeans);
        else
            meansOf<std::uint8_t>(luma, m_blockMeans);
        m_hasBlockMeans = true;
    }
    return m_blockMeans;
}

const std::array<std::uint32_t, 256>& PictureProducts::histogram(const Luma& luma)
{
    if (!m_hasHistogram) {
        if (luma.bits > 8)
            countCodes<std::uint16_t>(luma, m_histogram);
        else
            countCodes<std::uint8_t>(luma, m_histogram);
        m_hasHistogram = true;
    }
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
