#include "core/checks/engine/pattern_stripes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace vidimus::checks::engine {

namespace {

constexpr float kContrast = 20; ///< cd/m² between light and dark, as for a flash
constexpr double kLightest = 50; ///< cd/m²; Epilepsy Foundation consensus, 2005
constexpr double kRegular = 0.25; ///< part by which a pair may differ from those before it
/// Runs with fewer pairs are not looked at: across an oblique pattern three along rows and three along columns are six.
constexpr int kLeastPairs = 3;
/// Share of the slopes that lean the same way in oblique stripes; in a chessboard they lean both ways alike.
constexpr double kOblique = 0.5;

struct Extreme {
    int at = 0;
    float value = 0;
};

/// Alternating minima and maxima that differ by the contrast.
void findExtremes(std::span<const float> line, std::vector<Extreme>& out)
{
    out.clear();
    Extreme low {0, line[0]};
    Extreme high = low;
    int direction = 0; // of the way to the next extreme
    for (int at = 1; at < static_cast<int>(line.size()); ++at) {
        const float value = line[static_cast<std::size_t>(at)];
        if (value > high.value)
            high = {at, value};
        if (value < low.value)
            low = {at, value};
        if (direction >= 0 && high.value - value >= kContrast) {
            if (direction == 0 && low.at < high.at && high.value - low.value >= kContrast)
                out.push_back(low);
            out.push_back(high);
            direction = -1;
            low = {at, value};
        } else if (direction <= 0 && value - low.value >= kContrast) {
            if (direction == 0 && high.at < low.at && high.value - low.value >= kContrast)
                out.push_back(high);
            out.push_back(low);
            direction = 1;
            high = {at, value};
        }
    }
    if (direction > 0)
        out.push_back(high);
    else if (direction < 0)
        out.push_back(low);
}

/// Where the line crosses the middle between two extremes.
double crossing(std::span<const float> line, const Extreme& from, const Extreme& to)
{
    const float middle = (from.value + to.value) / 2;
    const bool rises = to.value > from.value;
    for (int at = from.at + 1; at <= to.at; ++at) {
        const float value = line[static_cast<std::size_t>(at)];
        if ((value >= middle) == rises) {
            const float before = line[static_cast<std::size_t>(at) - 1];
            return at - 1 + (middle - before) / (value - before);
        }
    }
    return to.at;
}

/// A map of one direction: the pairs of the run that a cell belongs to, and its period.
struct RunMap {
    std::vector<std::uint16_t> pairs;
    std::vector<float> period;
};

RunMap mapRuns(const LuminanceGrid& grid, bool alongRows)
{
    RunMap map {std::vector<std::uint16_t>(grid.values.size(), 0), std::vector<float>(grid.values.size(), 0)};
    const int lines = alongRows ? grid.rows : grid.columns;
    const int length = alongRows ? grid.columns : grid.rows;
    const std::size_t step = alongRows ? 1 : static_cast<std::size_t>(grid.columns);
    const std::size_t lineStep = alongRows ? static_cast<std::size_t>(grid.columns) : 1;
    std::vector<float> line(static_cast<std::size_t>(length));
    std::vector<StripeRun> runs;
    for (int index = 0; index < lines; ++index) {
        const std::size_t start = lineStep * static_cast<std::size_t>(index);
        for (std::size_t at = 0; at < line.size(); ++at)
            line[at] = grid.values[start + at * step];
        findStripeRuns(line, kLeastPairs, runs);
        for (const StripeRun& run : runs) {
            for (int at = run.first; at <= run.last; ++at) {
                const std::size_t cell = start + static_cast<std::size_t>(at) * step;
                map.pairs[cell] = static_cast<std::uint16_t>(run.pairs);
                map.period[cell] = static_cast<float>(run.period);
            }
        }
    }
    return map;
}

/// Keeps what goes on beside it: a stripe is at least as long as a pair is wide, so the lines that far to one side have
/// the same period there. Runs that a texture has by chance do not.
void keepLongStripes(RunMap& map, std::size_t lineStep)
{
    constexpr float kSamePeriod = 0.15F;
    const std::vector<std::uint16_t> pairs = map.pairs;
    const std::size_t count = pairs.size();
    for (std::size_t cell = 0; cell < count; ++cell) {
        if (pairs[cell] == 0)
            continue;
        const float period = map.period[cell];
        const std::size_t distance = lineStep * static_cast<std::size_t>(std::lround(period));
        const auto isAlike = [&](bool inside, std::size_t other) {
            return inside && pairs[other] > 0 && std::abs(map.period[other] - period) <= kSamePeriod * period;
        };
        if (!isAlike(cell >= distance, cell - distance) && !isAlike(cell + distance < count, cell + distance))
            map.pairs[cell] = 0;
    }
}

/// The value that nine of ten cells do not exceed.
template<class Value>
Value highOf(std::vector<Value>& values)
{
    if (values.empty())
        return 0;
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 9 / 10);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

/// Collects the cells that hang together with the first.
void grow(std::size_t first, const RunMap& rows, const RunMap& columns, int width, std::vector<std::uint8_t>& seen,
    std::vector<std::size_t>& cells)
{
    const std::size_t count = seen.size();
    const auto stride = static_cast<std::size_t>(width);
    cells.assign(1, first);
    seen[first] = 1;
    for (std::size_t next = 0; next < cells.size(); ++next) {
        const std::size_t cell = cells[next];
        const std::size_t column = cell % stride;
        const auto visit = [&](bool inside, std::size_t neighbour) {
            if (!inside || seen[neighbour] != 0 || rows.pairs[neighbour] + columns.pairs[neighbour] == 0)
                return;
            seen[neighbour] = 1;
            cells.push_back(neighbour);
        };
        visit(column > 0, cell - 1);
        visit(column + 1 < stride, cell + 1);
        visit(cell >= stride, cell - stride);
        visit(cell + stride < count, cell + stride);
    }
}

/// How far the slopes of the cells lean the same way: 1 in oblique stripes, 0 in a chessboard.
double leaning(const LuminanceGrid& grid, const std::vector<std::size_t>& cells)
{
    const auto stride = static_cast<std::size_t>(grid.columns);
    double sum = 0;
    double total = 0;
    for (const std::size_t cell : cells) {
        if (cell % stride + 1 >= stride || cell + stride >= grid.values.size())
            continue;
        const double x = grid.values[cell + 1] - grid.values[cell];
        const double y = grid.values[cell + stride] - grid.values[cell];
        sum += x * y;
        total += std::abs(x * y);
    }
    return total > 0 ? std::abs(sum) / total : 0;
}

StripedArea describe(
    const LuminanceGrid& grid, const RunMap& rows, const RunMap& columns, const std::vector<std::size_t>& cells)
{
    StripedArea area;
    area.cells = static_cast<int>(cells.size());
    area.left = grid.columns;
    area.top = grid.rows;
    std::vector<int> across;
    std::vector<int> down;
    std::vector<float> periods[2];
    for (const std::size_t cell : cells) {
        const int x = static_cast<int>(cell % static_cast<std::size_t>(grid.columns));
        const int y = static_cast<int>(cell / static_cast<std::size_t>(grid.columns));
        area.left = std::min(area.left, x);
        area.right = std::max(area.right, x);
        area.top = std::min(area.top, y);
        area.bottom = std::max(area.bottom, y);
        across.push_back(rows.pairs[cell]);
        down.push_back(columns.pairs[cell]);
        if (rows.pairs[cell] > 0)
            periods[0].push_back(rows.period[cell]);
        if (columns.pairs[cell] > 0)
            periods[1].push_back(columns.period[cell]);
    }
    const int alongRows = highOf(across);
    const int alongColumns = highOf(down);
    const bool both = alongRows > 0 && alongColumns > 0;
    area.alongRows = alongRows >= alongColumns;
    area.pairs
        = both && leaning(grid, cells) >= kOblique ? alongRows + alongColumns : std::max(alongRows, alongColumns);
    auto& lengths = periods[area.alongRows ? 0 : 1];
    if (!lengths.empty()) {
        const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
        std::nth_element(lengths.begin(), middle, lengths.end());
        area.period = *middle;
    }
    return area;
}

} // namespace

