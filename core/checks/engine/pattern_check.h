#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/flash_light.h"
#include "core/checks/engine/pattern_motion.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures for each frame how many light-dark pairs of regular stripes cover more than a quarter of the picture, and
/// whether they oscillate, flash or reverse. On a grid of cells half as wide as those of flashing, with the light of a
/// BT.1886 display at 200 cd/m². Ten frames a second are searched, and each frame while there are stripes: a tier of
/// its own, since this costs more than the other checks.
class PatternCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct FrameState {
        double seconds = 0;
        int pairs = 0;
        bool isMoving = false;
        qint32 region = 0;
    };
    void search(const Picture& picture, FrameState& state);
    void fillGaps();

    FlashCells m_cells;
    FlashLight m_light;
    LuminanceGrid m_grid;
    PatternMotion m_motion;
    std::vector<FrameState> m_frames;
    double m_searched = -1; ///< seconds, the last frame that was searched
    double m_found = -1; ///< seconds, the last one with stripes
};

} // namespace vidimus::checks::engine
