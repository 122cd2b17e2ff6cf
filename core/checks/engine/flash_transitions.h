#pragma once

#include "core/base/state_archive.h"
#include "core/checks/engine/flash_light.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace vidimus::checks::engine {

/// How large a change of luminance is a transition, in the unit of the plane.
struct TransitionLimits {
    float step = 0;
    float darkLimit = 0; ///< the darker image is below this
    bool michelson = false; ///< where the darker image is not, a contrast of 1/17 is a transition too

    friend bool operator==(const TransitionLimits&, const TransitionLimits&) = default;
};

/// The transitions of one frame.
struct Transitions {
    std::vector<std::uint32_t> rises; ///< cells; for red: those that became red
    std::vector<std::uint32_t> falls;
    double stepSum = 0; ///< of the luminance steps, so that their mean can be told

    void clear()
    {
        rises.clear();
        falls.clear();
        stepSum = 0;
    }
    [[nodiscard]] std::size_t count() const { return rises.size() + falls.size(); }
};

/// Finds opposing changes of luminance in each cell: a rise counts when the cell has gained the step since its last
/// minimum, however many frames that took, a fall when it has lost it since its last maximum; rises and falls
/// alternate. Luminance is never negative.
class LuminanceTransitions {
public:
    explicit LuminanceTransitions(TransitionLimits limits)
        : m_limits(limits)
    {
    }
    /// The next frame. A plane of another size starts anew. Contrast counts in high dynamic range alone. Light that
    /// stays moves no extreme and makes no transition, so only cells that changed are looked at.
    void add(FlashLight& light, FlashTransfer transfer, Transitions& out);
    void state(StateArchive& archive) { archive(m_maximum, m_minimum); }

private:
    static constexpr float kNoMaximum = -1;
    static constexpr float kNoMinimum = std::numeric_limits<float>::max();

    [[nodiscard]] bool isTransition(float bright, float dark) const;
    [[nodiscard]] std::uint64_t update(std::size_t first, std::size_t last, const float* luminance);
    void takeEvent(std::size_t cell, float value, Transitions& out);

    TransitionLimits m_limits;
    bool m_countsContrast = false;
    std::uint64_t m_seen = 0; ///< frame of the light
    std::vector<float> m_maximum; ///< since the last rise; kNoMaximum after a fall
    std::vector<float> m_minimum; ///< since the last fall; kNoMinimum after a rise
};

} // namespace vidimus::checks::engine
