#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/measured_levels.h"

#include <array>
#include <memory>

namespace vidimus::checks::engine {

/// Measures for each frame which share of the pixels is dark, at each of kBlackLevels of the luma range.
class BlackCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    std::array<Series, std::size(kBlackLevels)> m_shares; ///< rising level
};

} // namespace vidimus::checks::engine
