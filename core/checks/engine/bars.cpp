#include "core/checks/engine/bars.h"

#include "core/checks/engine/luma_ops_p.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace vidimus::checks::engine {

namespace {

constexpr int kMeanAboveBlack = 10; // 8-bit codes
constexpr int kPixelAboveBlack = 42;
/// The picture must be this much brighter, in the mean, than the bar beside it; a vignette is no bar.
constexpr int kEdgeStep = 6;
/// Coding smears an edge over a few lines: the step is taken between lines this far on either side.
constexpr int kEdgeReach = 3;
/// Text leaves the outer eighths of a line black, and all lines of text together are at most this share of the side.
constexpr double kTextMargin = 0.125;
constexpr double kTextShare = 0.15;

enum class LineKind { Black, Text, Picture };

struct Line {
    LineKind kind = LineKind::Picture;
    double mean = 0; ///< code
};

struct Limits {
    double mean;
    int pixel;
    double step;
};

Limits limitsOf(const Luma& luma)
{
    const int unit = 1 << (luma.bits - 8);
    return {static_cast<double>(luma.blackCode() + kMeanAboveBlack * unit), luma.blackCode() + kPixelAboveBlack * unit,
        static_cast<double>(kEdgeStep * unit)};
}

template<class Pixel>
class Scanner {
public:
    explicit Scanner(const Luma& luma)
        : m_luma(luma)
        , m_limits(limitsOf(luma))
    {
    }

    [[nodiscard]] Line row(int y, int first, int count) const
    {
        const std::span line(pixels(y) + first, static_cast<std::size_t>(count));
        const LineStats stats = lineStats(line.data(), count);
        const double mean = static_cast<double>(stats.sum) / count;
        if (mean <= m_limits.mean && stats.brightest <= m_limits.pixel)
            return {LineKind::Black, mean};
        const auto margin = static_cast<std::size_t>(count * kTextMargin);
        const bool apart = isBlack(line.first(margin)) && isBlack(line.last(margin));
        return {apart ? LineKind::Text : LineKind::Picture, mean};
    }

    /// Columns have no text: burnt-in text in side bars would stand in the picture. One of the picture is known by its
    /// first bright pixel, and its mean is left out.
    [[nodiscard]] Line column(int x) const
    {
        std::uint64_t sum = 0;
        for (int y = 0; y < m_luma.height; ++y) {
            const Pixel pixel = pixels(y)[x];
            if (pixel > m_limits.pixel)
                return {LineKind::Picture, 0};
            sum += pixel;
        }
        const double mean = static_cast<double>(sum) / m_luma.height;
        return {mean <= m_limits.mean ? LineKind::Black : LineKind::Picture, mean};
    }

    [[nodiscard]] double columnMean(int x) const
    {
        std::uint64_t sum = 0;
        for (int y = 0; y < m_luma.height; ++y)
            sum += pixels(y)[x];
        return static_cast<double>(sum) / m_luma.height;
    }

    [[nodiscard]] double rowMean(int y, int first, int count) const
    {
        return static_cast<double>(lineStats(pixels(y) + first, count).sum) / count;
    }

    /// The bar at one side: \a lineAt and \a meanAt give the lines from the edge inwards.
    template<class LineAt, class MeanAt>
    [[nodiscard]] int barAt(int side, LineAt&& lineAt, MeanAt&& meanAt) const
    {
        const int limit = side / 2;
        std::vector<double> means;
        int textLines = 0;
        bool touchesText = false;
        int bar = 0;
        for (; bar < limit; ++bar) {
            const Line line = lineAt(bar);
            means.push_back(line.mean);
            if (line.kind == LineKind::Picture)
                break;
            touchesText = line.kind == LineKind::Text;
            textLines += touchesText ? 1 : 0;
        }
        if (bar == 0)
            return side > 1 ? 0 : kUnknownBar;
        if (bar == limit || touchesText || textLines > side * kTextShare)
            return kUnknownBar;
        const int inside = std::min(bar + kEdgeReach, side - 1);
        const double outsideMean = means[static_cast<std::size_t>(std::max(0, bar - kEdgeReach))];
        return meanAt(inside) - outsideMean >= m_limits.step ? bar : kUnknownBar;
    }

private:
    [[nodiscard]] const Pixel* pixels(int y) const
    {
        return reinterpret_cast<const Pixel*>(m_luma.data + m_luma.stride * y);
    }
    [[nodiscard]] bool isBlack(std::span<const Pixel> part) const
    {
        return std::ranges::all_of(part, [this](Pixel pixel) { return pixel <= m_limits.pixel; });
    }

    const Luma& m_luma;
    Limits m_limits;
};

template<class Pixel>
Bars measure(const Luma& luma)
{
    const Scanner<Pixel> scanner(luma);
    Bars bars;
    const auto side = [&](auto place) {
        return scanner.barAt(
            luma.width, [&](int i) { return scanner.column(place(i)); },
            [&](int i) { return scanner.columnMean(place(i)); });
    };
    bars.left = side([](int i) { return i; });
    bars.right = side([&](int i) { return luma.width - 1 - i; });
    // Between the side bars only: beside a pillarbox every line of the picture would look like text.
    const int first = std::max(0, bars.left);
    const int count = luma.width - first - std::max(0, bars.right);
    const auto end = [&](auto place) {
        return scanner.barAt(
            luma.height, [&](int i) { return scanner.row(place(i), first, count); },
            [&](int i) { return scanner.rowMean(place(i), first, count); });
    };
    bars.top = end([](int i) { return i; });
    bars.bottom = end([&](int i) { return luma.height - 1 - i; });
    return bars;
}

} // namespace

Bars measureBars(const Luma& luma)
{
    if (luma.width < 1 || luma.height < 1)
        return {kUnknownBar, kUnknownBar, kUnknownBar, kUnknownBar};
    return luma.bits > 8 ? measure<std::uint16_t>(luma) : measure<std::uint8_t>(luma);
}

} // namespace vidimus::checks::engine
