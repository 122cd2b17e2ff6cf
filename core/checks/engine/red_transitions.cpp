#include "core/checks/engine/red_transitions.h"

#include "core/checks/engine/flash_ops_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

namespace {

constexpr std::size_t kBlock = FlashLight::kBlock; ///< cells that are looked at closely when one of them is red
constexpr float kNone = -1;

// WCAG 2.2, definition of general flash and red flash thresholds, and ISO 9241-391.
constexpr float kSaturated = 0.8F;
constexpr float kColourDistance = 0.2F; ///< CIE 1976 u'v'
/// Two colours of at least this ratio are never that far apart: the farthest by 0.18 with the primaries of BT.2020.
constexpr float kNearRed = 0.8F;
constexpr float kExcessStep = 20; ///< of (R−G−B) · 320
/// Where any change to or from a saturated red counts, a red must fall this far to have gone: noise at the limit is no
/// flash.
constexpr float kNoLongerSaturated = 0.78F;
/// Less red light than this (fraction of white's) is the quantiser's colour, not the picture's.
constexpr float kLeastRedLight = 0.01F;

} // namespace

void Redness::measure(FlashLight& light)
{
    const LinearCells& linear = light.linear();
    const std::size_t count = linear.red.size();
    ratio.resize(count);
    excess.resize(count);
    const std::span changed = light.changedSince(seen);
    for (std::size_t first = 0; first < count; first += kBlock) {
        if (changed[first / kBlock] == 0)
            continue;
        const RedLight planes {linear.red.data() + first, linear.green.data() + first, linear.blue.data() + first};
        flashOps().measureRedness(
            planes, std::min(kBlock, count - first), kLeastRedLight, ratio.data() + first, excess.data() + first);
    }
}

void RedTransitions::start(const LinearCells& light, const Redness& redness)
{
    const std::size_t count = light.red.size();
    m_mode.assign(count, Mode::Unknown);
    m_reddest.assign(count, State());
    for (auto* plane : {&m_lowOrder, &m_lowRed, &m_lowGreen, &m_lowBlue})
        plane->resize(count);
    m_isActive.assign((count + kBlock - 1) / kBlock, 1);
    for (std::size_t cell = 0; cell < count; ++cell)
        setLeastRed(cell, stateOf(cell, light, redness));
}

RedTransitions::State RedTransitions::stateOf(std::size_t cell, const LinearCells& light, const Redness& redness) const
{
    const float order = m_rule == RedRule::Difference ? redness.excess[cell] : redness.ratio[cell];
    return {order, redness.ratio[cell], light.red[cell], light.green[cell], light.blue[cell]};
}

RedTransitions::State RedTransitions::leastRed(std::size_t cell) const
{
    const float ratio = m_rule == RedRule::Difference ? 0 : m_lowOrder[cell];
    return {m_lowOrder[cell], ratio, m_lowRed[cell], m_lowGreen[cell], m_lowBlue[cell]};
}

void RedTransitions::setLeastRed(std::size_t cell, const State& state)
{
    m_lowOrder[cell] = state.order;
    m_lowRed[cell] = state.red;
    m_lowGreen[cell] = state.green;
    m_lowBlue[cell] = state.blue;
}

void RedTransitions::trackLeastRed(
    std::size_t first, std::size_t last, const LinearCells& light, const Redness& redness)
{
    const float* order = m_rule == RedRule::Difference ? redness.excess.data() : redness.ratio.data();
    if (!flashOps().anyBelow(order + first, m_lowOrder.data() + first, last - first))
        return;
    for (std::size_t cell = first; cell < last; ++cell) {
        const bool less = order[cell] < m_lowOrder[cell];
        m_lowOrder[cell] = less ? order[cell] : m_lowOrder[cell];
        m_lowRed[cell] = less ? light.red[cell] : m_lowRed[cell];
        m_lowGreen[cell] = less ? light.green[cell] : m_lowGreen[cell];
        m_lowBlue[cell] = less ? light.blue[cell] : m_lowBlue[cell];
    }
}

bool RedTransitions::changes(const State& redder, const State& other, const FlashLight& light, double& step) const
{
    if (redder.order <= other.order)
        return false;
    if (m_rule == RedRule::Saturation && other.ratio >= kNoLongerSaturated)
        return false;
    if (m_rule == RedRule::Difference && redder.order - other.order <= kExcessStep)
        return false;
    if (m_rule == RedRule::Chromaticity && other.ratio >= kNearRed)
        return false;
    const auto [u1, v1] = light.chromaticity(redder.red, redder.green, redder.blue);
    const auto [u2, v2] = light.chromaticity(other.red, other.green, other.blue);
    step = std::sqrt((u1 - u2) * (u1 - u2) + (v1 - v2) * (v1 - v2));
    return m_rule != RedRule::Chromaticity || step > kColourDistance;
}

void RedTransitions::add(FlashLight& light, const Redness& redness, Transitions& out)
{
    out.clear();
    const LinearCells& linear = light.linear();
    if (m_mode.size() != linear.red.size())
        start(linear, redness);
    const std::span changed = light.changedSince(m_seen);
    for (std::size_t first = 0; first < m_mode.size(); first += kBlock) {
        if (changed[first / kBlock] == 0)
            continue;
        const std::size_t last = std::min(first + kBlock, m_mode.size());
        trackLeastRed(first, last, linear, redness);
        std::uint8_t& active = m_isActive[first / kBlock];
        if (active != 0 || flashOps().anyAtLeast(redness.ratio.data() + first, kSaturated, last - first))
            active = takeEvents(first, last, light, redness, out) ? 1 : 0;
    }
}

/// True when some cell of the block must be looked at in the next frame too.
bool RedTransitions::takeEvents(
    std::size_t first, std::size_t last, FlashLight& light, const Redness& redness, Transitions& out)
{
    bool active = false;
    const LinearCells& linear = light.linear();
    for (std::size_t cell = first; cell < last; ++cell) {
        const State now = stateOf(cell, linear, redness);
        State& reddest = m_reddest[cell];
        const bool isRed = now.ratio >= kSaturated;
        double step = 0;
        if (m_mode[cell] != Mode::Red && m_lowOrder[cell] != kNone && isRed
            && changes(now, leastRed(cell), light, step)) {
            m_mode[cell] = Mode::Red;
            reddest = now;
            m_lowOrder[cell] = kNone;
            out.rises.push_back(static_cast<std::uint32_t>(cell));
            out.stepSum += step;
        } else if (m_mode[cell] != Mode::Other && reddest.ratio >= kSaturated && changes(reddest, now, light, step)) {
            m_mode[cell] = Mode::Other;
            reddest = {};
            setLeastRed(cell, now);
            out.falls.push_back(static_cast<std::uint32_t>(cell));
            out.stepSum += step;
        } else if (m_mode[cell] != Mode::Other && isRed && now.order > reddest.order) {
            reddest = now;
        }
        active |= reddest.ratio >= kSaturated;
    }
    return active;
}

} // namespace vidimus::checks::engine
