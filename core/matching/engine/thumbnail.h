#pragma once

#include "core/base/state_archive.h"
#include "core/media/frame.h"

#include <cstdint>
#include <vector>

namespace vidimus::matching::engine {

/// A small picture of a frame's luma, 8 bits in the frame's own range; for finding bars and hashing what is between.
struct Thumbnail {
    static constexpr int kMaxSide = 512;

    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> samples; ///< rows first

    void state(StateArchive& archive)
    {
        archive(width, height, samples);
        if (std::size_t(width) * std::size_t(height) != samples.size())
            archive.refuse();
    }
    [[nodiscard]] const std::uint8_t* row(int y) const { return samples.data() + std::size_t(y) * std::size_t(width); }
};

/// Means of equal areas; each side at most kMaxSide, not in the frame's shape.
[[nodiscard]] Thumbnail thumbnailOf(const media::FrameView& frame);

} // namespace vidimus::matching::engine
