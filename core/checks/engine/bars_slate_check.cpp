#include "core/checks/engine/bars_slate_check.h"
#include "core/checks/engine/check_state_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;
using Look = BarsSlateCheck::Look;

namespace {

constexpr int kEven = 3; ///< codes between blocks of one colour
constexpr int kAboveBlack = 12; ///< codes; darker is black
constexpr double kCardBackground = 0.5; ///< of the blocks
constexpr int kCardContrast = 60; ///< codes between background and what is written on it
constexpr int kStill = 8; ///< 1/16 codes of mean difference: coding noise
constexpr int kLeader = 4; ///< changes
constexpr int kLeaderStep = 24; ///< 1/16 codes: a numeral changes this much

struct Range {
    int least = 255;
    int most = 0;

    void add(int value)
    {
        least = std::min(least, value);
        most = std::max(most, value);
    }
    [[nodiscard]] int width() const { return most - least; }
};

/// How often each value comes. Neighbours are often equal, and one count would wait for the other.
std::array<int, 256> countsOf(const std::vector<std::uint8_t>& values)
{
    constexpr std::size_t kApart = 4;
    std::array<std::array<int, 256>, kApart> apart {};
    std::size_t at = 0;
    for (; at + kApart <= values.size(); at += kApart) {
        for (std::size_t n = 0; n < kApart; ++n)
            ++apart[n][values[at + n]];
    }
    for (; at < values.size(); ++at)
        ++apart[0][values[at]];
    for (std::size_t value = 0; value < apart[0].size(); ++value)
        apart[0][value] += apart[1][value] + apart[2][value] + apart[3][value];
    return apart[0];
}

/// Luma of stripes in the upper half: each column even from top to bottom, neighbours of one code one stripe. Empty
/// when a column that is no border between stripes is not even.
std::vector<int> stripesOf(const ByteGrid& means)
{
    std::vector<int> stripes;
    const int top = means.height / 10;
    const int bottom = std::max(top + 1, means.height / 2);
    int uneven = 0;
    int length = 0;
    int last = -1;
    for (int x = 0; x < means.width; ++x) {
        Range range;
        for (int y = top; y < bottom; ++y)
            range.add(means.row(y)[x]);
        const int code = (range.least + range.most) / 2;
        uneven += range.width() > kEven ? 1 : 0;
        if (uneven * 20 > means.width)
            return {};
        if (last >= 0 && std::abs(code - last) <= kEven) {
            if (++length == std::max(2, means.width / 24))
                stripes.push_back(code);
        } else {
            length = 1;
        }
        last = code;
    }
    return stripes;
}

bool isBars(const ByteGrid& means)
{
    std::vector<int> stripes = stripesOf(means);
    // Black at either side (4:3 bars in a wide frame), and grey flanks of wide bars.
    while (!stripes.empty() && stripes.size() > 1 && stripes.front() < stripes[1])
        stripes.erase(stripes.begin());
    while (stripes.size() > 1 && stripes.back() > stripes[stripes.size() - 2])
        stripes.pop_back();
    const bool falling = std::ranges::is_sorted(stripes, std::greater<>());
    return stripes.size() >= 6 && stripes.size() <= 9 && falling && stripes.front() - stripes.back() >= 60;
}

constexpr int kSpan = 60; ///< codes; a soft sky is no pattern

/// Each of \a count lines is even, and they span many codes.
template<class LineAt>
bool areEvenLines(int count, LineAt&& lineAt)
{
    Range all;
    for (int at = 0; at < count; ++at) {
        const Range line = lineAt(at);
        if (line.width() > kEven)
            return false;
        all.add(line.most);
    }
    return all.width() >= kSpan;
}

/// All rows alike, or all columns.
bool isPattern(const ByteGrid& means)
{
    const auto column = [&](int x) {
        Range range;
        for (int y = 0; y < means.height; ++y)
            range.add(means.row(y)[x]);
        return range;
    };
    const auto row = [&](int y) {
        Range range;
        for (int x = 0; x < means.width; ++x)
            range.add(means.row(y)[x]);
        return range;
    };
    return areEvenLines(means.width, column) || areEvenLines(means.height, row);
}

} // namespace

