#pragma once

struct AVFrame;

namespace vidimus::transcode::engine {

/// Draws colour towards grey where it is a saturated red (R ≥ 0.8 of R + G + B in linear light: ITU-R BT.1702,
/// WCAG 2.2), just as far as it is one no more, with room for what coding adds. Light and all other colours stay. The
/// picture must be planar YUV and writable; another layout is left as it is.
void calmRed(AVFrame& frame);

} // namespace vidimus::transcode::engine
