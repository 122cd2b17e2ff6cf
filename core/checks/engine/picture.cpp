#include "core/checks/engine/picture.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/flash_light.h"
#include "core/checks/engine/plane_ops_p.h"
#include "core/checks/engine/small_picture.h"
#include "core/checks/engine/strips.h"
#include "core/media/engine/picture_hold.h"

#include <algorithm>
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

std::uint32_t countAtMost(const std::uint8_t* pixels, int count, int code)
{
    return planeOps().countAtMost(pixels, count, code);
}

std::uint32_t countAtMost(const std::uint16_t* pixels, int count, int code)
{
    std::uint32_t found = 0;
    for (int x = 0; x < count; ++x)
        found += pixels[x] <= code ? 1U : 0U;
    return found;
}

/// Makes what is wanted in one walk over the plane, so that its pixels are read from memory once.
template<class Pixel>
void walkOver(const Luma& luma, BlockSums* sums, qint64* dark, int code)
{
    const int whole = luma.width / kBlock;
    if (sums != nullptr) {
        sums->columns = (luma.width + kBlock - 1) / kBlock;
        sums->rows = (luma.height + kBlock - 1) / kBlock;
        sums->values.assign(static_cast<std::size_t>(sums->columns) * static_cast<std::size_t>(sums->rows), 0);
    }
    for (int y = 0; y < luma.height; ++y) {
        const auto* pixels = reinterpret_cast<const Pixel*>(luma.data + luma.stride * y);
        if (sums != nullptr) {
            std::uint32_t* row = sums->values.data() + static_cast<std::ptrdiff_t>(y / kBlock) * sums->columns;
            addBlockSums(pixels, whole, row);
            for (int x = whole * kBlock; x < luma.width; ++x)
                row[whole] += pixels[x];
        }
        if (dark != nullptr)
            *dark += countAtMost(pixels, luma.width, code);
    }
}

} // namespace

struct PictureProducts::Flashing {
    FlashCells cells;
    FlashLight light;
    bool isMeasured = false;
};

PictureProducts::PictureProducts()
    : m_small(std::make_unique<SmallPicture>())
{
    for (auto& strips : m_strips)
        strips = std::make_unique<Strips>();
}

PictureProducts::~PictureProducts() = default;

void PictureProducts::state(StateArchive& archive)
{
    archive(m_frame, m_stripFrame);
    for (auto& strips : m_strips)
        archive(*strips);
}

void PictureProducts::forget()
{
    ++m_frame;
    if (m_flashing)
        m_flashing->isMeasured = false;
    m_askedBefore = std::exchange(m_asked, {});
    m_made = {};
    m_hasBlockMeans = false;
    m_hasSmall = false;
}

// What the frame before was asked for will be asked for again.
void PictureProducts::walk(const Luma& luma, const Walk& wanted)
{
    const bool sums = !m_made.sums && (wanted.sums || m_askedBefore.sums);
    const std::optional<int> dark = wanted.dark ? wanted.dark : m_made.dark ? std::nullopt : m_askedBefore.dark;
    if (dark)
        m_darkPixels = 0;
    BlockSums* const grid = sums ? &m_blockSums : nullptr;
    qint64* const pixels = dark ? &m_darkPixels : nullptr;
    if (luma.bits > 8)
        walkOver<std::uint16_t>(luma, grid, pixels, dark.value_or(0));
    else
        walkOver<std::uint8_t>(luma, grid, pixels, dark.value_or(0));
    m_made.sums = m_made.sums || sums;
    if (dark)
        m_made.dark = dark;
}

const BlockSums& PictureProducts::blockSums(const Luma& luma)
{
    m_asked.sums = true;
    if (!m_made.sums)
        walk(luma, {.sums = true, .dark = {}});
    return m_blockSums;
}

qint64 PictureProducts::darkPixels(const Luma& luma, int code)
{
    if (!m_asked.dark)
        m_asked.dark = code;
    if (m_made.dark != code)
        walk(luma, {.sums = false, .dark = code});
    return m_darkPixels;
}

const ByteGrid& PictureProducts::blockMeans(const Luma& luma)
{
    if (std::exchange(m_hasBlockMeans, true))
        return m_blockMeans;
    const BlockSums& sums = blockSums(luma);
    m_blockMeans.resize(sums.columns, sums.rows);
    for (int y = 0; y < sums.rows; ++y) {
        const int height = std::min(kBlock, luma.height - y * kBlock);
        const std::uint32_t* from = sums.values.data() + static_cast<std::ptrdiff_t>(y) * sums.columns;
        std::uint8_t* to = m_blockMeans.row(y);
        const auto mean = [&](int block, std::uint32_t pixels) {
            return static_cast<std::uint8_t>(std::min(255U, (from[block] + pixels / 2) / pixels));
        };
        const int whole = luma.width / kBlock;
        if (height == kBlock) {
            const int shift = luma.bits - 8 + 6; // 64 pixels
            for (int block = 0; block < whole; ++block)
                to[block] = static_cast<std::uint8_t>(std::min(255U, (from[block] + (1U << (shift - 1))) >> shift));
        }
        for (int block = height == kBlock ? whole : 0; block < sums.columns; ++block) {
            const int width = std::min(kBlock, luma.width - block * kBlock);
            to[block] = mean(block, static_cast<std::uint32_t>(width * height) << (luma.bits - 8));
        }
    }
    return m_blockMeans;
}

const SmallPicture& PictureProducts::small(const Luma& luma)
{
    if (!std::exchange(m_hasSmall, true))
        *m_small = makeSmall(blockMeans(luma));
    return *m_small;
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
        measureCells(view, luma, kFlashGridSide, m_flashing->cells, &blockSums(luma));
        m_flashing->light.begin(m_flashing->cells, view, luma);
        m_flashing->isMeasured = true;
    }
    return m_flashing->light;
}

Picture::Picture(const media::FrameView& frame, const Luma& plane, double start, bool isSample,
    PictureProducts& products, const AVFrame* decoded)
    : luma(plane)
    , view(frame)
    , seconds(start)
    , sample(isSample)
    , m_products(products)
    , m_decoded(decoded)
{
}

std::shared_ptr<const void> Picture::holdLuma() const
{
    return media::engine::isPlaneOf(m_decoded, luma.data) ? media::engine::holdPicture(m_decoded) : nullptr;
}

} // namespace vidimus::checks::engine