Look lookOf(const ByteGrid& means, int black)
{
    if (means.width < 8 || means.height < 6)
        return Look::Other;
    Range all;
    for (const std::uint8_t value : means.values)
        all.add(value);
    if (all.most <= black + kAboveBlack)
        return Look::Black;
    if (all.width() <= kEven)
        return Look::Flat;
    if (isBars(means))
        return Look::Bars;
    if (isPattern(means))
        return Look::Pattern;
    const std::array<int, 256> counts = countsOf(means.values);
    const auto mode = static_cast<int>(std::ranges::max_element(counts) - counts.begin());
    int background = 0;
    for (int code = std::max(0, mode - 2); code <= std::min(255, mode + 2); ++code)
        background += counts[static_cast<std::size_t>(code)];
    const bool even = background >= kCardBackground * static_cast<double>(means.values.size());
    const int contrast = std::max(all.most - mode, mode - all.least);
    return even && contrast >= kCardContrast ? Look::Card : Look::Other;
}

std::unique_ptr<Check> BarsSlateCheck::create()
{
    return std::make_unique<BarsSlateCheck>();
}

void BarsSlateCheck::addFrame(const Picture& picture)
{
    const ByteGrid& means = picture.blockMeans();
    Frame frame;
    frame.look = lookOf(means, picture.luma.blackCode() >> (picture.luma.bits - 8));
    const SmallPicture& small = picture.small();
    if (!m_before.isEmpty() && small.hasShapeOf(m_before))
        frame.change = static_cast<qint16>(std::lround(differenceOf(small, m_before) * 16));
    m_before = small;
    m_frames.push_back(frame);
}

void BarsSlateCheck::addHole()
{
    m_before = {};
    m_frames.push_back({});
}

void BarsSlateCheck::state(StateArchive& archive)
{
    archive(m_frames, m_before);
}

CheckMeasurement BarsSlateCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    const auto nameOf = [](Look look) {
        switch (look) {
        case Look::Bars:
            return "colour_bars";
        case Look::Pattern:
            return "test_pattern";
        case Look::Flat:
            return "flat_colour";
        case Look::Card:
            return "slate";
        case Look::Black:
        case Look::Other:
            break;
        }
        return static_cast<const char*>(nullptr);
    };
    const std::size_t count = m_frames.size();
    for (std::size_t first = 0; first < count;) {
        std::size_t end = first + 1;
        while (end < count && m_frames[end].look == m_frames[first].look && m_frames[end].change >= 0
            && m_frames[end].change <= kStill)
            ++end;
        const char* name = nameOf(m_frames[first].look);
        const bool beforeBlack = end < count && m_frames[end].look == Look::Black;
        const bool counts = name != nullptr && (m_frames[first].look != Look::Card || beforeBlack);
        if (counts && end - first >= 2 && measurement.marks.size() < CheckMeasurement::kMaxMarks)
            measurement.marks.push_back(
                {QString::fromLatin1(name), static_cast<qint64>(first), static_cast<qint64>(end) - 1, {}, {}});
        first = end;
    }
    // Changes that come once a second, and nothing between them as large.
    const FrameClock& clock = programme.clock;
    std::vector<qint64> steps;
    const auto close = [&] {
        if (steps.size() >= kLeader) {
            measurement.marks.push_back(
                {u"leader"_s, steps.front(), std::min(clock.count() - 1, clock.frameAt(clock.start(steps.back()) + 1)),
                    {{u"steps"_s, static_cast<double>(steps.size())}}, {}});
        }
        steps.clear();
    };
    for (std::size_t i = 1; i < count; ++i) {
        if (m_frames[i].change < kLeaderStep)
            continue;
        const auto frame = static_cast<qint64>(i);
        const double frameSeconds = clock.start(frame) - clock.start(frame - 1);
        if (!steps.empty()) {
            const double gap = clock.start(frame) - clock.start(steps.back());
            if (std::abs(gap - 1) > frameSeconds * 1.01)
                close();
        }
        steps.push_back(frame);
    }
    close();
    std::ranges::stable_sort(measurement.marks, {}, &Mark::firstFrame);
    return measurement;
}

} // namespace vidimus::checks::engine
