#pragma once

#include "core/base/state_archive.h"
#include "core/checks/engine/small_picture.h"
#include "core/checks/measurements.h"

// How a StateArchive writes and reads what checks gather and has no member for it.

namespace vidimus::checks {

inline void describeState(StateArchive& archive, Series& series)
{
    archive(series.step, series.scale, series.codes);
}

inline void describeState(StateArchive& archive, Mark& mark)
{
    archive(mark.kind, mark.firstFrame, mark.lastFrame, mark.values, mark.region);
}

inline void describeState(StateArchive& archive, DamagedRange& range)
{
    archive(range.picture, range.start, range.end, range.firstFrame, range.lastFrame, range.detail);
}

} // namespace vidimus::checks

namespace vidimus::checks::engine {

inline void describeState(StateArchive& archive, ByteGrid& grid)
{
    archive(grid.width, grid.height, grid.values);
    if (static_cast<std::size_t>(grid.width) * static_cast<std::size_t>(grid.height) != grid.values.size())
        archive.refuse();
}

inline void describeState(StateArchive& archive, SmallPicture& picture)
{
    archive(picture.grid);
}

} // namespace vidimus::checks::engine
