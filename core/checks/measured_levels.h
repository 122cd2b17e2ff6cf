#pragma once

/// The levels at which measurements are stored. Engines measure at exactly these, profiles choose among them: so a
/// changed profile is judged exactly, without decoding.
namespace vidimus::checks {

/// Fractions of the luma range at or below which a pixel counts as black.
inline constexpr double kBlackLevels[] {0.05, 0.075, 0.10, 0.125, 0.15, 0.20};
/// Mean absolute luma differences, fractions of full scale, up to which a frame repeats its reference.
inline constexpr double kFreezeLevels[] {0.0005, 0.001, 0.002, 0.004};
/// Smallest steps, in 8-bit codes, that count as a band.
inline constexpr double kBandingSteps[] {1, 2, 3};
/// Sound levels are stored in whole decibels (rounded up) between these, in dBFS.
inline constexpr double kLevelFloor = -90;
inline constexpr double kLevelCeiling = -30;
/// Levels in dBFS at which runs of samples count as clipped.
inline constexpr double kClipLevels[] {-0.01, -0.1, -0.5};
/// True peaks below this are stored as this, in dBTP.
inline constexpr double kPeakFloor = -20;

} // namespace vidimus::checks
