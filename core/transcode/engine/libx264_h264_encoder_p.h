#pragma once

#include "core/transcode/engine/video_encoder_p.h"

namespace vidimus::transcode::engine {

/// x264 through libavcodec, one thread an encoder: the bytes then do not depend on the machine's number of cores.
/// Errors: Missing (not in this build of libavcodec), Internal.
[[nodiscard]] Result<std::unique_ptr<VideoEncoder>> createLibx264Encoder(const VideoEncoderSettings& settings);

/// The VBV rate at which a segment of whole length that begins with a buffer filled to kInitialFill stays within
/// maxRate times its length, however the segments before it ended. bit/s. Pure.
inline constexpr double kInitialFill = 0.5;
[[nodiscard]] int rateWithHeadRoom(int maxRate, int bufferSize, double segmentSeconds);

} // namespace vidimus::transcode::engine
