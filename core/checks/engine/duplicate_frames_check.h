#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Finds frames that repeat the one before although the picture around them moves: a frame rate that was raised by
/// repeating frames, a capture that stumbled. A repeat that was coded again is never quite equal, so a frame's mean
/// difference to the one before (over the strips) is divided by what its neighbours move: the value that a quarter of
/// the six frames on either side exceed. That stays the real motion when up to three of four frames are repeats (24
/// shown at 60 has three in five), and up to three cuts among the neighbours do not count as motion. Where the
/// neighbours move by less than kLeastMotion nothing can be told, and holds longer than kLongestRepeat are the freeze
/// check's.
///
/// A frame that moves kSkipFactor times as far as its neighbours, which move evenly, follows a frame that was dropped.
/// Where that happens in step, missing_cadence finds it in uneven motion too.
class DuplicateFramesCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    CodeList m_differences; ///< 1/256 of an 8-bit code; kUnknown without a frame before
};

} // namespace vidimus::checks::engine
