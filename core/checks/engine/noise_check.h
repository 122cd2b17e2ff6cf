#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures noise twice a second: the standard deviation, in 8-bit codes, by Immerkær's mask (1 −2 1, −2 4 −2, 1 −2 1),
/// which does not see slopes and straight edges, in blocks of 16 × 16 of the strips. A fifth of the blocks has less:
/// these are the flat ones, where only noise is left. Black, white and empty blocks do not count.
class NoiseCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    Series m_sigma;
    std::vector<std::uint32_t> m_sums; ///< of a strip's blocks
    std::vector<double> m_blocks;
};

} // namespace vidimus::checks::engine
