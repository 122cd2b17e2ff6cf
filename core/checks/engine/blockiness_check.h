#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures the grid of coding blocks: the mean step between pixels across the lines of a grid of eight, divided by the
/// mean step elsewhere; 1 means there is no grid. The grid's place is searched, so that a cropped picture shows it too.
/// No line counts for more than four times its surroundings, so that one edge that happens to lie on the grid (a
/// caption, a bar) is no block. The value is the mean of both directions, over the strips.
class BlockinessCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    Series m_grid;
    std::vector<std::uint32_t> m_columns; ///< step right of each column
    std::vector<std::uint32_t> m_rows; ///< step below each row of the strips
};

} // namespace vidimus::checks::engine
