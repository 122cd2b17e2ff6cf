// Checks for viewers with photosensitive epilepsy: one row a check, with its parameters and the rules that judge it.
#include "core/checks/check_tables_p.h"
#include "core/checks/flash_standard.h"

#include <QtGlobal>

namespace vidimus::checks {

namespace {

constexpr double kStandards[] {kBt1702, kWcag22, kOfcom, kIso9241};
constexpr const char* kStandardNames[] {"bt1702", "wcag22", "ofcom", "iso9241-391"};
constexpr double kRedStandards[] {kBt1702, kWcag22, kOfcom, kIso9241, kWcag20};
constexpr const char* kRedStandardNames[] {"bt1702", "wcag22", "ofcom", "iso9241-391", "wcag20"};

// More than three flashes in any second: BT.1702-3, WCAG 2.2 (2.3.1), Ofcom, ISO 9241-391. Flashing within the limits
// for more than five seconds may still be a risk: BT.1702-3.
constexpr CheckParameter kMaxFlashes {
    "max_flashes", QT_TRANSLATE_NOOP("checks", "Most flashes in a second"), "flashes", 3, 1, 30};
constexpr CheckParameter kMaxDuration {
    "max_duration", QT_TRANSLATE_NOOP("checks", "Longest flashing within the limits"), "s", 5, 1, 3600};

constexpr CheckParameter kFlashParameters[] {
    {"standard", QT_TRANSLATE_NOOP("checks", "Standard"), "choice", kBt1702, kBt1702, kIso9241, kStandards,
        kStandardNames},
    kMaxFlashes,
    kMaxDuration,
};
constexpr CheckParameter kRedFlashParameters[] {
    {"standard", QT_TRANSLATE_NOOP("checks", "Standard"), "choice", kBt1702, kBt1702, kWcag20, kRedStandards,
        kRedStandardNames},
    kMaxFlashes,
    kMaxDuration,
};
constexpr Rule kFlashRules[] {FlashRule {.standard = "standard",
    .maxFlashes = "max_flashes",
    .maxDuration = "max_duration",
    .detail = "flash",
    .detailProlonged = "prolonged_flashing"}};
constexpr Rule kRedFlashRules[] {FlashRule {.standard = "standard",
    .maxFlashes = "max_flashes",
    .maxDuration = "max_duration",
    .detail = "red_flash",
    .detailProlonged = "prolonged_red_flashing",
    .redSteps = true}};

constexpr CheckDescriptor kDescriptors[] {
    {"flash", QT_TRANSLATE_NOOP("checks", "Flashing"),
        QT_TRANSLATE_NOOP("checks",
            "A large part of the picture flashes so often that viewers with photosensitive epilepsy are at risk."),
        CheckKind::Picture, kFlashParameters, kFlashRules, "ITU-R BT.1702-3, WCAG 2.2, Ofcom, ISO 9241-391",
        "more than 3 flashes in 1 s on more than 25 %"},
    {"red_flash", QT_TRANSLATE_NOOP("checks", "Red flashing"),
        QT_TRANSLATE_NOOP("checks",
            "A large part of the picture flashes to and from saturated red, which is a risk at any brightness."),
        CheckKind::Picture, kRedFlashParameters, kRedFlashRules, "ITU-R BT.1702-3, WCAG 2.2, Ofcom, ISO 9241-391",
        "saturated red, R/(R+G+B) at least 0.8"},
};

} // namespace

std::span<const CheckDescriptor> flashDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
