#pragma once

#include "core/matching/pdq_hash.h"

#include <vector>

namespace vidimus::test {

struct PlainPdq {
    matching::PdqHash hash;
    int quality = 0;
};

/// PDQ in the order its authors describe it, over the whole picture and in doubles: two times a box filter along the
/// rows and one along the columns, the sample in the middle of each 64th part, all 64×64 products of the DCT. Slow; to
/// compare with. \a luma: rows first, 0…255.
[[nodiscard]] PlainPdq plainPdq(std::vector<double> luma, int width, int height);

} // namespace vidimus::test
