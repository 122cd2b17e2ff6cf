#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// States that decoding was watched, and whether the file ends before it should; the damaged ranges themselves belong
/// to the whole programme.
class DecodeErrorsCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startProgramme(const media::engine::PassStart& start) override;
    void addHole() override { ++m_missingFrames; }
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    qint64 m_missingFrames = 0;
    bool m_truncated = false;
};

} // namespace vidimus::checks::engine
