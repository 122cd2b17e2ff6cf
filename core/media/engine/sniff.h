#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace vidimus::media::engine {

/// How many first bytes sniff() wants to see, at most.
inline constexpr qsizetype kSniffBytes = 4096;

/// The one demuxer for these first bytes (libav's short name, "mov"), from our list. Text is refused whatever it says:
/// playlists and manifests make a demuxer open other files, under any file name.
/// Errors: Invalid (empty_file, playlist_refused, not_media), Unsupported (format_not_supported).
[[nodiscard]] Result<QByteArray> sniff(QByteArrayView head);

} // namespace vidimus::media::engine
