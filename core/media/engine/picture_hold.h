#pragma once

#include <memory>

struct AVFrame;

namespace vidimus::media::engine {

/// Keeps the pixels of a decoded picture in memory, unchanged, while a copy of the result lives; nothing is copied.
/// Null when memory is short or \a decoded is null.
[[nodiscard]] std::shared_ptr<const void> holdPicture(const AVFrame* decoded);
/// Whether \a pixels is the first plane of the decoded picture, and no copy of it.
[[nodiscard]] bool isPlaneOf(const AVFrame* decoded, const void* pixels);

} // namespace vidimus::media::engine
