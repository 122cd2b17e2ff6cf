#pragma once

struct AVFrame;

namespace vidimus::transcode::engine {

/// Brings a picture within EBU R 103 (5 to 246 of 8 bits for R, G, B and Y), with a little room for what coding adds:
/// luma is clipped, then colour is drawn towards grey just as far as R, G and B need. What keeps the limits is not
/// touched. The picture must be planar YUV and writable; another layout is left as it is.
void legaliseLevels(AVFrame& frame);

} // namespace vidimus::transcode::engine
