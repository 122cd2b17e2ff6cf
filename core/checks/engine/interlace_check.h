#pragma once

#include "core/base/long_list.h"
#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Looks for two fields of different moments in one frame, and for what the stream says about them.
///
/// A pixel is combed when it stands out from both rows of the other field and its own field does not explain it
/// (strip_ops). A block of 16 × 16 is combed when 80 of its 256 pixels are, more than stand out so from their
/// neighbours in the row (noise and fine texture do both), and it differs from the frame before: fine stripes that
/// stand still are no fields. The field order is told as FFmpeg's idet does: a row of the frame before or after is put
/// between two rows of this one; the one that fits worse by 1.04 is farther away in time.
///
/// Combed and whole frames in turn, in a pattern of five or six frames, are film at 24 shown at 29.97 by repeating
/// fields (pulldown).
class InterlaceCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

    enum class Order : std::uint8_t { Unknown, TopFirst, BottomFirst };
    struct Frame {
        qint16 combed = 0; ///< thousandths of the blocks
        Order order = Order::Unknown;
        bool saysInterlaced : 1 = false;
        bool saysTopFirst : 1 = false;
    };

private:
    [[nodiscard]] qint16 combedShare(const Picture& picture);
    [[nodiscard]] static Order orderOf(const Picture& next);

    LongList<Frame> m_frames;
    std::vector<std::uint8_t> m_mask;
    std::vector<std::uint32_t> m_blocks; ///< combed pixels in each block of a strip
};

/// Stretches in which combed and whole frames repeat in a pattern.
[[nodiscard]] std::vector<Mark> findTelecine(std::span<const InterlaceCheck::Frame> frames);
/// Stretches that say they are interlaced: kind "interlaced" when they show it, else "interlaced_flag".
[[nodiscard]] std::vector<Mark> findInterlaced(std::span<const InterlaceCheck::Frame> frames);
/// Stretches whose fields are in the other order than they say.
[[nodiscard]] std::vector<Mark> findWrongOrder(std::span<const InterlaceCheck::Frame> frames);

} // namespace vidimus::checks::engine
