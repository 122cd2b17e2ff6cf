#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Where text stands in the picture, and for how long: lines (text_lines.h) that stay in their place for a second and
/// more in one picture each half second. A track for the reviewer; nothing is judged. Text that moves or rolls is
/// missed, and so is text that is shown for less than a second.
class TextCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override { ++m_next; }
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    /// A line that is shown now.
    struct Shown {
        Region region; ///< pixels
        qint64 firstFrame = 0;
        qint64 lastFrame = 0; ///< in which it was seen
        int samples = 0;
        int missed = 0; ///< samples since then
    };
    void close(const Shown& shown);

    std::vector<Shown> m_shown;
    std::vector<Mark> m_marks;
    qint64 m_next = 0;
    ByteGrid m_grid;
};

} // namespace vidimus::checks::engine
