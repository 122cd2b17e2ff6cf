#pragma once

#include <span>

namespace vidimus::checks {

/// How luma becomes light on the display that a standard assumes.
enum class FlashTransfer {
    Bt1886, ///< ITU-R BT.1886: L = peak · V^2.4, from luma alone
    Ofcom, ///< L = 413.435 · (0.002745 · 255 V + 0.0189623)^2.2 cd/m², from luma alone
    Srgb, ///< IEC 61966-2-1 on R', G' and B', weighted to relative luminance
};

/// What a transition of the red kind is. A saturated red has R/(R+G+B) of at least 0.8 in linear light.
enum class RedRule {
    Saturation, ///< to or from a saturated red, whatever the luminance
    Chromaticity, ///< one state is a saturated red, and the CIE 1976 u'v' distance is above 0.2
    Difference, ///< one state is a saturated red, and max(0, R−G−B) · 320 changes by more than 20
};

/// The numbers of one standard for flashing pictures. What SDR light is worth follows from transfer and peak; HLG is
/// shown at 1,000 cd/m² and PQ as absolute light, and both are compared in the standard's own unit.
///
/// bt1702: Rec. ITU-R BT.1702-3 (11/2023). Opposing changes of at least 20 cd/m² with the darker image below 160 cd/m²;
/// above that (HDR alone) a Michelson contrast of 1/17. More than three flashes in any second on more than 25 % of the
/// screen.
/// wcag22: WCAG 2.2, 2.3.1: 10 % of the maximum relative luminance with the darker image below 0.80, on more than 25 %
/// of any ten degrees of the visual field (341 × 256 pixels of 1024 × 768). HDR white is 203 cd/m² (BT.2408).
/// ofcom: guidance note on flashing images, annex 1: the measure of light that its millivolts follow (234 mV: 20.1,
/// 631 mV: 160 cd/m²), else as the first edition of BT.1702.
/// iso9241-391: ISO 9241-391:2016: as WCAG on a 200 cd/m² display.
struct FlashStandard {
    const char* id;
    double choice; ///< value of the parameter "standard"
    FlashTransfer transfer;
    const char* stepName; ///< name of the luminance step in findings, with its unit
    double peak; ///< SDR white in that unit
    double step; ///< smallest change, same unit
    double darkLimit; ///< the darker image is below this, same unit
    bool michelson; ///< above darkLimit a contrast of 1/17 counts
    bool tenDegrees; ///< the area is that of any ten-degree window, not of the screen
    RedRule red;
};

inline constexpr double kBt1702 = 1;
inline constexpr double kWcag22 = 2;
inline constexpr double kOfcom = 3;
inline constexpr double kIso9241 = 4;
inline constexpr double kWcag20 = 5; ///< for red alone: the formula of WCAG 2.0 and 2.1

/// In the order of their choices.
[[nodiscard]] std::span<const FlashStandard> flashStandards();

/// Share of the screen or window above which flashing counts.
inline constexpr double kFlashArea = 0.25;
/// Flashes whose leading edges are at least this far apart never count, in seconds: at 50 Hz (9 frames of 25), at 60.
inline constexpr double kFlashSpacing50 = 0.360;
inline constexpr double kFlashSpacing60 = 0.334;
/// Smallest number of transitions in a second that the track tells apart from none.
inline constexpr int kLeastTransitions = 3;

} // namespace vidimus::checks
