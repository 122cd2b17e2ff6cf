#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/flash_counter.h"
#include "core/checks/engine/red_transitions.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures flashing to and from saturated red by each standard: a track of the transitions in the last second, see
/// FlashCounter. The standards say what a saturated red is in linear light and not by which curve; all of them are
/// measured by that of sRGB.
class RedFlashCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    RedFlashCheck();
    void addFrame(const Picture& picture) override;
    void addHole() override { ++m_frame; }
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Meter {
        RedRule rule;
        bool tenDegrees;
        RedTransitions transitions;
        FlashCounter counter;
    };
    std::vector<Meter> m_meters;
    Redness m_redness;
    Transitions m_found;
    qint64 m_frame = 0;
};

} // namespace vidimus::checks::engine
