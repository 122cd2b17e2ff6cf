#pragma once

#include "core/transcode/engine/output_writer.h"
#include "core/transcode/plan.h"

#include <QStringList>

namespace vidimus::transcode::engine {

/// Checks that the segments of each track join without holes and begin at the same times in every rung.
/// Errors: Corrupt "segments_do_not_join".
[[nodiscard]] Result<void> checkSegmentsJoin(const Plan& plan, const OutputWriter& writer);

/// Writes the playlists of all tracks and, last, the master. \a codecStrings: by rendition.
[[nodiscard]] Result<void> writeManifests(const Plan& plan, const QStringList& codecStrings, OutputWriter& writer);

} // namespace vidimus::transcode::engine
