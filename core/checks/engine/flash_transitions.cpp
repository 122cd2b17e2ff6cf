#include "core/checks/engine/flash_transitions.h"

#include "core/checks/engine/flash_ops_p.h"

#include <algorithm>
#include <bit>

namespace vidimus::checks::engine {

namespace {

constexpr std::size_t kBlock = FlashLight::kBlock;
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

void LuminanceTransitions::add(FlashLight& light, FlashTransfer transfer, Transitions& out)
{
    m_countsContrast = m_limits.michelson && light.isHighRange();
    out.clear();
    const std::vector<float>& luminance = light.luminance(transfer);
    const std::span changed = light.changedSince(m_seen);
    if (m_maximum.size() != luminance.size()) {
        m_maximum.assign(luminance.begin(), luminance.end());
        m_minimum = m_maximum;
        return;
    }
    for (std::size_t first = 0; first < luminance.size(); first += kBlock) {
        if (changed[first / kBlock] == 0)
            continue;
        const std::size_t last = std::min(first + kBlock, luminance.size());
        for (std::uint64_t cells = update(first, last, luminance.data()); cells != 0; cells &= cells - 1) {
            const std::size_t cell = first + static_cast<std::size_t>(std::countr_zero(cells));
            takeEvent(cell, luminance[cell], out);
        }
    }
}

/// Bits of the cells that may have a transition: with contrast the darker image may have any light.
std::uint64_t LuminanceTransitions::update(std::size_t first, std::size_t last, const float* luminance)
{
    const float darkLimit = m_countsContrast ? std::numeric_limits<float>::infinity() : m_limits.darkLimit;
    return flashOps().moveExtremes(luminance + first, m_maximum.data() + first, m_minimum.data() + first, last - first,
        kNoMinimum, m_limits.step * (1 - kSlack), darkLimit);
}

void LuminanceTransitions::takeEvent(std::size_t cell, float value, Transitions& out)
{
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

} // namespace vidimus::checks::engine
