#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/stuck_pixels.h"

#include <array>
#include <memory>

namespace vidimus::checks::engine {

/// Finds what a tape or a sensor did. Marks of kind "dropout": a thin level streak that is in one frame only, where the
/// frames before and after agree (block means, so that every line of the picture is read). Marks of kind "stuck_pixel":
/// see StuckPixels.
class DropoutCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Kept {
        ByteGrid means;
        bool valid = false;
        void state(StateArchive& archive) { archive(means, valid); }
    };
    void judge(const Luma& luma);

    std::array<Kept, 3> m_kept; ///< by frame number modulo three
    qint64 m_next = 0;
    int m_samples = 0;
    std::vector<std::int8_t> m_directions; ///< of the spikes of a row
    std::vector<Mark> m_marks;
    StuckPixels m_stuck;
};

} // namespace vidimus::checks::engine
