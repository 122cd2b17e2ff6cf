#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/flash_counter.h"
#include "core/checks/flash_standard.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures flashing of luminance by each standard: a track of the transitions in the last second, see FlashCounter.
class FlashCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    FlashCheck();
    void addFrame(const Picture& picture) override;
    void addHole() override { ++m_frame; }
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    /// What several standards measure in the same way is measured once.
    struct Meter {
        FlashTransfer transfer;
        bool tenDegrees;
        TransitionLimits limits; ///< in the unit of the luminance plane
        LuminanceTransitions transitions;
        FlashCounter counter;
    };
    std::vector<Meter> m_meters;
    Transitions m_found;
    qint64 m_frame = 0;
};

} // namespace vidimus::checks::engine
