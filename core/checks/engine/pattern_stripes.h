#pragma once

#include "core/base/state_archive.h"

#include <optional>
#include <span>
#include <vector>

namespace vidimus::checks::engine {

/// A plane of luminance, row by row.
struct LuminanceGrid {
    int columns = 0;
    int rows = 0;
    std::vector<float> values; ///< cd/m²

    void state(StateArchive& archive) { archive(columns, rows, values); }
};

/// A part of the picture that is covered by regular stripes, in cells.
struct StripedArea {
    int pairs = 0; ///< light-dark pairs across it
    int cells = 0; ///< how many it covers
    int left = 0;
    int top = 0;
    int right = 0; ///< inclusive
    int bottom = 0;
    bool alongRows = true; ///< the stripes alternate along rows rather than along columns
    double period = 0; ///< cells of a pair, in that direction
};

/// Regular runs of light and dark along one line.
struct StripeRun {
    int first = 0; ///< cell
    int last = 0; ///< inclusive
    int pairs = 0;
    double period = 0; ///< cells
};

/// Stripes that one can clearly tell apart: light and dark differ by 20 cd/m², the light ones are above 50 cd/m², and
/// the width of a pair changes by less than a quarter along the run. At least \a minPairs of them.
void findStripeRuns(std::span<const float> line, int minPairs, std::vector<StripeRun>& out);

/// The striped area with the most pairs among those that cover more than \a minShare of the grid. Rows and columns are
/// searched, so stripes of any direction are found; across oblique stripes lie the pairs of both.
[[nodiscard]] std::optional<StripedArea> findStripes(const LuminanceGrid& grid, double minShare);

} // namespace vidimus::checks::engine
