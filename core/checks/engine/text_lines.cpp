#include "core/checks/engine/text_lines.h"

#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vidimus::checks::engine {

namespace {

/// In codes. Lettering is made to be read: it stands out from what is behind it.
constexpr int kStrong = 40; ///< a gradient over two places that belongs to an edge of a stroke
constexpr int kDifference = 110; ///< between the largest and the smallest gradient of a window
constexpr int kWindow = 21; ///< places, of Wong and Chen
constexpr int kLeastHeight = 7;
constexpr int kLeastPart = 6; ///< a line is at most this part of the picture's height
constexpr double kLeastShape = 1.8; ///< width against height
constexpr std::size_t kMostBlocks = 1000;
constexpr double kLeastFill = 0.45;
/// Strokes of a row for each height of the line that it is wide: letters are about half as wide as high.
constexpr double kFewestStrokes = 0.8;
constexpr double kMostStrokes = 7;
constexpr double kMostWidth = 0.4; ///< of a stroke, against the height
constexpr double kMostUneven = 0.95; ///< deviation of stroke widths against their mean; level bars are wide strokes
constexpr double kLeastUneven = 0.22; ///< the same of their distances: a grating's are equal
constexpr double kLeastLevel = 0.2; ///< gradients down against gradients across
constexpr double kMostOutside = 0.4; ///< gradients above and below against those inside

struct Run {
    int first = 0;
    int end = 0;
    std::size_t block = 0;
};

struct Block {
    TextLine box;
    int places = 0;
};

/// gradient[x] = row[x + 1] − row[x − 1].
void takeGradient(const std::uint8_t* row, int width, std::vector<std::int16_t>& gradient)
{
    gradient.assign(static_cast<std::size_t>(width), 0);
    for (int x = 1; x + 1 < width; ++x)
        gradient[static_cast<std::size_t>(x)] = static_cast<std::int16_t>(row[x + 1] - row[x - 1]);
}

/// values[x] becomes \a pick of values [x, x + kWindow), by doubling the length.
template<class Pick>
void overWindow(std::vector<std::int16_t>& values, Pick pick)
{
    std::size_t length = 1;
    while (length < kWindow) {
        const std::size_t step = std::min(length, static_cast<std::size_t>(kWindow) - length);
        for (std::size_t x = 0; x + step < values.size(); ++x)
            values[x] = pick(values[x], values[x + step]);
        length += step;
    }
}

/// Stretches of a row in which every window holds strokes.
void findRuns(const std::uint8_t* row, int width, std::vector<Run>& runs)
{
    static thread_local std::vector<std::int16_t> largest;
    static thread_local std::vector<std::int16_t> smallest;
    takeGradient(row, width, largest);
    smallest = largest;
    overWindow(largest, [](std::int16_t a, std::int16_t b) { return std::max(a, b); });
    overWindow(smallest, [](std::int16_t a, std::int16_t b) { return std::min(a, b); });
    runs.clear();
    const int windows = width - kWindow;
    for (int x = 0; x < windows;) {
        const auto isDense = [&](int at) {
            const auto place = static_cast<std::size_t>(at);
            return largest[place] - smallest[place] >= kDifference && largest[place] >= kStrong
                && smallest[place] <= -kStrong;
        };
        if (!isDense(x)) {
            ++x;
            continue;
        }
        const int first = x;
        while (x < windows && isDense(x))
            ++x;
        // A window sees edges to its right end.
        runs.push_back({first + kWindow / 2, x + kWindow / 2, 0});
    }
}

/// Runs of neighbouring rows that share at least half of the shorter one belong together.
std::vector<Block> findBlocks(const ByteGrid& luma)
{
    std::vector<Block> blocks;
    std::vector<std::size_t> parent;
    const auto root = [&parent](std::size_t block) {
        while (parent[block] != block)
            block = parent[block] = parent[parent[block]];
        return block;
    };
    std::vector<Run> above;
    std::vector<Run> here;
    for (int y = 0; y < luma.height; ++y) {
        findRuns(luma.row(y), luma.width, here);
        for (Run& run : here) {
            run.block = blocks.size();
            blocks.push_back({{run.first, y, run.end - 1, y, 0}, run.end - run.first});
            parent.push_back(run.block);
            for (const Run& other : above) {
                const int shared = std::min(run.end, other.end) - std::max(run.first, other.first);
                if (shared * 2 >= std::min(run.end - run.first, other.end - other.first))
                    parent[root(other.block)] = root(run.block);
            }
        }
        std::swap(above, here);
    }
    for (std::size_t n = 0; n < blocks.size(); ++n) {
        const std::size_t whole = root(n);
        if (whole == n)
            continue;
        Block& to = blocks[whole];
        const TextLine& box = blocks[n].box;
        to.box = {std::min(to.box.left, box.left), std::min(to.box.top, box.top), std::max(to.box.right, box.right),
            std::max(to.box.bottom, box.bottom), 0};
        to.places += std::exchange(blocks[n].places, 0);
    }
    std::erase_if(blocks, [](const Block& block) { return block.places == 0; });
    return blocks;
}

/// The words of a line are blocks of their own where the gaps between them are wider than a window.
void joinWords(std::vector<Block>& blocks)
{
    constexpr double kSameRows
        = 0.6; ///< that the lower of two shares with the other; strokes far apart break a large letter up
    constexpr double kLargestGap = 2; ///< against the height
    std::ranges::sort(blocks, {}, [](const Block& block) { return block.box.left; });
    for (std::size_t n = 0; n < blocks.size(); ++n) {
        TextLine& line = blocks[n].box;
        for (std::size_t next = n + 1; next < blocks.size();) {
            const TextLine& word = blocks[next].box;
            const int height = std::min(line.bottom - line.top, word.bottom - word.top) + 1;
            const int shared = std::min(line.bottom, word.bottom) - std::max(line.top, word.top) + 1;
            const int taller = std::max(line.bottom - line.top, word.bottom - word.top) + 1;
            const bool isSame = shared >= kSameRows * height && word.left - line.right <= kLargestGap * taller;
            if (!isSame) {
                ++next;
                continue;
            }
            line = {line.left, std::min(line.top, word.top), std::max(line.right, word.right),
                std::max(line.bottom, word.bottom), 0};
            blocks[n].places += blocks[next].places;
            blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(next));
            next = n + 1;
        }
    }
}

