#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// EBU R 103: measures which share of the picture has luma, R, G or B beyond the preferred range (5 % below black or
/// above white: 5–246 of 8 bits, 20–984 of 10 bits), after a mean over 2 × 2 pixels, and where. Also the share that is
/// piled up at black (crushed) or at white (clipped): at the end of the range itself, and at least kPile times what the
/// codes beside it hold. Bars around the picture do not count as black, nor does a picture that is mostly black or
/// white (titles).
///
/// Looks at up to 96 rows of cells, spread evenly: the limit is 1 % of the area, and an area that small crosses several
/// of them. What lies between two rows can be missed.
class LevelsCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    void push(double outside, double crushed, double clipped, qint32 region);

    Series m_outside;
    Series m_region;
    Series m_crushed;
    Series m_clipped;
    std::vector<std::uint8_t> m_mask;
};

} // namespace vidimus::checks::engine
