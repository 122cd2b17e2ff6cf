#pragma once

#include "core/matching/engine/plane_reducer.h"

#include <optional>

namespace vidimus::matching::engine {

/// PDQ's 64×64 picture of a frame: luma 0.299 R + 0.587 G + 0.114 B on the scale 0…255, whatever matrix, range and
/// depth the frame has. Where the frame's own luma is another mixture, the difference is a sum of its chroma planes,
/// which are reduced in the same way: no picture is converted. One thread at a time.
class LumaGrid {
public:
    /// Least side that can be hashed.
    static constexpr int kMinSide = 5;

    /// nullptr when a side is shorter than kMinSide. The grid lives until the next call.
    [[nodiscard]] const Grid* of(const media::FrameView& frame);

private:
    [[nodiscard]] static PlaneReducer& reducerFor(std::optional<PlaneReducer>& slot, media::PictureSize size);
    void reducePlane(std::optional<PlaneReducer>& slot, const media::FrameView& frame, std::size_t plane, Grid& grid);
    void addChroma(const media::FrameView& frame);

    std::optional<PlaneReducer> m_luma;
    std::optional<PlaneReducer> m_chroma;
    Grid m_grid {};
    Grid m_part {};
};

/// The authors' quality: the steps between neighbours of the 64×64 picture in whole percent of full scale, summed,
/// over 90; at most 100.
[[nodiscard]] int qualityOf(const Grid& grid);

} // namespace vidimus::matching::engine
