#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace vidimus::catalog {
class CatalogClient;
}
namespace vidimus::worker {
class WorkerPool;
}

namespace vidimus::workbench {

/// What a player would have got.
struct PlaybackReport {
    int variants = 0;
    int segments = 0; ///< of the variant that was played
    qint64 bytes = 0;
    qint64 frames = 0; ///< decoded to the last
    double duration = 0; ///< seconds
};

/// Plays a live HLS address as a player does: fetches master and media playlists, the initialisation segment and every
/// media segment of the first variant, and decodes them to the last frame in the sandbox. Errors: Unavailable, Corrupt
/// (a playlist that is none, a segment that is missing or does not decode), LimitExceeded, Canceled.
[[nodiscard]] Result<PlaybackReport> playBack(catalog::CatalogClient& client, worker::WorkerPool& workers,
    const QByteArray& masterUrl, const CancelToken& cancel = {});

} // namespace vidimus::workbench
