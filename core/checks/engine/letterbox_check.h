#pragma once

#include "core/checks/engine/check.h"

#include <array>
#include <memory>

namespace vidimus::checks::engine {

/// Measures the black bars of each frame.
class LetterboxCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    Series m_top;
    Series m_right;
    Series m_bottom;
    Series m_left;
};

} // namespace vidimus::checks::engine
