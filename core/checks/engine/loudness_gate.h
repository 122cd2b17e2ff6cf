#pragma once

#include <span>

/// Loudness of a programme out of the weighted power of each 10 ms. Pure; any thread.
namespace vidimus::checks::engine {

inline constexpr int kPowersPerSecond = 100;
inline constexpr double kAbsoluteGate = -70; ///< LUFS, ITU-R BS.1770-5

/// -0.691 + 10·log10(power), at least kAbsoluteGate.
[[nodiscard]] double loudnessOf(double power);
/// ITU-R BS.1770-5, annex 1: blocks of 400 ms each 100 ms, gated at -70 LUFS, then 10 LU below their mean. In LUFS.
[[nodiscard]] double integratedLoudness(std::span<const float> powers);
/// EBU Tech 3342: from the 10th to the 95th hundredth of short-term loudness each 100 ms, gated at -70 LUFS, then 20 LU
/// below the mean. In LU.
[[nodiscard]] double loudnessRange(std::span<const float> powers);
/// Highest mean power of \a length powers in a row; 0 when there are fewer.
[[nodiscard]] double highestPower(std::span<const float> powers, std::size_t length);

} // namespace vidimus::checks::engine