bool hasShapeOfLine(const Block& block, const ByteGrid& luma)
{
    const int width = block.box.right - block.box.left + 1;
    const int height = block.box.bottom - block.box.top + 1;
    return height >= kLeastHeight && height * kLeastPart <= luma.height && width >= kLeastShape * height
        && block.places >= kLeastFill * width * height;
}

/// Mean size of gradients across and down in some rows of a block.
struct Slopes {
    double across = 0;
    double down = 0;
};
Slopes slopesOf(const ByteGrid& luma, const TextLine& box, int top, int end)
{
    Slopes slopes;
    double count = 0;
    for (int y = std::max(1, top); y < std::min(end, luma.height - 1); ++y) {
        for (int x = std::max(1, box.left); x < std::min(box.right, luma.width - 1); ++x) {
            slopes.across += std::abs(luma.row(y)[x + 1] - luma.row(y)[x - 1]);
            slopes.down += std::abs(luma.row(y + 1)[x] - luma.row(y - 1)[x]);
            ++count;
        }
    }
    return count > 0 ? Slopes {slopes.across / count, slopes.down / count} : Slopes {};
}

struct Spread {
    double count = 0;
    double sum = 0;
    double squares = 0;
    void add(double value)
    {
        ++count;
        sum += value;
        squares += value * value;
    }
    [[nodiscard]] double mean() const { return count > 0 ? sum / count : 0; }
    /// Deviation against the mean.
    [[nodiscard]] double unevenness() const
    {
        return count > 1 && sum > 0 ? std::sqrt(std::max(0.0, squares / count - mean() * mean())) / mean() : 0;
    }
};

/// The strokes of one brightness.
struct Strokes {
    Spread widths;
    Spread distances; ///< from one to the next
    int most = 0; ///< on one row
};

/// Where a row changes strongly, each change at its steepest place; rising ones positive.
void findEdges(const std::uint8_t* row, int first, int end, std::vector<int>& edges)
{
    edges.clear();
    for (int x = first; x < end; ++x) {
        const int slope = row[x + 1] - row[x - 1];
        if (std::abs(slope) < kStrong)
            continue;
        int best = x;
        int size = std::abs(slope);
        for (; x < end && (row[x + 1] - row[x - 1] > 0) == (slope > 0) && std::abs(row[x + 1] - row[x - 1]) >= kStrong;
            ++x) {
            if (std::abs(row[x + 1] - row[x - 1]) > size) {
                size = std::abs(row[x + 1] - row[x - 1]);
                best = x;
            }
        }
        --x;
        edges.push_back(slope > 0 ? best + 1 : -(best + 1));
    }
}

