#include "core/checks/engine/flash_cells.h"

#include "core/checks/engine/compiled_paths_p.h"

#include <algorithm>
#include <bit>

namespace vidimus::checks::engine {

namespace {

constexpr std::uint16_t kNeutral = 512;

int sideFor(int width, int height, int gridSide)
{
    int side = 1;
    while ((std::max(width, height) + side - 1) / side > gridSide)
        side *= 2;
    return side;
}

struct Plane {
    const std::byte* data;
    std::ptrdiff_t stride; ///< bytes
    int width;
    int height;
    int bits;
};

/// A block of samples for each cell. Chroma may have less than one sample a cell: then cells share it.
struct BlockSize {
    int width;
    int height;
    int shareX = 0; ///< right shift of the cell's column
    int shareY = 0;
};

/// sums[n] += samples [2n, 2n + 2).
VIDIMUS_BODY void pairs(const std::uint8_t* row, int blocks, std::uint32_t* __restrict sums)
{
    for (int block = 0; block < blocks; ++block)
        sums[block] += static_cast<std::uint32_t>(row[2 * block] + row[2 * block + 1]);
}

template<class Sample>
void addRow(const Sample* __restrict samples, int width, std::uint32_t* __restrict sums)
{
    for (int x = 0; x < width; ++x)
        sums[x] += samples[x];
}

template<int Width>
void foldColumns(const std::uint32_t* __restrict sums, int blocks, std::uint32_t* __restrict out)
{
    for (int block = 0; block < blocks; ++block) {
        std::uint32_t sum = 0;
        for (int x = 0; x < Width; ++x)
            sum += sums[block * Width + x];
        out[block] = sum;
    }
}

void foldColumns(const std::uint32_t* sums, int width, int blocks, std::uint32_t* out)
{
    switch (width) {
    case 1:
        return foldColumns<1>(sums, blocks, out);
    case 2:
        return foldColumns<2>(sums, blocks, out);
    case 4:
        return foldColumns<4>(sums, blocks, out);
    case 8:
        return foldColumns<8>(sums, blocks, out);
    default:
        for (int block = 0; block < blocks; ++block) {
            out[block] = 0;
            for (int x = 0; x < width; ++x)
                out[block] += sums[block * width + x];
        }
    }
}

void addPairs(const std::uint8_t* row, int blocks, std::uint32_t* sums)
{
    Compiled<pairs>::best(row, blocks, sums);
}

/// out[n] = sums[n] · 2^up / 2^down, rounded, at most 10 bits.
VIDIMUS_BODY void meansOf(
    const std::uint32_t* __restrict sums, int count, int up, int down, std::uint16_t* __restrict out)
{
    const std::uint32_t half = (1U << down) / 2;
    for (int block = 0; block < count; ++block)
        out[block] = static_cast<std::uint16_t>(std::min(1023U, ((sums[block] << up) + half) >> down));
}

/// Means of one row of blocks, at 10 bits.
class BlockRow {
public:
    BlockRow(const Plane& plane, BlockSize block)
        : m_plane(plane)
        , m_block(block)
        , m_columns((plane.width + block.width - 1) / block.width)
        , m_padded(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(block.width))
        , m_sums(static_cast<std::size_t>(m_columns))
    {
    }

    void measure(int row)
    {
        const int first = row * m_block.height;
        m_height = std::min(m_block.height, m_plane.height - first);
        const auto add = m_block.width == 8 ? planeOps().addBlockSums
            : m_block.width == 4            ? planeOps().addNarrowSums
            : m_block.width == 2            ? addPairs
                                            : nullptr;
        if (m_plane.bits == 8 && add != nullptr) {
            addBlocks(first, add);
            return;
        }
        std::ranges::fill(m_padded, 0U);
        for (int y = first; y < first + m_height; ++y) {
            const std::byte* samples = m_plane.data + m_plane.stride * y;
            if (m_plane.bits > 8)
                addRow(reinterpret_cast<const std::uint16_t*>(samples), m_plane.width, m_padded.data());
            else
                addRow(reinterpret_cast<const std::uint8_t*>(samples), m_plane.width, m_padded.data());
        }
        foldColumns(m_padded.data(), m_block.width, m_columns, m_sums.data());
    }

    /// The same from sums that are known; a block holds a whole number of theirs.
    void take(const BlockSums& known, int row)
    {
        const int each = m_block.width / BlockSums::kSide;
        m_height = std::min(m_block.height, m_plane.height - row * m_block.height);
        std::ranges::fill(m_sums, 0U);
        for (int y = row * each; y < std::min(known.rows, (row + 1) * each); ++y) {
            const std::uint32_t* sums = known.values.data() + static_cast<std::ptrdiff_t>(y) * known.columns;
            if (each == 1) {
                std::copy_n(sums, m_sums.size(), m_sums.begin());
                continue;
            }
            for (int x = 0; x < known.columns; ++x)
                m_sums[static_cast<std::size_t>(x / each)] += sums[x];
        }
    }

