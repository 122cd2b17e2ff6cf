// Checks of the sound: one row a check, with its parameters and the rules that judge its measurement.
#include "core/checks/check_tables_p.h"
#include "core/checks/measured_levels.h"

#include <QtGlobal>

namespace vidimus::checks {

namespace {

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

constexpr CheckDescriptor kDescriptors[] {
    {"loudness", QT_TRANSLATE_NOOP("checks", "Loudness"),
        QT_TRANSLATE_NOOP("checks", "The programme is louder, quieter or more varied than the delivery rule allows."),
        CheckKind::Sound, kLoudnessParameters, kLoudnessRules, "EBU R 128", "-23.0 LUFS ±0.5 LU; EBU Tech 3341, 3342"},
    {"true_peak", QT_TRANSLATE_NOOP("checks", "True peak"),
        QT_TRANSLATE_NOOP("checks", "Between samples the sound rises above what players and encoders can carry."),
        CheckKind::Sound, kTruePeakParameters, kTruePeakRules, "ITU-R BS.1770-5", "annex 2; EBU R 128 -1 dBTP"},
    {"silence", QT_TRANSLATE_NOOP("checks", "Silence"),
        QT_TRANSLATE_NOOP("checks", "All sound, or the left or right channel, is missing for a while."),
        CheckKind::Sound, kSilenceParameters, kSilenceRules, "FFmpeg silencedetect", "noise -60 dB, d 2"},
};

} // namespace

std::span<const CheckDescriptor> soundDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
