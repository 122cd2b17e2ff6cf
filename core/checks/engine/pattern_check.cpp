#include "core/checks/engine/pattern_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/region_code.h"

#include <algorithm>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMinShare = 0.25; ///< of the picture; 0.006 steradians of ten degrees in the consensus
constexpr double kSearchEach = 0.1; ///< seconds
constexpr double kWatchFor = 0.5; ///< seconds after the last stripes in which each frame is searched
/// Stripes that come back within this time flash; the time between belongs to them.
constexpr double kFlashGap = 0.4;
/// Two turns within this time are an oscillation.
constexpr double kOscillation = 1.0;
constexpr int kGridSide = 640; ///< cells of the longer side, at most

} // namespace

std::unique_ptr<Check> PatternCheck::create()
{
    return std::make_unique<PatternCheck>();
}

void PatternCheck::addFrame(const Picture& picture)
{
    FrameState state {picture.seconds, 0, false, kNoRegion};
    const bool due = m_searched < 0 || picture.seconds - m_searched >= kSearchEach - 1e-6;
    const bool watched = m_found >= 0 && picture.seconds - m_found <= kWatchFor;
    if (due || watched) {
        m_searched = picture.seconds;
        search(picture, state);
    } else if (!m_frames.empty()) {
        state.pairs = m_frames.back().pairs;
        state.region = m_frames.back().region;
    }
    m_frames.push_back(state);
}

void PatternCheck::addHole()
{
    m_frames.push_back({m_frames.empty() ? 0 : m_frames.back().seconds, 0, false, kNoRegion});
    m_motion.lose();
}

void PatternCheck::search(const Picture& picture, FrameState& state)
{
    measureCells(picture.view, picture.luma, kGridSide, m_cells);
    m_light.begin(m_cells, picture.view, picture.luma);
    m_grid = {m_cells.columns, m_cells.rows, m_light.luminance(FlashTransfer::Bt1886)};
    const auto area = findStripes(m_grid, kMinShare);
    if (!area) {
        m_motion.lose();
        return;
    }
    m_found = picture.seconds;
    state.pairs = area->pairs;
    state.isMoving = m_motion.add(m_grid, *area);
    const int side = m_cells.side;
    state.region = encodeRegion({area->left * side, area->top * side, (area->right + 1 - area->left) * side,
                                    (area->bottom + 1 - area->top) * side},
        picture.luma.width, picture.luma.height);
}

/// Stripes that vanish and come back flash: the frames between are theirs, and both ends are turns.
void PatternCheck::fillGaps()
{
    std::size_t last = m_frames.size(); // with stripes; none so far
    for (std::size_t frame = 0; frame < m_frames.size(); ++frame) {
        if (m_frames[frame].pairs == 0)
            continue;
        const bool back
            = last < frame && frame - last > 1 && m_frames[frame].seconds - m_frames[last].seconds <= kFlashGap;
        if (back) {
            for (std::size_t gap = last + 1; gap < frame; ++gap) {
                m_frames[gap].pairs = std::min(m_frames[last].pairs, m_frames[frame].pairs);
                m_frames[gap].region = m_frames[last].region;
            }
            m_frames[last + 1].isMoving = true;
            m_frames[frame].isMoving = true;
        }
        last = frame;
    }
}

void PatternCheck::state(StateArchive& archive)
{
    archive(m_motion, m_frames, m_searched, m_found);
}

CheckMeasurement PatternCheck::finish(const Measurements&)
{
    fillGaps();
    Series pairs;
    std::vector<qint32> moving(m_frames.size(), 0);
    Series region;
    for (const FrameState& state : m_frames) {
        pairs.codes.push_back(state.pairs);
        region.codes.push_back(state.region);
    }
    // From one turn to the next, and as long again as the last took.
    std::size_t turn = m_frames.size();
    for (std::size_t frame = 0; frame < m_frames.size(); ++frame) {
        if (!m_frames[frame].isMoving)
            continue;
        if (turn < frame && m_frames[frame].seconds - m_frames[turn].seconds <= kOscillation) {
            const std::size_t end = std::min(m_frames.size(), frame + (frame - turn));
            for (std::size_t each = turn; each < end; ++each)
                moving[each] = m_frames[each].pairs;
        }
        turn = frame;
    }
    CheckMeasurement measurement;
    measurement.series[u"pairs"_s] = std::move(pairs);
    measurement.series[u"pairs_moving"_s] = {0, 1, moving};
    measurement.series[u"region"_s] = std::move(region);
    return measurement;
}

} // namespace vidimus::checks::engine
