// The table of checks: one row each, with its parameters and the rules that judge its measurement.
#include "core/checks/check_descriptor.h"
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

// FFmpeg silencedetect: -60 dB for 2 s; 10 ms windows.
constexpr CheckParameter kSilenceParameters[] {
    {"max_level", QT_TRANSLATE_NOOP("checks", "Loudest sample of silence"), "dBFS", -60, kLevelFloor, kLevelCeiling},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest silence"), "s", 2.0, 0.05, 3600.0},
    {"channel_min_duration", QT_TRANSLATE_NOOP("checks", "Shortest silence of one channel"), "s", 2.0, 0.05, 3600.0},
};
constexpr RunRule kMixSilence {.series = "level_mix",
    .relation = Relation::AtMost,
    .limit = "max_level",
    .minDuration = "min_duration",
    .detail = "silence",
    .measured = "peak_dbfs"};
constexpr RunRule channelSilence(const char* series, const char* detail)
{
    return {.series = series,
        .relation = Relation::AtMost,
        .limit = "max_level",
        .minDuration = "channel_min_duration",
        .except = &kMixSilence,
        .exceptCheck = "silence",
        .detail = detail,
        .measured = "peak_dbfs"};
}
// Centre, surround and effects channels rest for minutes in good programmes; left and right do not.
constexpr Rule kSilenceRules[] {kMixSilence, channelSilence("level_left", "channel_silent_left"),
    channelSilence("level_right", "channel_silent_right")};

constexpr CheckParameter kLoudnessParameters[] {
    {"target", QT_TRANSLATE_NOOP("checks", "Target loudness"), "LUFS", -23, -50, 0},
    {"tolerance", QT_TRANSLATE_NOOP("checks", "Tolerance"), "LU", 0.5, 0, 50},
    {"max_range", QT_TRANSLATE_NOOP("checks", "Largest loudness range"), "LU", 50, 0, 100},
    {"max_momentary", QT_TRANSLATE_NOOP("checks", "Highest momentary loudness"), "LUFS", 10, -50, 10},
    {"max_short_term", QT_TRANSLATE_NOOP("checks", "Highest short-term loudness"), "LUFS", 10, -50, 10},
};
constexpr Rule kLoudnessRules[] {
    LimitRule {.scalar = "integrated_lufs",
        .target = "target",
        .tolerance = "tolerance",
        .detailLow = "too_quiet",
        .detailHigh = "too_loud"},
    LimitRule {.scalar = "range_lu", .upper = "max_range", .detailHigh = "range_too_wide"},
    LimitRule {.scalar = "max_momentary_lufs", .upper = "max_momentary", .detailHigh = "momentary_too_loud"},
    LimitRule {.scalar = "max_short_term_lufs", .upper = "max_short_term", .detailHigh = "short_term_too_loud"},
};

constexpr CheckParameter kTruePeakParameters[] {
    {"max_level", QT_TRANSLATE_NOOP("checks", "Highest true peak"), "dBTP", -1, kPeakFloor, 6},
};
constexpr Rule kTruePeakRules[] {RunRule {.series = "true_peak",
    .relation = Relation::Above,
    .limit = "max_level",
    .mergeGap = 0.5,
    .detail = "over",
    .measured = "true_peak_dbtp"}};

// Telestream Qualify: alert when sound is more than 2 frames shorter or more than 2 s longer than the picture.
constexpr CheckParameter kDurationParameters[] {
    {"max_short", QT_TRANSLATE_NOOP("checks", "Sound may end early by"), "frames", 2, 0, 100000},
    {"max_long", QT_TRANSLATE_NOOP("checks", "Sound may end late by"), "s", 2, 0, 3600},
    {"max_declared_difference", QT_TRANSLATE_NOOP("checks", "Container may differ from its content by"), "s", 1, 0,
        3600},
};
constexpr Rule kDurationRules[] {
    LimitRule {.scalar = "sound_short_frames",
        .upper = "max_short",
        .detailHigh = "sound_too_short",
        .rangeStart = "tail_start_s",
        .rangeEnd = "tail_end_s"},
    LimitRule {.scalar = "sound_long_s",
        .upper = "max_long",
        .detailHigh = "sound_too_long",
        .rangeStart = "tail_start_s",
        .rangeEnd = "tail_end_s"},
    LimitRule {
        .scalar = "declared_difference_s", .upper = "max_declared_difference", .detailHigh = "declared_duration_wrong"},
};

constexpr CheckParameter kDecodeErrorParameters[] {
    {"max_damaged", QT_TRANSLATE_NOOP("checks", "Damage that is tolerated"), "s", 0, 0, 3600},
};
constexpr Rule kDecodeErrorRules[] {DamageRule {.maxDamaged = "max_damaged"}};

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
    {"loudness", QT_TRANSLATE_NOOP("checks", "Loudness"),
        QT_TRANSLATE_NOOP("checks", "The programme is louder, quieter or more varied than the delivery rule allows."),
        CheckKind::Sound, kLoudnessParameters, kLoudnessRules, "EBU R 128", "-23.0 LUFS ±0.5 LU; EBU Tech 3341, 3342"},
    {"true_peak", QT_TRANSLATE_NOOP("checks", "True peak"),
        QT_TRANSLATE_NOOP("checks", "Between samples the sound rises above what players and encoders can carry."),
        CheckKind::Sound, kTruePeakParameters, kTruePeakRules, "ITU-R BS.1770-5", "annex 2; EBU R 128 -1 dBTP"},
    {"silence", QT_TRANSLATE_NOOP("checks", "Silence"),
        QT_TRANSLATE_NOOP("checks", "All sound, or the left or right channel, is missing for a while."),
        CheckKind::Sound, kSilenceParameters, kSilenceRules, "FFmpeg silencedetect", "noise -60 dB, d 2"},
    {"duration", QT_TRANSLATE_NOOP("checks", "Length of picture and sound"),
        QT_TRANSLATE_NOOP("checks", "Sound, picture and container do not end together."), CheckKind::Container,
        kDurationParameters, kDurationRules, "Telestream Qualify", "stream length"},
    {"decode_errors", QT_TRANSLATE_NOOP("checks", "Damage"),
        QT_TRANSLATE_NOOP("checks", "Parts of the file cannot be decoded; nothing there has been checked."),
        CheckKind::Container, kDecodeErrorParameters, kDecodeErrorRules, "Vidimus", "no damage is tolerated"},
};

} // namespace

std::span<const CheckDescriptor> checkDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
