#pragma once

#include "core/base/state_archive.h"
#include "core/checks/engine/picture.h"
#include "core/checks/measurements.h"

#include <map>

namespace vidimus::checks::engine {

/// Finds pixels that stand out from all eight neighbours, in the same place and direction, in nearly every sampled
/// frame, while what is around them changes: dead or stuck pixels of a sensor. A star in a still is none: nothing
/// around it changes.
class StuckPixels {
public:
    void add(const Luma& luma, qint64 frame);
    /// One mark a pixel, kind "stuck_pixel", the largest first sixty-four.
    [[nodiscard]] std::vector<Mark> find() const;
    void state(StateArchive& archive) { archive(m_samples, m_width, m_height, m_candidates); }

private:
    struct Candidate {
        qint64 firstFrame = 0;
        qint64 lastFrame = 0;
        int firstSample = 0;
        int hits = 0;
        int darkest = 255; ///< mean of the neighbours, over time
        int brightest = 0;
        qint64 contrast = 0; ///< sum over hits
    };
    void addRow(const Luma& luma, int y, qint64 frame);

    int m_samples = 0;
    int m_width = 0;
    int m_height = 0;
    std::map<qint64, Candidate> m_candidates; ///< by place, brighter ones positive, darker ones negative
    std::vector<std::uint8_t> m_rows[3];
    std::vector<std::uint8_t> m_apart;
};

} // namespace vidimus::checks::engine
