#pragma once

#include "core/checks/engine/picture.h"

namespace vidimus::checks::engine {

/// A picture made small: means of squares of block means, about 64 columns wide. For questions about what is where.
struct SmallPicture {
    ByteGrid grid;

    [[nodiscard]] bool isEmpty() const { return grid.values.empty(); }
    [[nodiscard]] bool hasShapeOf(const SmallPicture& other) const
    {
        return grid.width == other.grid.width && grid.height == other.grid.height;
    }
    [[nodiscard]] double mean() const;
    [[nodiscard]] double deviation() const; ///< standard deviation
};

[[nodiscard]] SmallPicture makeSmall(const ByteGrid& blockMeans);
/// Mean absolute difference in codes. Both of one shape.
[[nodiscard]] double differenceOf(const SmallPicture& a, const SmallPicture& b);
/// How alike what is where is, whatever the brightness and contrast: correlation, -1 to 1. 0 when one of them is flat.
[[nodiscard]] double likeness(const SmallPicture& a, const SmallPicture& b);
/// The share of \a b in a mixture of \a a and \a b that is nearest to \a between: 0 at \a a, 1 at \a b.
[[nodiscard]] double shareOf(const SmallPicture& between, const SmallPicture& a, const SmallPicture& b);
/// Mean absolute difference of \a between to the mixture of \a a and \a b with this share of \a b.
[[nodiscard]] double mixtureError(
    const SmallPicture& between, const SmallPicture& a, const SmallPicture& b, double share);

} // namespace vidimus::checks::engine
