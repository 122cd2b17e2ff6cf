#include "core/checks/engine/picture.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/flash_light.h"
#include "core/checks/engine/plane_ops_p.h"
#include "core/checks/engine/small_picture.h"
#include "core/checks/engine/strips.h"
#include "core/media/engine/picture_hold.h"
#include "core/media/engine/picture_light.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

namespace vidimus::checks::engine {

namespace {

constexpr int kBlock = PictureProducts::kBlock;

void addBlockSums(const std::uint16_t* pixels, int blocks, std::uint32_t* sums)
{
    for (int block = 0; block < blocks; ++block) {
        std::uint32_t sum = 0;
        for (int x = 0; x < kBlock; ++x)
            sum += pixels[block * kBlock + x];
        sums[block] += sum;
    }
}

std::uint32_t countAtMost(const std::uint16_t* pixels, int count, int code)
{
    std::uint32_t found = 0;
    for (int x = 0; x < count; ++x)
        found += pixels[x] <= code ? 1U : 0U;
    return found;
}

void begin(const Luma& luma, BlockSums& sums)
{
    sums.columns = (luma.width + kBlock - 1) / kBlock;
    sums.rows = (luma.height + kBlock - 1) / kBlock;
    sums.values.assign(static_cast<std::size_t>(sums.columns) * static_cast<std::size_t>(sums.rows), 0);
}

void walkWords(const Luma& luma, BlockSums* sums, qint64* dark, int code)
{
    const int whole = luma.width / kBlock;
    for (int y = 0; y < luma.height; ++y) {
        const auto* pixels = reinterpret_cast<const std::uint16_t*>(luma.data + luma.stride * y);
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
    m_comparisons = std::exchange(m_nextComparisons, {});
    m_compared.clear();
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
    if (grid != nullptr)
        begin(luma, *grid);
    if (luma.bits > 8)
        walkWords(luma, grid, dark ? &m_darkPixels : nullptr, dark.value_or(0));
    else
        walkBytes(luma, grid, dark);
    m_made.sums = m_made.sums || sums;
    if (dark)
        m_made.dark = dark;
}

std::vector<PictureProducts::Compared> PictureProducts::comparisonsWith(const Luma& luma)
{
    std::vector<Compared> fitting;
    for (Comparison& each : std::exchange(m_comparisons, {})) {
        const Luma& reference = each.reference;
        if (reference.width != luma.width || reference.height != luma.height || reference.bits != luma.bits)
            continue;
        const auto stopAt = static_cast<std::uint64_t>(std::ceil(each.enough * each.scale()));
        fitting.push_back({std::move(each), stopAt, 0});
    }
    return fitting;
}

/// Every pixel is fetched from memory once.
void PictureProducts::walkBytes(const Luma& luma, BlockSums* sums, std::optional<int> dark)
{
    const PlaneOps& ops = planeOps();
    const int whole = luma.width / kBlock;
    std::vector<Compared> compared = comparisonsWith(luma);
    RowReading reading;
    reading.code = dark.value_or(0);
    if (sums != nullptr) {
        m_blockRow.assign(static_cast<std::size_t>(sums->columns), 0);
        reading.blockSums = m_blockRow.data();
    }
    for (int y = 0; y < luma.height; ++y) {
        const auto* pixels = reinterpret_cast<const std::uint8_t*>(luma.data + luma.stride * y);
        reading.reference = nullptr;
        bool read = sums == nullptr && !dark;
        for (Compared& each : compared) {
            if (each.sum >= each.stopAt)
                continue;
            const Luma& plane = each.with.reference;
            const auto* reference = reinterpret_cast<const std::uint8_t*>(plane.data + plane.stride * y);
            if (read) {
                each.sum += ops.difference(pixels, reference, luma.width);
                continue;
            }
            reading.reference = reference;
            reading.difference = 0;
            ops.readRow(pixels, luma.width, reading);
            each.sum += reading.difference;
            read = true;
        }
        if (!read)
            ops.readRow(pixels, luma.width, reading);
        if (sums == nullptr)
            continue;
        for (int x = whole * kBlock; x < luma.width; ++x)
            m_blockRow.back() += pixels[x];
        if (y % kBlock != kBlock - 1 && y + 1 != luma.height)
            continue;
        std::uint32_t* row = sums->values.data() + static_cast<std::ptrdiff_t>(y / kBlock) * sums->columns;
        for (std::uint64_t& sum : m_blockRow)
            *row++ = static_cast<std::uint32_t>(std::exchange(sum, 0));
    }
    if (dark)
        m_darkPixels = static_cast<qint64>(reading.atMost);
    m_compared.insert(
        m_compared.end(), std::make_move_iterator(compared.begin()), std::make_move_iterator(compared.end()));
}

std::optional<double> PictureProducts::differenceFrom(const Luma& luma, const std::byte* reference)
{
    if (!m_comparisons.empty() && luma.bits <= 8)
        walk(luma, {});
    const auto found = std::ranges::find_if(
        m_compared, [reference](const Compared& each) { return each.with.reference.data == reference; });
    if (found == m_compared.end())
        return {};
    return static_cast<double>(found->sum) / found->with.scale();
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

media::HdrValues Picture::hdrValues() const
{
    return media::engine::hdrValuesOf(m_decoded);
}

std::shared_ptr<const void> Picture::holdLuma() const
{
    return media::engine::isPlaneOf(m_decoded, luma.data) ? media::engine::holdPicture(m_decoded) : nullptr;
}

} // namespace vidimus::checks::engine
