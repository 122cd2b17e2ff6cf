// Checks of the picture: one row a check, with its parameters and the rules that judge its measurement.
#include "core/checks/check_tables_p.h"
#include "core/checks/measured_levels.h"

#include <QtGlobal>

namespace vidimus::checks {

namespace {

// FFmpeg blackdetect: 98 % of the picture at or below 10 % of the luma range for 2 s.
constexpr CheckParameter kBlackParameters[] {
    {"pixel_level", QT_TRANSLATE_NOOP("checks", "Darkness of a black pixel"), "fraction", 0.10, 0.05, 0.20,
        kBlackLevels},
    {"min_share", QT_TRANSLATE_NOOP("checks", "Share of black pixels"), "fraction", 0.98, 0.50, 1.0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest black"), "s", 2.0, 0.0, 3600.0},
};
constexpr RunRule kBlackRun {.series = "dark_share",
    .level = "pixel_level",
    .relation = Relation::AtLeast,
    .limit = "min_share",
    .minDuration = "min_duration",
    .detail = "black",
    .measured = "dark_share"};
constexpr Rule kBlackRules[] {kBlackRun};

// FFmpeg freezedetect: mean absolute difference to the reference frame at most 0.001 of full scale (-60 dB) for 2 s.
constexpr CheckParameter kFreezeParameters[] {
    {"max_difference", QT_TRANSLATE_NOOP("checks", "Largest difference"), "fraction", 0.001, 0.0005, 0.004,
        kFreezeLevels},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest freeze"), "s", 2.0, 0.1, 3600.0},
};
// A key frame of a coded still may pulse once; a picture that really moves stays beyond the limit.
constexpr Rule kFreezeRules[] {RunRule {.series = "difference",
    .level = "max_difference",
    .relation = Relation::AtMost,
    .limit = "max_difference",
    .minDuration = "min_duration",
    .includesReference = true,
    .breakFactor = 3.0,
    .except = &kBlackRun,
    .exceptCheck = "black",
    .detail = "freeze",
    .measured = "difference"}};

constexpr CheckParameter kLetterboxParameters[] {
    {"min_bar", QT_TRANSLATE_NOOP("checks", "Smallest bar"), "fraction", 0.02, 0.002, 0.5},
    {"tolerance", QT_TRANSLATE_NOOP("checks", "Tolerated shift of an edge"), "px", 4, 0, 64},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest time an area must stay"), "s", 1.0, 0.0, 60.0},
    {"uncentred_min_duration", QT_TRANSLATE_NOOP("checks", "The same for an area that is not in the middle"), "s", 10.0,
        0.0, 3600.0},
    {"report_constant", QT_TRANSLATE_NOOP("checks", "Report bars that stay to the end"), "switch", 1, 0, 1},
};
constexpr Rule kLetterboxRules[] {AreaRule {.minBar = "min_bar",
    .tolerance = "tolerance",
    .minDuration = "min_duration",
    .uncentredMinDuration = "uncentred_min_duration",
    .reportConstant = "report_constant"}};

constexpr CheckDescriptor kDescriptors[] {
    {"black", QT_TRANSLATE_NOOP("checks", "Black picture"),
        QT_TRANSLATE_NOOP("checks", "Nothing but black is shown for longer than a fade or a cut needs."),
        CheckKind::Picture, kBlackParameters, kBlackRules, "FFmpeg blackdetect", "pic_th 0.98, pix_th 0.10, d 2"},
    {"freeze", QT_TRANSLATE_NOOP("checks", "Frozen picture"),
        QT_TRANSLATE_NOOP("checks", "The picture stands still, apart from coding noise, where it should move."),
        CheckKind::Picture, kFreezeParameters, kFreezeRules, "FFmpeg freezedetect", "n 0.001, d 2"},
    {"letterbox", QT_TRANSLATE_NOOP("checks", "Bars and active picture"),
        QT_TRANSLATE_NOOP("checks", "Black bars surround the picture, or the active picture changes its size."),
        CheckKind::Picture, kLetterboxParameters, kLetterboxRules, "eko/qc crop rule",
        "line mean at most black+10, no pixel above black+42"},
};

} // namespace

std::span<const CheckDescriptor> pictureDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
