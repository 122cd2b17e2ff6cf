#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Compares what a file says of its coding with what it holds, and looks at how it is laid out: level and profile,
/// codecs in this container, place of the index, fragments, edits, bit rate, distance of picture and sound in the file.
class ConformanceCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startProgramme(const media::engine::PassStart& start) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    void addPicture(const media::VideoStream& video, const media::ContainerFacts& container);

    bool m_known = false;
    Values m_values;
};

} // namespace vidimus::checks::engine
