#pragma once

#include "core/transcode/plan.h"

namespace vidimus::transcode {

/// Raised whenever the same source and settings would give other bytes.
inline constexpr int kRendererVersion = 1;

/// 64 hex digits that change whenever the bytes of the output could: the hash of the source, the renderer's version and
/// encoder, and the whole plan but its names and its number of segments, with the place on the grid. An output with the
/// same key may be kept. Pure.
[[nodiscard]] QByteArray segmentKey(
    const QByteArray& sourceSha256, const QString& encoderId, const Plan& plan, const OutputKey& key);

} // namespace vidimus::transcode
