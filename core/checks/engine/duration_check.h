#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Compares where sound, picture and container end.
class DurationCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;
};

} // namespace vidimus::checks::engine