    void write(std::uint16_t* out, int columns) const
    {
        const auto whole = static_cast<std::uint32_t>(m_block.width * m_height);
        const auto last = static_cast<std::uint32_t>((m_plane.width - (m_columns - 1) * m_block.width) * m_height);
        int column = 0;
        if (std::has_single_bit(whole) && m_plane.bits <= 10 && m_block.shareX == 0) { // a shift divides as well
            const int up = 10 - m_plane.bits;
            const int down = std::countr_zero(whole);
            column = std::min(columns, m_columns - 1);
            Compiled<meansOf>::best(m_sums.data(), column, up, down, out);
        }
        for (; column < columns; ++column) {
            const int block = std::min(column >> m_block.shareX, m_columns - 1);
            const std::uint32_t samples = block == m_columns - 1 ? last : whole;
            out[column] = meanAt(static_cast<std::size_t>(block), samples);
        }
    }

private:
    [[nodiscard]] std::uint16_t meanAt(std::size_t block, std::uint32_t samples) const
    {
        const std::uint32_t codes
            = m_plane.bits <= 10 ? m_sums[block] << (10 - m_plane.bits) : m_sums[block] >> (m_plane.bits - 10);
        return static_cast<std::uint16_t>(std::min(1023U, (codes + samples / 2) / samples));
    }

    void addBlocks(int first, void (*add)(const std::uint8_t*, int, std::uint32_t*))
    {
        std::ranges::fill(m_sums, 0U);
        const int whole = m_plane.width / m_block.width;
        for (int y = first; y < first + m_height; ++y) {
            const auto* samples = reinterpret_cast<const std::uint8_t*>(m_plane.data + m_plane.stride * y);
            add(samples, whole, m_sums.data());
            for (int x = whole * m_block.width; x < m_plane.width; ++x)
                m_sums.back() += samples[x];
        }
    }

    const Plane& m_plane;
    BlockSize m_block;
    int m_columns;
    int m_height = 1;
    std::vector<std::uint32_t> m_padded;
    std::vector<std::uint32_t> m_sums;
};

void measurePlane(const Plane& plane, BlockSize block, const BlockSums* known, const FlashCells& cells,
    std::vector<std::uint16_t>& out)
{
    out.resize(static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows));
    const int rows = (plane.height + block.height - 1) / block.height;
    BlockRow blocks(plane, block);
    int measured = -1;
    for (int row = 0; row < cells.rows; ++row) {
        const int blockRow = std::min(row >> block.shareY, rows - 1);
        if (blockRow != measured && known != nullptr)
            blocks.take(*known, blockRow);
        else if (blockRow != measured)
            blocks.measure(blockRow);
        measured = blockRow;
        blocks.write(out.data() + static_cast<std::ptrdiff_t>(row) * cells.columns, cells.columns);
    }
}

void measureChroma(
    const media::FrameView& view, std::size_t plane, const FlashCells& cells, std::vector<std::uint16_t>& out)
{
    const media::PlaneView& source = view.planes[plane];
    if (media::planeCountOf(view.format) < 3 || source.data == nullptr || source.width < 1 || source.height < 1) {
        out.assign(cells.count(), kNeutral);
        return;
    }
    const int shiftX = media::chromaShiftX(view.format);
    const int shiftY = media::chromaShiftY(view.format);
    const BlockSize block {std::max(1, cells.side >> shiftX), std::max(1, cells.side >> shiftY),
        cells.side >> shiftX == 0 ? shiftX : 0, cells.side >> shiftY == 0 ? shiftY : 0};
    const Plane samples {source.data, source.strideBytes, source.width, source.height, media::bitDepthOf(view.format)};
    measurePlane(samples, block, nullptr, cells, out);
}

} // namespace

void measureCells(
    const media::FrameView& view, const Luma& luma, int gridSide, FlashCells& cells, const BlockSums* blocks)
{
    cells.side = sideFor(luma.width, luma.height, gridSide);
    cells.columns = (luma.width + cells.side - 1) / cells.side;
    cells.rows = (luma.height + cells.side - 1) / cells.side;
    const Plane plane {luma.data, luma.stride, luma.width, luma.height, luma.bits};
    const bool fits = cells.side % BlockSums::kSide == 0;
    measurePlane(plane, {cells.side, cells.side}, fits ? blocks : nullptr, cells, cells.luma);
    measureChroma(view, 1, cells, cells.cb);
    measureChroma(view, 2, cells, cells.cr);
}

} // namespace vidimus::checks::engine
