// Checks of how the picture is made: one row a check, with its parameters and the rules that judge its measurement.
#include "core/checks/check_tables_p.h"

#include <QtGlobal>

namespace vidimus::checks {

namespace {

constexpr CheckParameter kInterlaceParameters[] {
    {"max_combed", QT_TRANSLATE_NOOP("checks", "Combed blocks that are tolerated"), "fraction", 0.02, 0.003, 1.0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest combing"), "s", 0.2, 0.0, 60.0},
    {"order_min_duration", QT_TRANSLATE_NOOP("checks", "Shortest wrong field order"), "s", 1.0, 0.0, 60.0},
    {"order_min_share", QT_TRANSLATE_NOOP("checks", "Frames in the wrong order"), "fraction", 0.8, 0.5, 1.0},
    {"report_interlaced", QT_TRANSLATE_NOOP("checks", "Report interlaced pictures"), "switch", 1, 0, 1},
    {"report_telecine", QT_TRANSLATE_NOOP("checks", "Report film with repeated fields"), "switch", 1, 0, 1},
};
constexpr Rule kInterlaceRules[] {
    RunRule {.series = "combed",
        .relation = Relation::Above,
        .limit = "max_combed",
        .minDuration = "min_duration",
        .mergeGap = 0.5,
        .detail = "combing",
        .measured = "combed_share",
        .median = true},
    MarkRule {.kind = "interlaced", .enabled = "report_interlaced", .detail = "interlaced"},
    MarkRule {.kind = "telecine", .enabled = "report_telecine", .detail = "telecine"},
    MarkRule {.kind = "wrong_field_order",
        .value = "frames_share",
        .relation = Relation::AtLeast,
        .limit = "order_min_share",
        .minDuration = "order_min_duration",
        .detail = "wrong_field_order"},
};

// 1 is no grid at all. Deblocked pictures stay below 1.3; at 1.6 a line of the grid shows half as strong again as
// what is in the picture.
constexpr CheckParameter kBlockinessParameters[] {
    {"max_grid", QT_TRANSLATE_NOOP("checks", "Steps on the block grid, against those elsewhere"), "ratio", 1.6, 1.2,
        10.0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest blockiness"), "s", 0.5, 0.0, 3600.0},
};
constexpr Rule kBlockinessRules[] {RunRule {.series = "grid",
    .relation = Relation::Above,
    .limit = "max_grid",
    .minDuration = "min_duration",
    .mergeGap = 0.5,
    .detail = "blocky",
    .measured = "grid_ratio",
    .median = true}};

// A picture with all the detail its size can hold has edges of 0.7 to 1 pixel. At 2.5 the finest detail is that of a
// picture a third as wide: nobody takes it for sharp.
constexpr CheckParameter kBlurParameters[] {
    {"max_sigma", QT_TRANSLATE_NOOP("checks", "Widest edge of a sharp picture (sigma)"), "px", 2.5, 1.5, 20.0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest blur"), "s", 1.0, 0.0, 3600.0},
};
constexpr Rule kBlurRules[] {RunRule {.series = "sigma",
    .relation = Relation::Above,
    .limit = "max_sigma",
    .minDuration = "min_duration",
    .mergeGap = 0.25,
    .detail = "blurred",
    .measured = "sigma_px",
    .median = true}};

constexpr CheckParameter kDuplicateParameters[] {
    {"max_ratio", QT_TRANSLATE_NOOP("checks", "Motion of a repeated frame, against its neighbours"), "ratio", 0.2, 0.02,
        0.45},
    {"window", QT_TRANSLATE_NOOP("checks", "Time that is looked at together"), "s", 2.0, 0.5, 60.0},
    {"min_share", QT_TRANSLATE_NOOP("checks", "Repeated frames in that time"), "fraction", 0.08, 0.01, 0.9},
    {"report_skips", QT_TRANSLATE_NOOP("checks", "Report frames that seem to be missing"), "switch", 1, 0, 1},
    {"min_leap", QT_TRANSLATE_NOOP("checks", "Motion after a missing frame, against its neighbours"), "ratio", 1.8, 1.7,
        3.5},
};
constexpr Rule kDuplicateRules[] {
    RepeatRule {.series = "repeat",
        .limit = "max_ratio",
        .window = "window",
        .minShare = "min_share",
        .detailRegular = "repeated_in_a_pattern",
        .detailIrregular = "repeated_irregularly",
        .measured = "repeated_share"},
    MarkRule {.kind = "skip",
        .value = "leap",
        .relation = Relation::AtLeast,
        .limit = "min_leap",
        .enabled = "report_skips",
        .mergeGap = 1.0,
        .detail = "frame_missing"},
};

constexpr CheckDescriptor kDescriptors[] {
    {"interlace", QT_TRANSLATE_NOOP("checks", "Fields and combing"),
        QT_TRANSLATE_NOOP("checks",
            "Two moments are mixed in one frame, line by line; moving edges look like combs on every screen."),
        CheckKind::Picture, kInterlaceParameters, kInterlaceRules, "FFmpeg idet",
        "interlace threshold 1.04; 80 of 256 pixels of a block"},
    {"blockiness", QT_TRANSLATE_NOOP("checks", "Coding blocks"),
        QT_TRANSLATE_NOOP("checks", "The picture falls apart into squares because it was coded with too few bits."),
        CheckKind::Picture, kBlockinessParameters, kBlockinessRules, "Vidimus", "block grid of 8 pixels"},
    {"blur", QT_TRANSLATE_NOOP("checks", "Blur"),
        QT_TRANSLATE_NOOP("checks", "Nothing in the picture is sharp: out of focus, or smoothed away."),
        CheckKind::Picture, kBlurParameters, kBlurRules, "Vidimus", "sigma of the sharpest edges"},
    {"duplicate_frames", QT_TRANSLATE_NOOP("checks", "Repeated and missing frames"),
        QT_TRANSLATE_NOOP("checks", "Frames are shown twice or are missing, so that motion stutters."),
        CheckKind::Picture, kDuplicateParameters, kDuplicateRules, "Vidimus", "difference against the neighbours'"},
};

} // namespace

std::span<const CheckDescriptor> textureDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
