#include "core/checks/engine/levels_check.h"

#include "core/checks/engine/cell_rows_p.h"
#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/region_code.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRows = 96;
constexpr int kAhead = 2; ///< rows that are on their way while one is looked at
constexpr double kOutsideScale = 1e-4;
constexpr double kPileScale = 1e-3;
/// Smaller piles are stored as none; profiles cannot ask for less.
constexpr double kLeastPile = 0.02;
/// A picture with more of it is meant so.
constexpr double kMostPile = 0.6;
/// Codes at the very end (black and the one above it) hold this many times what the codes beside them hold, each.
constexpr double kPile = 4;
constexpr int kEndCodes = 2;
constexpr int kBesideCodes = 8;

struct Limits {
    std::int32_t lowest; ///< in 1/kCellOne of a code
    std::int32_t highest;
};

Limits limitsOf(const Luma& luma)
{
    const int unit = 1 << (luma.bits - 8);
    if (!luma.fullRange)
        return {5 * unit * kCellOne, 246 * unit * kCellOne};
    // Full range has no room beyond black and white; only R, G and B can leave it.
    const double white = luma.whiteCode();
    return {static_cast<std::int32_t>(-0.05 * white * kCellOne), static_cast<std::int32_t>(1.05 * white * kCellOne)};
}

/// Counts cells at the ends of the range, between what is black on the left and on the right of each row.
class Piles {
public:
    explicit Piles(const Luma& luma)
        : m_unit(4 << (luma.bits - 8))
        , m_black(luma.blackCode() * 4)
        , m_white(luma.whiteCode() * 4)
    {
    }

    void add(const CellRow& row)
    {
        const std::int32_t darkest = m_black + kEndCodes * m_unit - 1;
        const std::int32_t brightest = m_white - kEndCodes * m_unit + 1;
        int first = 0;
        int end = row.count();
        while (first < end && row.luma[static_cast<std::size_t>(first)] <= darkest)
            ++first;
        while (end > first && row.luma[static_cast<std::size_t>(end) - 1] <= darkest)
            --end;
        const auto code = [](std::int32_t sum) { return static_cast<std::int16_t>(sum); };
        const auto [dark, upToNearDark, belowNearBright, belowBright] = countAtMost(row, first, end,
            {code(darkest), code(darkest + kBesideCodes * m_unit), code(brightest - kBesideCodes * m_unit - 1),
                code(brightest - 1)});
        m_cells += end - first;
        m_dark += dark;
        m_nearDark += upToNearDark - dark;
        m_bright += end - first - belowBright;
        m_nearBright += belowBright - belowNearBright;
    }

    [[nodiscard]] double crushed(qint64 picture) const { return share(m_dark, m_nearDark, picture); }
    [[nodiscard]] double clipped(qint64 picture) const { return share(m_bright, m_nearBright, picture); }

private:
    [[nodiscard]] double share(qint64 end, qint64 beside, qint64 picture) const
    {
        // A picture that the bars leave little of proves nothing.
        if (m_cells * 4 < picture || m_cells == 0)
            return 0;
        const bool piled = static_cast<double>(end) / kEndCodes > kPile * static_cast<double>(beside) / kBesideCodes;
        const double part = static_cast<double>(end) / static_cast<double>(m_cells);
        return piled && part >= kLeastPile && part <= kMostPile ? part : 0;
    }

    std::int32_t m_unit; ///< one 8-bit code in sums of four
    std::int32_t m_black;
    std::int32_t m_white;
    qint64 m_cells = 0;
    qint64 m_dark = 0;
    qint64 m_nearDark = 0;
    qint64 m_bright = 0;
    qint64 m_nearBright = 0;
};

} // namespace

std::unique_ptr<Check> LevelsCheck::create()
{
    return std::make_unique<LevelsCheck>();
}

void LevelsCheck::push(double outside, double crushed, double clipped, qint32 region)
{
    m_outside.codes.push_back(static_cast<qint32>(std::ceil(outside / kOutsideScale - 1e-9)));
    m_crushed.codes.push_back(static_cast<qint32>(crushed / kPileScale + 0.5));
    m_clipped.codes.push_back(static_cast<qint32>(clipped / kPileScale + 0.5));
    m_region.codes.push_back(region);
}

void LevelsCheck::addFrame(const Picture& picture)
{
    const Luma& luma = picture.luma;
    const int all = cellRows(luma);
    const int rows = std::min(all, kRows);
    const Limits limits = limitsOf(luma);
    const RgbFactors factors = rgbFactors(picture.view.color, luma.height, luma.bits);
    m_mask.resize(static_cast<std::size_t>(luma.width / 2));
    CellRow cells;
    Piles piles(luma);
    qint64 outside = 0;
    qint64 seen = 0;
    int left = luma.width;
    int right = -1;
    int top = -1;
    int bottom = -1;
    const auto rowAt = [&](int i) { return static_cast<int>((2LL * i + 1) * all / (2LL * rows)); };
    for (int i = 0; i < std::min(rows, kAhead); ++i)
        fetchCellRow(picture, rowAt(i));
    for (int i = 0; i < rows; ++i) {
        const int row = rowAt(i);
        if (i + kAhead < rows)
            fetchCellRow(picture, rowAt(i + kAhead));
        takeCellRow(picture, row, cells);
        seen += cells.count();
        piles.add(cells);
        markOutside(cells, factors, limits.lowest, limits.highest, m_mask.data());
        const std::uint32_t here = sumOf(m_mask.data(), cells.count());
        if (here == 0)
            continue;
        outside += here;
        top = top < 0 ? 2 * row : top;
        bottom = 2 * row + 2;
        const auto first = std::ranges::find(m_mask, 1) - m_mask.begin();
        const auto last = std::find(m_mask.rbegin(), m_mask.rend(), 1) - m_mask.rbegin();
        left = std::min(left, static_cast<int>(first) * 2);
        right = std::max(right, static_cast<int>(m_mask.size()) * 2 - static_cast<int>(last) * 2);
    }
    if (seen == 0) {
        push(0, 0, 0, kNoRegion);
        return;
    }
    const qint32 region
        = outside > 0 ? encodeRegion({left, top, right - left, bottom - top}, luma.width, luma.height) : kNoRegion;
    push(static_cast<double>(outside) / static_cast<double>(seen), piles.crushed(seen), piles.clipped(seen), region);
}

void LevelsCheck::addHole()
{
    push(0, 0, 0, kNoRegion);
}

void LevelsCheck::state(StateArchive& archive)
{
    archive(m_outside, m_region, m_crushed, m_clipped);
}

CheckMeasurement LevelsCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    m_outside.scale = kOutsideScale;
    m_crushed.scale = kPileScale;
    m_clipped.scale = kPileScale;
    measurement.series[u"outside"_s] = std::move(m_outside);
    measurement.series[u"outside_region"_s] = std::move(m_region);
    measurement.series[u"crushed"_s] = std::move(m_crushed);
    measurement.series[u"clipped"_s] = std::move(m_clipped);
    return measurement;
}

} // namespace vidimus::checks::engine