void findStripeRuns(std::span<const float> line, int minPairs, std::vector<StripeRun>& out)
{
    out.clear();
    if (line.size() < 4)
        return;
    static thread_local std::vector<Extreme> extremes;
    static thread_local std::vector<double> edges;
    findExtremes(line, extremes);
    edges.clear();
    for (std::size_t i = 1; i < extremes.size(); ++i)
        edges.push_back(crossing(line, extremes[i - 1], extremes[i]));
    for (std::size_t first = 0; first + 2 < edges.size();) {
        // Pairs from edge to the next but one, each like the mean of those before it.
        double sum = edges[first + 2] - edges[first];
        std::size_t last = first + 2;
        int count = 1;
        for (; last + 1 < edges.size(); ++last, ++count) {
            const double pair = edges[last + 1] - edges[last - 1];
            const double mean = sum / count;
            if (std::abs(pair - mean) > kRegular * mean)
                break;
            sum += pair;
        }
        const int stripes = static_cast<int>(last - first) + 2; // the outer two begin or end at the run's edges
        double light = 0;
        for (std::size_t i = first; i <= last + 1; ++i)
            light = std::max(light, static_cast<double>(extremes[i].value));
        const double period = sum / count;
        if (stripes / 2 >= minPairs && light > kLightest) {
            const int start = static_cast<int>(std::floor(edges[first] - period / 2 + 1));
            const int end = static_cast<int>(std::floor(edges[last] + period / 2));
            out.push_back({std::max(0, start), std::min(static_cast<int>(line.size()) - 1, end), stripes / 2, period});
            first = last;
        } else {
            ++first;
        }
    }
}

std::optional<StripedArea> findStripes(const LuminanceGrid& grid, double minShare)
{
    RunMap rows = mapRuns(grid, true);
    RunMap columns = mapRuns(grid, false);
    keepLongStripes(rows, static_cast<std::size_t>(grid.columns));
    keepLongStripes(columns, 1);
    std::vector<std::uint8_t> seen(grid.values.size(), 0);
    std::vector<std::size_t> cells;
    std::optional<StripedArea> best;
    for (std::size_t cell = 0; cell < seen.size(); ++cell) {
        if (seen[cell] != 0 || rows.pairs[cell] + columns.pairs[cell] == 0)
            continue;
        grow(cell, rows, columns, grid.columns, seen, cells);
        if (static_cast<double>(cells.size()) <= minShare * static_cast<double>(grid.values.size()))
            continue;
        const StripedArea area = describe(grid, rows, columns, cells);
        if (!best || area.pairs > best->pairs)
            best = area;
    }
    return best;
}

} // namespace vidimus::checks::engine
