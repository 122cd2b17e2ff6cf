// Checks of how the picture is made: one row a check, with its parameters and the rules that judge its measurement.
#include "core/checks/check_tables_p.h"
#include "core/checks/measured_levels.h"

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

// A picture with all the detail its size can hold has edges of 0.8 to 1.1 pixels; drawn films and soft lenses
// reach 2.8. At 3 the finest detail is that of a picture less than a third as wide: nobody takes it for sharp.
constexpr CheckParameter kBlurParameters[] {
    {"max_sigma", QT_TRANSLATE_NOOP("checks", "Widest edge of a sharp picture (sigma)"), "px", 3.0, 1.5, 19.9},
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
    {"max_ratio", QT_TRANSLATE_NOOP("checks", "Motion of a repeated frame, against its neighbours"), "ratio", 0.25,
        0.02, 0.45},
    {"window", QT_TRANSLATE_NOOP("checks", "Time that is looked at together"), "s", 2.0, 0.5, 60.0},
    {"min_share", QT_TRANSLATE_NOOP("checks", "Frames repeated in a pattern"), "fraction", 0.03, 0.01, 0.9},
    {"min_irregular_share", QT_TRANSLATE_NOOP("checks", "Frames repeated without a pattern"), "fraction", 0.15, 0.01,
        0.9},
    {"report_skips", QT_TRANSLATE_NOOP("checks", "Report frames that seem to be missing"), "switch", 1, 0, 1},
    {"min_leap", QT_TRANSLATE_NOOP("checks", "Motion after a missing frame, against its neighbours"), "ratio", 1.8, 1.7,
        3.5},
};
constexpr Rule kDuplicateRules[] {
    RepeatRule {.series = "repeat",
        .limit = "max_ratio",
        .window = "window",
        .minShare = "min_share",
        .minIrregularShare = "min_irregular_share",
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
    MarkRule {.kind = "skip_pattern", .enabled = "report_skips", .detail = "frames_missing_in_a_pattern"},
};

// Grain of a good picture stays below 2 codes; 6 codes are a peak signal-to-noise ratio of 32 dB.
constexpr CheckParameter kNoiseParameters[] {
    {"max_sigma", QT_TRANSLATE_NOOP("checks", "Noise that is tolerated (sigma)"), "codes", 6.0, 2.0, 50.0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest noise"), "s", 2.0, 0.0, 3600.0},
};
constexpr Rule kNoiseRules[] {RunRule {.series = "sigma",
    .relation = Relation::Above,
    .limit = "max_sigma",
    .minDuration = "min_duration",
    .mergeGap = 1.0,
    .detail = "noisy",
    .measured = "sigma_codes",
    .median = true}};

// Steps of one code are the format's own at 8 bits; from two on a band was made by somebody.
constexpr CheckParameter kBandingParameters[] {
    {"min_step", QT_TRANSLATE_NOOP("checks", "Smallest step of a band"), "codes", 2, 1, 3, kBandingSteps},
    {"max_share", QT_TRANSLATE_NOOP("checks", "Area with bands"), "fraction", 0.10, 0.02, 1.0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest time of bands"), "s", 1.0, 0.0, 3600.0},
};
constexpr Rule kBandingRules[] {RunRule {.series = "staircase",
    .level = "min_step",
    .relation = Relation::Above,
    .limit = "max_share",
    .minDuration = "min_duration",
    .mergeGap = 1.0,
    .detail = "bands",
    .measured = "banded_share",
    .median = true}};

constexpr CheckParameter kDropoutParameters[] {
    {"min_width", QT_TRANSLATE_NOOP("checks", "Shortest streak, part of the width"), "fraction", 0.08, 0.04, 1.0},
    {"min_contrast", QT_TRANSLATE_NOOP("checks", "Contrast of a stuck pixel"), "codes", 32, 32, 255},
};
constexpr Rule kDropoutRules[] {
    MarkRule {.kind = "dropout",
        .value = "width_share",
        .relation = Relation::AtLeast,
        .limit = "min_width",
        .mergeGap = 0.5,
        .detail = "dropout"},
    MarkRule {.kind = "stuck_pixel",
        .value = "contrast_codes",
        .relation = Relation::AtLeast,
        .limit = "min_contrast",
        .detail = "stuck_pixel"},
};

// What was made at 1440 columns and is shown at 1920 (0.75) passes; 1280 (0.67) does not.
constexpr CheckParameter kUpscaleParameters[] {
    {"min_detail", QT_TRANSLATE_NOOP("checks", "Part of the width that carries detail"), "fraction", 0.7, 0.3, 1.0},
};
constexpr Rule kUpscaleRules[] {
    LimitRule {.scalar = "detail_share", .lower = "min_detail", .detailLow = "detail_of_a_smaller_picture"}};

constexpr Rule kTextRules[] {TrackRule {.kind = "text", .count = "lines"}};

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
    {"banding", QT_TRANSLATE_NOOP("checks", "Banding"),
        QT_TRANSLATE_NOOP("checks", "A smooth gradient falls into steps that can be seen."), CheckKind::Picture,
        kBandingParameters, kBandingRules, "Vidimus", "staircases of three treads"},
    {"dropout", QT_TRANSLATE_NOOP("checks", "Dropouts and stuck pixels"),
        QT_TRANSLATE_NOOP("checks", "A streak of a worn tape flashes up, or a pixel of the camera is dead or stuck."),
        CheckKind::Picture, kDropoutParameters, kDropoutRules, "Vidimus", "in one frame only; in every frame"},
    {"upscale", QT_TRANSLATE_NOOP("checks", "Enlarged picture"),
        QT_TRANSLATE_NOOP(
            "checks", "The picture was made smaller than it says and then enlarged; its detail is missing."),
        CheckKind::Picture, kUpscaleParameters, kUpscaleRules, "Vidimus", "end of the spectrum of rows"},
    {"noise", QT_TRANSLATE_NOOP("checks", "Noise"),
        QT_TRANSLATE_NOOP("checks", "Flat parts of the picture crawl with noise."), CheckKind::Picture,
        kNoiseParameters, kNoiseRules, "Immerkær 1996", "fast noise variance estimation"},
    {.id = "text",
        .title = QT_TRANSLATE_NOOP("checks", "Text in the picture"),
        .meaning = QT_TRANSLATE_NOOP("checks",
            "Where lines of text stand still for a second or more. Moving and small text is missed; shown as a track, "
            "not judged."),
        .kind = CheckKind::Picture,
        .parameters = {},
        .rules = kTextRules,
        .standard = "Wong and Chen 2003; Epshtein, Ofek and Wexler 2010",
        .clause = "gradient difference, stroke width",
        .isExtra = true},
};

} // namespace

std::span<const CheckDescriptor> textureDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
