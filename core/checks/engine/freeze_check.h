#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/measured_levels.h"

#include <array>
#include <memory>

namespace vidimus::checks::engine {

/// Measures how much each frame differs from its reference: the last frame that was not a repetition. What counts as a
/// repetition depends on the level, so the chain of references is followed for each of kFreezeLevels.
class FreezeCheck : public Check {
public:
    FreezeCheck();
    ~FreezeCheck() override;
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Luma& luma) override;
    void addHole() override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Reference;
    [[nodiscard]] std::shared_ptr<Reference> keep(const Luma& luma);

    /// Shared, because in moving pictures all levels have the previous frame as their reference.
    std::array<std::shared_ptr<Reference>, std::size(kFreezeLevels)> m_references;
    std::shared_ptr<Reference> m_spare; ///< memory to use again
    std::array<Series, std::size(kFreezeLevels)> m_differences;
};

} // namespace vidimus::checks::engine
