#pragma once

#include "core/media/facts.h"
#include "core/media/frame.h"

namespace vidimus::media::engine {

/// \a picture (Bgra) mirrored and turned as \a orientation says; itself when there is nothing to do.
[[nodiscard]] PictureBuffer turned(PictureBuffer picture, Orientation orientation);

} // namespace vidimus::media::engine
