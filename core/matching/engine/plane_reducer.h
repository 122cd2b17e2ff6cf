#pragma once

#include "core/matching/engine/tent_weights.h"
#include "core/media/frame.h"

#include <array>
#include <memory>

namespace vidimus::matching::engine {

/// 64×64 samples, rows first.
using Grid = std::array<float, 64 * 64>;

/// Brings planes of one size to 64×64 with PDQ's filter. Every sample of the plane is read about once. The result is
/// the same on every machine. One thread at a time.
class PlaneReducer {
public:
    explicit PlaneReducer(media::PictureSize size);

    [[nodiscard]] media::PictureSize size() const { return m_size; }
    void reduce8(const media::PlaneView& plane, Grid& grid);
    void reduce16(const media::PlaneView& plane, Grid& grid);
    /// Bgra: the luma 0.299 R + 0.587 G + 0.114 B of each pixel.
    void reduceBgra(const media::PlaneView& plane, Grid& grid);

private:
    template<class ReadRow>
    void reduce(const ReadRow& addRow, Grid& grid);

    media::PictureSize m_size;
    TentWeights m_across;
    TentWeights m_down;
    std::vector<float> m_row; ///< one output row before it is reduced across; room for kLanes more
};

} // namespace vidimus::matching::engine
