#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Counts tracks of each kind, their languages, and what the programme's sound has.
class TracksCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startProgramme(const media::engine::PassStart& start) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    Values m_counts;
};

} // namespace vidimus::checks::engine
