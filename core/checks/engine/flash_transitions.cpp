#include "core/checks/engine/flash_transitions.h"

#include <algorithm>

namespace vidimus::checks::engine {

namespace {

constexpr std::size_t kBlock = 64; ///< cells that are looked at again when one of them changed
/// Rounding of single precision: a step that misses the limit by less is that step.
constexpr float kSlack = 1e-5F;

} // namespace

bool LuminanceTransitions::isTransition(float bright, float dark) const
{
    const float difference = bright - dark;
    if (dark < m_limits.darkLimit)
        return difference >= m_limits.step * (1 - kSlack);
    return m_countsContrast && difference > 0 && difference * 17 >= (bright + dark) * (1 - kSlack);
}

void LuminanceTransitions::add(std::span<const float> luminance, bool highRange, Transitions& out)
{
    m_countsContrast = m_limits.michelson && highRange;
    out.clear();
    if (m_maximum.size() != luminance.size()) {
        m_maximum.assign(luminance.begin(), luminance.end());
        m_minimum = m_maximum;
        return;
    }
    for (std::size_t first = 0; first < luminance.size(); first += kBlock) {
        const std::size_t last = std::min(first + kBlock, luminance.size());
        if (update(first, last, luminance.data()))
            takeEvents(first, last, luminance.data(), out);
    }
}

/// Moves the extremes on; true when a cell of the block may have a transition. Without branches, for vector code.
bool LuminanceTransitions::update(std::size_t first, std::size_t last, const float* luminance)
{
    float* maximum = m_maximum.data();
    float* minimum = m_minimum.data();
    float largest = 0;
    for (std::size_t cell = first; cell < last; ++cell) {
        const float value = luminance[cell];
        const float high = maximum[cell];
        const float low = minimum[cell];
        const float nextHigh = high < 0 ? high : std::max(high, value);
        const float nextLow = low == kNoMinimum ? low : std::min(low, value);
        maximum[cell] = nextHigh;
        minimum[cell] = nextLow;
        largest = std::max(largest, std::max(nextHigh - value, value - nextLow));
    }
    return largest >= m_limits.step * (1 - kSlack);
}

void LuminanceTransitions::takeEvents(std::size_t first, std::size_t last, const float* luminance, Transitions& out)
{
    for (std::size_t cell = first; cell < last; ++cell) {
        const float value = luminance[cell];
        float& maximum = m_maximum[cell];
        float& minimum = m_minimum[cell];
        if (maximum >= 0 && isTransition(maximum, value)) {
            out.stepSum += maximum - value;
            maximum = kNoMaximum;
            minimum = value;
            out.falls.push_back(static_cast<std::uint32_t>(cell));
        } else if (minimum != kNoMinimum && isTransition(value, minimum)) {
            out.stepSum += value - minimum;
            minimum = kNoMinimum;
            maximum = value;
            out.rises.push_back(static_cast<std::uint32_t>(cell));
        }
    }
}

} // namespace vidimus::checks::engine
