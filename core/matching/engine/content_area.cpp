#include "core/matching/engine/content_area.h"

#include <algorithm>
#include <cstdlib>

namespace vidimus::matching::engine {

namespace {

/// 8-bit codes by which a codec may move an even bar from its tone.
constexpr int kTolerance = 10;
/// Part of a line that must hold its tone: the rest may be a logo or subtitles that stand in the bar.
constexpr double kLeastSteady = 0.6;
constexpr double kLeastShare = 0.3; ///< of each side that must be left

bool isOneTone(const Thumbnail& picture)
{
    const auto [least, most] = std::ranges::minmax_element(picture.samples);
    return *most - *least <= kTolerance;
}

/// The sample at a place of a line.
using Reader = int (*)(const Thumbnail& picture, int line, int place);

int rowSample(const Thumbnail& picture, int line, int place)
{
    return picture.row(line)[place];
}

int columnSample(const Thumbnail& picture, int line, int place)
{
    return picture.row(place)[line];
}

/// Whether the places [begin, end) of a line hold one tone in all \a pictures.
bool isBar(const std::vector<const Thumbnail*>& pictures, Reader sample, int line, int begin, int end)
{
    std::vector<int> tones;
    for (int place = begin; place < end; ++place)
        tones.push_back(sample(*pictures.front(), line, place));
    const auto middle = tones.begin() + static_cast<std::ptrdiff_t>(tones.size() / 2);
    std::nth_element(tones.begin(), middle, tones.end());
    const int tone = *middle;
    const int mayDiffer = static_cast<int>((1.0 - kLeastSteady) * (end - begin));
    int differ = 0;
    for (int place = begin; place < end && differ <= mayDiffer; ++place) {
        const bool steady = std::ranges::all_of(pictures,
            [&](const Thumbnail* picture) { return std::abs(sample(*picture, line, place) - tone) <= kTolerance; });
        differ += steady ? 0 : 1;
    }
    return differ <= mayDiffer;
}

struct Margins {
    int near = 0;
    int far = 0;
};

/// Lines at both ends of \a length that are bars, with one more where there are any: it may hold some of both.
template<class IsBarLine>
Margins marginsOf(int length, const IsBarLine& isBarLine)
{
    Margins margins;
    while (margins.near < length && isBarLine(margins.near))
        ++margins.near;
    while (margins.far < length - margins.near && isBarLine(length - 1 - margins.far))
        ++margins.far;
    if (margins.near > 0)
        ++margins.near;
    if (margins.far > 0)
        ++margins.far;
    return length - margins.near - margins.far < kLeastShare * length ? Margins {} : margins;
}

} // namespace

ContentArea contentAreaOf(std::span<const Thumbnail> pictures)
{
    if (pictures.empty())
        return {};
    const int width = pictures.front().width;
    const int height = pictures.front().height;
    std::vector<const Thumbnail*> telling;
    for (const Thumbnail& picture : pictures) {
        if (!isOneTone(picture))
            telling.push_back(&picture);
    }
    if (telling.empty())
        return {0, 0, width, height};
    const Margins rows = marginsOf(height, [&](int y) { return isBar(telling, rowSample, y, 0, width); });
    const int bottom = height - rows.far;
    const Margins columns = marginsOf(width, [&](int x) { return isBar(telling, columnSample, x, rows.near, bottom); });
    return {columns.near, rows.near, width - columns.near - columns.far, bottom - rows.near};
}

} // namespace vidimus::matching::engine
