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

// Epilepsy Foundation of America, consensus of 2005: at least five pairs of stripes that oscillate, flash or reverse,
// or eight that stand still or drift, lightest above 50 cd/m², for half a second.
constexpr CheckParameter kPatternParameters[] {
    {"min_pairs", QT_TRANSLATE_NOOP("checks", "Fewest pairs of still or drifting stripes"), "pairs", 8, 3, 100},
    {"min_pairs_moving", QT_TRANSLATE_NOOP("checks", "Fewest pairs of oscillating or flashing stripes"), "pairs", 5, 3,
        100},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest pattern"), "s", 0.5, 0, 60},
};
constexpr RunRule kMovingStripes {.series = "pairs_moving",
    .relation = Relation::AtLeast,
    .limit = "min_pairs_moving",
    .minDuration = "min_duration",
    .mergeGap = 0.5,
    .detail = "moving_stripes",
    .measured = "stripe_pairs",
    .region = "region"};
constexpr Rule kPatternRules[] {kMovingStripes,
    RunRule {.series = "pairs",
        .relation = Relation::AtLeast,
        .limit = "min_pairs",
        .minDuration = "min_duration",
        .except = &kMovingStripes,
        .exceptCheck = "pattern",
        .detail = "stripes",
        .measured = "stripe_pairs",
        .region = "region"}};

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
    {"pattern", QT_TRANSLATE_NOOP("checks", "Striped pattern"),
        QT_TRANSLATE_NOOP("checks",
            "Regular stripes cover a large part of the picture, which can be a risk for viewers with photosensitive "
            "epilepsy."),
        CheckKind::Picture, kPatternParameters, kPatternRules, "Epilepsy Foundation of America, consensus 2005",
        "5 moving or 8 still pairs above 50 cd/m² for 0.5 s on 25 %"},
};

} // namespace

std::span<const CheckDescriptor> flashDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
