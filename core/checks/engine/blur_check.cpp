#include "core/checks/engine/blur_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kScale = 0.1;
/// Sharper than this is sharp for every profile: stored as 0, so that good pictures cost nothing.
constexpr double kLeastSigma = 1.5;
constexpr double kMostSigma = 20;
constexpr double kLeastEdges = 0.005;
constexpr int kReach = 2;
/// Edges of a picture stand near one another and cut each other's slopes off, so that each looks narrower than it
/// would alone: by 1.0 to 1.3, over films, drawn pictures, phones and random discs of all sizes.
constexpr double kCrowding = 1.12;
/// Where one measure ends and the next one, over wider squares, begins; between the two each counts for its part.
struct Span {
    double from; ///< pixels
    double to;
    /// 0 at from, 1 at to.
    [[nodiscard]] double partAt(double sigma) const { return std::clamp((sigma - from) / (to - from), 0.0, 1.0); }
};
/// Of the sharpest tenth over pixels. Where that is sharp, soft edges beside it are a background.
constexpr Span kToFour {1.45, 1.75};
constexpr Span kToEight {4.5, 5.5};
/// Below this over all pixels, no part of a picture needs a closer look.
constexpr double kLeastSuspect = 1.4;
constexpr double kSharpest = 0.1;
constexpr int kTileWidth = 64; ///< pixels
constexpr std::uint32_t kLeastTileEdges = 16; ///< of 512 places

/// 0 when there are too few edges.
double sigmaOf(const EdgeSums& sums, std::int64_t places)
{
    if (places < 1 || 2.0 * sums.count < kLeastEdges * static_cast<double>(places))
        return 0;
    if (sums.bend == 0)
        return kMostSigma;
    // Over two pixels the slope is taken twice as far as the curvature's side: slope = 4·f', bend = 4·f''.
    return std::sqrt(static_cast<double>(sums.slope) / (2 * static_cast<double>(sums.bend)));
}

/// Of the two directions the sharper; where one cannot tell, the other.
double sharperOf(const EdgeWidths& widths)
{
    const double less = std::min(widths.across, widths.down);
    return less > 0 ? less : std::max(widths.across, widths.down);
}

/// Coding noise makes an edge look narrower, never wider: the wider of two measures is nearer to the truth.
EdgeWidths widerOf(const EdgeWidths& near, const EdgeWidths& far)
{
    return {std::max(near.across, far.across), std::max(near.down, far.down)};
}

/// Adds each second row of a strip: neighbouring rows tell the same.
void addStrip(const Strips& strips, int strip, int first, int end, EdgeSums& across, EdgeSums& down)
{
    const int left = std::max(first, kReach);
    const int right = std::min(end, strips.width() - kReach);
    for (int y = 0; y < strips.rows(strip); y += 2) {
        const std::uint8_t* row = strips.row(strip, y);
        if (right > left)
            addEdges(row + left - kReach, row + left, row + left + kReach, right - left, across);
        addEdges(strips.row(strip, y - kReach) + first, row + first, strips.row(strip, y + kReach) + first, end - first,
            down);
    }
}

/// Of the tiles with the narrowest edges, together a tenth of all edges; 0 when no tile has enough of them.
double sharpestOf(std::vector<EdgeSums>& tiles)
{
    std::erase_if(tiles, [](const EdgeSums& tile) { return tile.count < kLeastTileEdges; });
    const auto widthOf = [](const EdgeSums& tile) {
        return static_cast<double>(tile.slope) / std::max(1.0, static_cast<double>(tile.bend));
    };
    std::ranges::stable_sort(tiles, std::ranges::less(), widthOf);
    double all = 0;
    for (const EdgeSums& tile : tiles)
        all += tile.count;
    EdgeSums sharpest;
    for (const EdgeSums& tile : tiles) {
        sharpest.slope += tile.slope;
        sharpest.bend += tile.bend;
        sharpest.count += tile.count;
        if (sharpest.count >= kSharpest * all)
            break;
    }
    return sigmaOf(sharpest, sharpest.count);
}

double mixed(double near, double far, double part)
{
    return near + part * (far - near);
}

} // namespace

std::unique_ptr<Check> BlurCheck::create()
{
    return std::make_unique<BlurCheck>();
}

void BlurCheck::addFrame(const Picture& picture)
{
    const Strips& strips = picture.strips();
    EdgeSums across;
    EdgeSums down;
    for (int strip = 0; strip < strips.count(); ++strip)
        addStrip(strips, strip, 0, strips.width(), across, down);
    const EdgeWidths overPixels {sigmaOf(across, strips.pixels()), sigmaOf(down, strips.pixels())};
    const double sigma = kCrowding * widthOf(overPixels, picture);
    m_sigma.codes.push_back(sigma < kLeastSigma ? 0 : static_cast<qint32>(std::min(sigma, kMostSigma) / kScale + 0.5));
}

double BlurCheck::widthOf(const EdgeWidths& overPixels, const Picture& picture)
{
    const double near = sharperOf(overPixels);
    const double part = near < kLeastSuspect ? 0 : kToFour.partAt(sharpestPart(picture.strips()));
    if (part <= 0)
        return near;
    m_wideEdges.take(picture.luma);
    EdgeWidths widths = widerOf(overPixels, m_wideEdges.overFour());
    const double wide = mixed(near, sharperOf(widths), part);
    const double widePart = kToEight.partAt(kCrowding * wide);
    if (widePart <= 0)
        return wide;
    widths = widerOf(widths, m_wideEdges.overEight());
    return mixed(wide, sharperOf(widths), widePart);
}

double BlurCheck::sharpestPart(const Strips& strips)
{
    m_tilesAcross.clear();
    m_tilesDown.clear();
    for (int strip = 0; strip < strips.count(); ++strip) {
        for (int left = 0; left < strips.width(); left += kTileWidth) {
            addStrip(strips, strip, left, std::min(left + kTileWidth, strips.width()), m_tilesAcross.emplace_back(),
                m_tilesDown.emplace_back());
        }
    }
    return sharperOf({sharpestOf(m_tilesAcross), sharpestOf(m_tilesDown)});
}

void BlurCheck::addHole()
{
    m_sigma.codes.push_back(0);
}

void BlurCheck::state(StateArchive& archive)
{
    archive(m_sigma);
}

CheckMeasurement BlurCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    m_sigma.scale = kScale;
    measurement.series[u"sigma"_s] = std::move(m_sigma);
    return measurement;
}

} // namespace vidimus::checks::engine
