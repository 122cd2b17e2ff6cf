#pragma once

#include "core/base/state_archive.h"
#include "core/checks/engine/flash_light.h"
#include "core/checks/engine/flash_transitions.h"

namespace vidimus::checks::engine {

/// How red each cell is.
struct Redness {
    std::vector<float> ratio; ///< R/(R+G+B); 1/3 where the cell is too dark to have a colour
    std::vector<float> excess; ///< max(0, R−G−B) · 320
    std::uint64_t seen = 0; ///< frame of the light

    void measure(FlashLight& light);
};

/// Finds transitions to and from a saturated red in each cell by one of the rules. As with luminance a change counts
/// from the reddest or least red state since the last transition, however many frames it takes.
class RedTransitions {
public:
    explicit RedTransitions(RedRule rule)
        : m_rule(rule)
    {
    }
    /// The next frame; stepSum gets the u'v' distances. A grid of another size starts anew.
    void add(FlashLight& light, const Redness& redness, Transitions& out);
    void state(StateArchive& archive)
    {
        archive(m_mode, m_reddest, m_lowOrder, m_lowRed, m_lowGreen, m_lowBlue, m_isActive);
    }

private:
    enum class Mode : std::uint8_t { Unknown, Red, Other };
    struct State {
        float order = 0; ///< rises with redness: the ratio, or the excess
        float ratio = 0;
        float red = 0;
        float green = 0;
        float blue = 0;
    };

    void start(const LinearCells& light, const Redness& redness);
    [[nodiscard]] State stateOf(std::size_t cell, const LinearCells& light, const Redness& redness) const;
    void trackLeastRed(std::size_t first, std::size_t last, const LinearCells& light, const Redness& redness);
    [[nodiscard]] State leastRed(std::size_t cell) const;
    void setLeastRed(std::size_t cell, const State& state);
    [[nodiscard]] bool changes(const State& redder, const State& other, const FlashLight& light, double& step) const;
    [[nodiscard]] bool takeEvents(
        std::size_t first, std::size_t last, FlashLight& light, const Redness& redness, Transitions& out);

    RedRule m_rule;
    std::uint64_t m_seen = 0; ///< frame of the light
    std::vector<Mode> m_mode;
    std::vector<State> m_reddest; ///< since the last transition; ratio 0 when no saturated red was seen
    std::vector<float> m_lowOrder; ///< of the least red state; kNone after a transition to red
    std::vector<float> m_lowRed;
    std::vector<float> m_lowGreen;
    std::vector<float> m_lowBlue;
    std::vector<std::uint8_t> m_isActive; ///< by block: some cell of it has seen red
};

} // namespace vidimus::checks::engine
