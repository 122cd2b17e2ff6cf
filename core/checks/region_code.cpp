#include "core/checks/region_code.h"

#include <algorithm>

namespace vidimus::checks {

namespace {

constexpr int kCells = 128;
constexpr int kBits = 7;

struct Cells {
    int left = 0;
    int top = 0;
    int right = 0; ///< inclusive
    int bottom = 0;
};

Cells unpack(qint32 code)
{
    const auto part = [code](int index) { return (code >> (index * kBits)) & (kCells - 1); };
    const Cells cells {part(0), part(1), part(2), part(3)};
    return {std::min(cells.left, cells.right), std::min(cells.top, cells.bottom), std::max(cells.left, cells.right),
        std::max(cells.top, cells.bottom)};
}

qint32 pack(const Cells& cells)
{
    return cells.left | cells.top << kBits | cells.right << (2 * kBits) | cells.bottom << (3 * kBits);
}

int cellOf(int pixel, int side)
{
    return std::clamp(static_cast<int>(static_cast<qint64>(pixel) * kCells / side), 0, kCells - 1);
}

/// First pixel of a cell.
int pixelOf(int cell, int side)
{
    return static_cast<int>((static_cast<qint64>(cell) * side + kCells - 1) / kCells);
}

} // namespace

qint32 encodeRegion(const Region& region, int pictureWidth, int pictureHeight)
{
    if (region.width < 1 || region.height < 1 || pictureWidth < 1 || pictureHeight < 1)
        return kNoRegion;
    return pack({cellOf(region.x, pictureWidth), cellOf(region.y, pictureHeight),
        cellOf(region.x + region.width - 1, pictureWidth), cellOf(region.y + region.height - 1, pictureHeight)});
}

std::optional<Region> decodeRegion(qint32 code, int pictureWidth, int pictureHeight)
{
    if (code < 0 || pictureWidth < 1 || pictureHeight < 1)
        return std::nullopt;
    const Cells cells = unpack(code);
    const auto stretch = [](int first, int last, int side) {
        const int start = std::min(pixelOf(first, side), side - 1);
        return std::pair(start, std::max(1, pixelOf(last + 1, side) - start));
    };
    const auto [x, width] = stretch(cells.left, cells.right, pictureWidth);
    const auto [y, height] = stretch(cells.top, cells.bottom, pictureHeight);
    return Region {x, y, width, height};
}

qint32 unitedRegions(std::span<const qint32> codes)
{
    std::optional<Cells> united;
    for (const qint32 code : codes) {
        if (code < 0)
            continue;
        const Cells cells = unpack(code);
        if (!united) {
            united = cells;
            continue;
        }
        united->left = std::min(united->left, cells.left);
        united->top = std::min(united->top, cells.top);
        united->right = std::max(united->right, cells.right);
        united->bottom = std::max(united->bottom, cells.bottom);
    }
    return united ? pack(*united) : kNoRegion;
}

} // namespace vidimus::checks
