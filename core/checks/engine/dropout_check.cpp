#include "core/checks/engine/dropout_check.h"
#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/compiled_paths_p.h"

#include <algorithm>
#include <cstdlib>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

/// Mean of a block of 8 × 8, in codes. A streak of two white lines in grey lifts it by this much.
constexpr int kSpike = 20;
constexpr int kAgree = 8; ///< the frames on either side
/// A streak is at least this part of the picture wide, and this many times as wide as it is high.
constexpr int kLeastPart = 12;
constexpr int kThin = 4;
/// So much of the picture may change besides: among fast motion a streak cannot be told from a thing that passes.
constexpr double kMostChanges = 0.01;

/// The widest run of blocks of one row that are spikes of one sign.
struct Run {
    int first = 0;
    int count = 0;
};

struct Spikes {
    bool any = false;
    int changes = 0; ///< blocks that changed by a spike from one frame to the next
};

/// Where both neighbours agree and both differ by a spike, they differ in one direction.
VIDIMUS_BODY Spikes markSpikes(const std::uint8_t* before, const std::uint8_t* here, const std::uint8_t* after,
    int columns, std::int8_t* __restrict out)
{
    constexpr int kPart = 255; // a byte counts that far
    Spikes spikes;
    for (int first = 0; first < columns; first += kPart) {
        const int end = first + kPart < columns ? first + kPart : columns;
        std::uint8_t any = 0;
        std::uint8_t changes = 0;
        for (int x = first; x < end; ++x) {
            const auto apartOf
                = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a > b ? a - b : b - a); };
            const std::uint8_t up = apartOf(here[x], before[x]);
            const std::uint8_t down = apartOf(here[x], after[x]);
            const std::uint8_t apart = apartOf(before[x], after[x]);
            const std::uint8_t less = up < down ? up : down;
            const std::uint8_t more = up > down ? up : down;
            const auto spike = static_cast<std::uint8_t>((less >= kSpike) & (apart <= kAgree));
            const auto higher = static_cast<std::uint8_t>(here[x] > before[x]);
            out[x] = static_cast<std::int8_t>(spike & higher ? 1 : spike ? -1 : 0);
            any |= spike;
            changes = static_cast<std::uint8_t>(changes + (more >= kSpike));
        }
        spikes.any = spikes.any || any != 0;
        spikes.changes += changes;
    }
    return spikes;
}

/// Adds the blocks that changed by a spike from the frame before to \a changed. \a directions is room for a row.
Run widestSpike(const std::uint8_t* before, const std::uint8_t* here, const std::uint8_t* after, int columns,
    std::vector<std::int8_t>& directions, int& changed)
{
    directions.resize(static_cast<std::size_t>(columns));
    const std::int8_t* out = directions.data();
    const auto [any, changes] = Compiled<markSpikes>::best(before, here, after, columns, directions.data());
    changed += changes;
    Run widest;
    if (!any)
        return widest;
    Run run;
    int sign = 0;
    for (int x = 0; x < columns; ++x) {
        const int direction = out[x];
        if (direction != 0 && direction == sign)
            ++run.count;
        else
            run = {x, direction != 0 ? 1 : 0};
        sign = direction;
        if (run.count > widest.count)
            widest = run;
    }
    return widest;
}

} // namespace

std::unique_ptr<Check> DropoutCheck::create()
{
    return std::make_unique<DropoutCheck>();
}

void DropoutCheck::judge(const Luma& luma)
{
    const Kept& before = m_kept[static_cast<std::size_t>((m_next + 1) % 3)]; // three frames in a ring
    const Kept& here = m_kept[static_cast<std::size_t>((m_next + 2) % 3)];
    const Kept& after = m_kept[static_cast<std::size_t>(m_next % 3)];
    const auto fits = [&](const Kept& one) {
        return one.valid && one.means.width == after.means.width && one.means.height == after.means.height;
    };
    if (m_next < 2 || !fits(before) || !fits(here) || m_marks.size() >= CheckMeasurement::kMaxMarks / 2)
        return;
    const int columns = here.means.width;
    const int least = std::max(4, columns / kLeastPart);
    int changed = 0;
    int streak = 0;
    int top = -1;
    int bottom = -1;
    int left = columns;
    int right = 0;
    for (int y = 0; y < here.means.height; ++y) {
        const Run run
            = widestSpike(before.means.row(y), here.means.row(y), after.means.row(y), columns, m_directions, changed);
        if (run.count < least)
            continue;
        top = top < 0 ? y : top;
        bottom = y + 1;
        streak += run.count;
        left = std::min(left, run.first);
        right = std::max(right, run.first + run.count);
    }
    if (top < 0 || changed - streak > kMostChanges * columns * here.means.height
        || right - left < kThin * (bottom - top))
        return;
    constexpr int kBlock = PictureProducts::kBlock;
    const Region region {left * kBlock, top * kBlock, std::min(right * kBlock, luma.width) - left * kBlock,
        std::min(bottom * kBlock, luma.height) - top * kBlock};
    const double width = static_cast<double>(region.width) / luma.width;
    m_marks.push_back({u"dropout"_s, m_next - 1, m_next - 1, {{u"width_share"_s, width}}, region});
}

void DropoutCheck::addFrame(const Picture& picture)
{
    Kept& kept = m_kept[static_cast<std::size_t>(m_next % 3)];
    kept.means = picture.blockMeans();
    kept.valid = true;
    judge(picture.luma);
    if (picture.sample && m_samples++ % 2 == 0) // once a second
        m_stuck.add(picture.luma, m_next);
    ++m_next;
}

void DropoutCheck::addHole()
{
    m_kept[static_cast<std::size_t>(m_next % 3)].valid = false;
    ++m_next;
}

void DropoutCheck::state(StateArchive& archive)
{
    archive(m_kept, m_next, m_samples, m_marks, m_stuck);
}

CheckMeasurement DropoutCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    measurement.marks = std::move(m_marks);
    const std::vector<Mark> stuck = m_stuck.find();
    measurement.marks.insert(measurement.marks.end(), stuck.begin(), stuck.end());
    std::ranges::stable_sort(measurement.marks, {}, &Mark::firstFrame);
    return measurement;
}

} // namespace vidimus::checks::engine
