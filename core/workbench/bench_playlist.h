#pragma once

#include "core/base/result.h"

#include <QString>
#include <vector>

namespace vidimus::workbench {

/// One variant of a finished HLS folder: what its master playlist declares, and what its files weigh.
struct VariantRate {
    QString name; ///< folder of its media playlist
    double declared = 0; ///< BANDWIDTH, bit/s
    double measured = 0; ///< bit/s of its heaviest segment, with that of the sound it plays with
};

/// Reads the playlists that we wrote in \a folder again and weighs each segment. Segments shorter than half the target
/// duration do not count (RFC 8216bis, 4.4.6.2). Errors: NotFound, Io, Corrupt.
[[nodiscard]] Result<std::vector<VariantRate>> weighVariants(const QString& folder, const QString& master);

} // namespace vidimus::workbench
