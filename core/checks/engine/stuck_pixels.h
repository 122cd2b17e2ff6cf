#pragma once

#include "core/base/state_archive.h"
#include "core/checks/engine/picture.h"
#include "core/checks/measurements.h"

#include <array>
#include <map>
#include <optional>

namespace vidimus::checks::engine {

/// Finds dead or stuck pixels of a sensor: a place that stands out from the even ring two pixels around it, in the same
/// direction, in nearly every sampled frame that can tell, while what is around it changes. The ring leaves room for
/// the neighbours to which a sensor's colour filter, a change of size or a coder spreads one pixel. Frames in which the
/// ring is busy say nothing. A star in a still is none: nothing around it changes.
class StuckPixels {
public:
    void add(const Luma& luma, qint64 frame);
    /// One mark a spot, kind "stuck_pixel", the sixty-four of the largest contrast.
    [[nodiscard]] std::vector<Mark> find() const;
    void state(StateArchive& archive) { archive(m_samples, m_width, m_height, m_candidates); }

private:
    struct Candidate {
        qint64 firstFrame = 0;
        qint64 lastFrame = 0;
        int firstSample = 0;
        int told = 0; ///< samples with an even ring
        int hits = 0; ///< of these with the pixel standing out
        int ring = 0; ///< middle of the ring at its last change, in codes
        int direction = 0; ///< of that change: −1, 1; 0: none yet
        int turns = 0; ///< changes against the direction before
        int darkest = 255; ///< the same over time
        int brightest = 0;
        qint64 contrast = 0; ///< sum over hits
        bool brighter = false;
    };
    /// How far the pixel lies above (or, negative, below) all of an even ring.
    struct Look {
        int contrast = 0;
        int ring = 0;
    };
    [[nodiscard]] std::optional<Look> lookAt(int x, int y) const;
    void lookAgain(int y, qint64 frame);
    void lookForNew(int y, qint64 frame);
    [[nodiscard]] bool isStuck(const Candidate& candidate) const;
    [[nodiscard]] const std::uint8_t* row(int y) const { return m_rows[static_cast<std::size_t>(y % kRows)].data(); }

    static constexpr int kReach = 2; ///< from a pixel to its ring
    static constexpr int kRows = 2 * kReach + 1;
    int m_samples = 0;
    int m_width = 0;
    int m_height = 0;
    std::map<qint64, Candidate> m_candidates; ///< by place, row after row
    std::array<std::vector<std::uint8_t>, kRows> m_rows; ///< the last rows at 8 bits, row y at y modulo kRows
    std::vector<std::uint8_t> m_apart;
};

} // namespace vidimus::checks::engine
