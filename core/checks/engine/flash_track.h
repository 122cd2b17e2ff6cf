#pragma once

#include "core/base/state_archive.h"
#include "core/checks/measurements.h"

namespace vidimus::checks::engine {

/// What is known of flashing at a frame.
struct FlashState {
    int transitions = 0; ///< in the second that ends here, on more than the area that counts; 0 for fewer than three
    qint64 firstFrame = -1; ///< the first and last of these transitions
    qint64 lastFrame = -1;
    double area = 0; ///< share of the screen or window
    double step = 0; ///< mean luminance step of this frame's transitions
    Region region; ///< pixels

    friend bool operator==(const FlashState&, const FlashState&) = default;
};

/// The states of a programme, one row where it changes; each holds until the next.
class FlashTrack {
public:
    /// Bounds what a file that flashes for hours may take up. Beyond it the last state holds.
    static constexpr std::size_t kMaxRows = 100'000;

    void add(qint64 frame, const FlashState& state);
    /// As series with one sample a row ("frame", "transitions", "first", "last", "area", "step", "x", "y", "w", "h"),
    /// named for a choice of the parameter "standard"; steps are multiplied by \a stepUnit.
    void store(double choice, double stepUnit, CheckMeasurement& measurement) const;
    void state(StateArchive& archive) { archive(m_rows); }

private:
    struct Row {
        qint64 frame;
        FlashState state;
    };
    std::vector<Row> m_rows;
};

} // namespace vidimus::checks::engine
