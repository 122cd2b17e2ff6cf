#pragma once

#include "core/media/color.h"

namespace vidimus::checks::engine {

inline constexpr double kHlgPeak = 1000; ///< cd/m² of the display that shows HLG

/// Luminance in cd/m² of a grey whose non-linear signal is \a signal (0..1): BT.1886 with an SDR white of \a sdrWhite,
/// HLG with its system gamma, PQ.
[[nodiscard]] double displayLuminance(media::HdrKind hdr, double signal, double sdrWhite);
/// Ofcom's measure of SDR light in cd/m²; 200 at full scale.
[[nodiscard]] double ofcomLuminance(double signal);
/// IEC 61966-2-1, with the corner that its second edition gives: 0..1.
[[nodiscard]] double srgbLight(double signal);
/// SMPTE ST 2084 in cd/m².
[[nodiscard]] double pqLuminance(double signal);
/// Inverse of the HLG OETF (ITU-R BT.2100 table 5): scene light, 0..1.
[[nodiscard]] double hlgSceneLight(double signal);

} // namespace vidimus::checks::engine
