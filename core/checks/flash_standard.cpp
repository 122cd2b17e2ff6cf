#include "core/checks/flash_standard.h"

namespace vidimus::checks {

namespace {

constexpr const char* kAbsolute = "luminance_step_cd_m2";
constexpr const char* kRelative = "luminance_step_relative";

constexpr FlashStandard kStandards[] {
    {"bt1702", kBt1702, FlashTransfer::Bt1886, kAbsolute, 200, 20, 160, true, false, RedRule::Saturation},
    {"wcag22", kWcag22, FlashTransfer::Srgb, kRelative, 1, 0.10, 0.80, false, true, RedRule::Chromaticity},
    {"ofcom", kOfcom, FlashTransfer::Ofcom, kAbsolute, 200, 20, 160, false, false, RedRule::Saturation},
    {"iso9241-391", kIso9241, FlashTransfer::Srgb, kAbsolute, 200, 20, 160, false, true, RedRule::Chromaticity},
    {"wcag20", kWcag20, FlashTransfer::Srgb, kRelative, 1, 0.10, 0.80, false, true, RedRule::Difference},
};

} // namespace

std::span<const FlashStandard> flashStandards()
{
    return kStandards;
}

} // namespace vidimus::checks
