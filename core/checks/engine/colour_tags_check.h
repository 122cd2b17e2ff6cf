#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Holds what a stream says about its picture against itself and against what is measured. Marks over the whole
/// programme, each with what was seen: "untagged" (no primaries, transfer or matrix), "wrong_matrix" (BT.601 in high
/// definition), "mixed_tags" (BT.2020 or PQ or HLG half said, or at 8 bits), "range_looks_full" (limited range, yet
/// codes far below black and above white all along), "range_looks_limited" (full range, yet nothing ever beyond 16 and
/// 235 while both are reached), "odd_size", "unusual_aspect" (of the shown picture) and "tags_change" (a frame that
/// says something else than the stream).
class ColourTagsCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startProgramme(const media::engine::PassStart& start) override;
    void addFrame(const Picture& picture) override;
    void addHole() override { ++m_next; }
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    media::VideoStream m_stream;
    qint64 m_next = 0;
    qint64 m_firstChange = -1;
    int m_samples = 0;
    int m_beyond = 0; ///< samples with much outside 16–235
    qint64 m_pixels = 0; ///< of all samples
    qint64 m_outside = 0; ///< pixels outside 16–235
    qint64 m_atEnds = 0; ///< pixels within a few codes of 16 and of 235
    bool m_fullRange = false;
};

} // namespace vidimus::checks::engine
