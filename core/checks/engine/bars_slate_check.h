#pragma once

#include "core/base/long_list.h"
#include "core/checks/engine/check.h"
#include "core/checks/engine/small_picture.h"

#include <memory>

namespace vidimus::checks::engine {

/// Finds what is not programme: marks of kind "colour_bars" (upright stripes of falling luma, as SMPTE and EBU bars
/// have), "test_pattern" (every row or every column the same), "flat_colour" (one colour that is not black: a missing
/// signal), "slate" (nothing moves, most of it is one even background, and black follows) and "leader" (a picture that
/// changes once a second, four times or more: a countdown).
class BarsSlateCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

    enum class Look : std::uint8_t { Other, Black, Bars, Pattern, Flat, Card };

private:
    struct Frame {
        Look look = Look::Other;
        qint16 change = -1; ///< mean difference to the frame before in 1/16 codes; -1: unknown
    };
    LongList<Frame> m_frames;
    SmallPicture m_before;
};

/// What one picture looks like. \a means: of blocks; \a black: luma's black at 8 bits.
[[nodiscard]] BarsSlateCheck::Look lookOf(const ByteGrid& means, int black);

} // namespace vidimus::checks::engine