Strokes strokesOf(const ByteGrid& luma, const TextLine& box, bool bright)
{
    Strokes strokes;
    std::vector<int> edges;
    const int height = box.bottom - box.top + 1;
    for (int y = box.top + height / 6; y <= box.bottom - height / 6; ++y) {
        findEdges(luma.row(y), std::max(1, box.left), std::min(box.right + 1, luma.width - 1), edges);
        int onRow = 0;
        int before = -1;
        for (std::size_t n = 0; n + 1 < edges.size(); ++n) {
            const bool begins = (edges[n] > 0) == bright;
            if (!begins || (edges[n + 1] > 0) == (edges[n] > 0))
                continue;
            const int start = std::abs(edges[n]);
            strokes.widths.add(std::abs(edges[n + 1]) - start);
            if (before >= 0)
                strokes.distances.add(start - before);
            before = start;
            ++onRow;
        }
        strokes.most = std::max(strokes.most, onRow);
    }
    return strokes;
}

/// Strokes of the line, or none.
int strokesIn(const ByteGrid& luma, const TextLine& box)
{
    const int height = box.bottom - box.top + 1;
    const int width = box.right - box.left + 1;
    const Slopes inside = slopesOf(luma, box, box.top, box.bottom + 1);
    if (inside.down < kLeastLevel * inside.across)
        return 0;
    const int margin = std::max(2, height / 3);
    for (const auto& [top, end] :
        {std::pair(box.top - 1 - margin, box.top - 1), {box.bottom + 2, box.bottom + 2 + margin}}) {
        if (slopesOf(luma, box, top, end).across > kMostOutside * inside.across)
            return 0;
    }
    const Strokes bright = strokesOf(luma, box, true);
    const Strokes dark = strokesOf(luma, box, false);
    // What lies between strokes varies more than they do.
    const Strokes& strokes = bright.widths.unevenness() <= dark.widths.unevenness() ? bright : dark;
    const double rows = height - 2 * (height / 6);
    const double each = strokes.widths.count / rows * height / width;
    const bool isText = strokes.most >= 4 && each >= kFewestStrokes && each <= kMostStrokes
        && strokes.widths.mean() <= kMostWidth * height && strokes.widths.unevenness() <= kMostUneven
        && strokes.distances.unevenness() >= kLeastUneven;
    return isText ? strokes.most : 0;
}

} // namespace

int makeTextGrid(const Luma& luma, int columns, ByteGrid& grid)
{
    const int side = std::max(1, (luma.width + columns - 1) / columns);
    grid.resize(luma.width / side, luma.height / side);
    std::vector<std::uint8_t> row(static_cast<std::size_t>(luma.width));
    std::vector<std::uint32_t> sums;
    for (int y = 0; y < grid.height; ++y) {
        sums.assign(static_cast<std::size_t>(grid.width), 0);
        for (int line = 0; line < side; ++line) {
            copyRowTo8(luma, y * side + line, row.data());
            for (int x = 0; x < grid.width; ++x) {
                for (int n = 0; n < side; ++n)
                    sums[static_cast<std::size_t>(x)] += row[static_cast<std::size_t>(x * side + n)];
            }
        }
        for (int x = 0; x < grid.width; ++x)
            grid.row(y)[x]
                = static_cast<std::uint8_t>(sums[static_cast<std::size_t>(x)] / static_cast<unsigned>(side * side));
    }
    return side;
}

std::vector<TextLine> findTextLines(const ByteGrid& luma)
{
    std::vector<TextLine> lines;
    if (luma.width <= kWindow || luma.height < kLeastHeight)
        return lines;
    std::vector<Block> blocks = findBlocks(luma);
    std::erase_if(blocks, [](const Block& block) { return block.box.bottom - block.box.top + 1 < kLeastHeight; });
    if (blocks.size() > kMostBlocks)
        return lines; // a texture
    joinWords(blocks);
    for (const Block& block : blocks) {
        if (!hasShapeOfLine(block, luma))
            continue;
        if (const int strokes = strokesIn(luma, block.box); strokes > 0) {
            lines.push_back(block.box);
            lines.back().strokes = strokes;
        }
    }
    std::ranges::sort(lines, {}, [](const TextLine& line) { return std::pair(line.top, line.left); });
    return lines;
}

} // namespace vidimus::checks::engine
