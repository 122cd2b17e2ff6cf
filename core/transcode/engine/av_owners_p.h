#pragma once

#include "core/base/result.h"
#include "core/media/engine/av_ptr_p.h"

namespace vidimus::transcode::engine {

using media::engine::AvCodecContextPtr;
using media::engine::AvFramePtr;
using media::engine::AvPacketPtr;
using media::engine::SwrPtr;
using media::engine::SwsPtr;

/// The Error for a failed libav call; \a call names it.
[[nodiscard]] Error avError(const char* call, int code, ErrorCode kind = ErrorCode::Internal);
/// A new picture of the given kind with memory. Errors: LimitExceeded.
[[nodiscard]] Result<AvFramePtr> newPicture(AVPixelFormat format, int width, int height);
/// A second owner of the same pixels. Errors: LimitExceeded.
[[nodiscard]] Result<AvFramePtr> shareFrame(const AVFrame& frame);

} // namespace vidimus::transcode::engine
