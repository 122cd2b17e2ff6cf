// Checks for faults of the sound: one row a check, with its parameters and the rules that judge its measurement.
#include "core/checks/check_tables_p.h"
#include "core/checks/measured_levels.h"

#include <QtGlobal>

namespace vidimus::checks {

namespace {

// eko/qc: at least 3 samples at or above -0.01 dBFS.
constexpr CheckParameter kClippingParameters[] {
    {"level", QT_TRANSLATE_NOOP("checks", "Level of a clipped sample"), "dBFS", -0.01, -0.5, -0.01, kClipLevels},
    {"min_run", QT_TRANSLATE_NOOP("checks", "Shortest run of clipped samples"), "samples", 3, 2, 10000},
};
constexpr Rule kClippingRules[] {RunRule {.series = "longest_run",
    .level = "level",
    .relation = Relation::AtLeast,
    .limit = "min_run",
    .mergeGap = 0.5,
    .detail = "clipped",
    .measured = "least_run_samples"}};

// eko/qc: correlation at most -0.5 over 400 ms for 1 s; mono as stereo when the difference is 35 dB below the sum.
constexpr CheckParameter kPhaseParameters[] {
    {"max_correlation", QT_TRANSLATE_NOOP("checks", "Correlation of opposite channels"), "fraction", -0.5, -1, 0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest time out of phase"), "s", 1, 0.1, 3600},
    {"min_side", QT_TRANSLATE_NOOP("checks", "Difference of left and right against their sum, below which it is mono"),
        "dB", -35, -120, 0},
};
constexpr RunRule phaseRun(const char* series, const char* detail)
{
    return {.series = series,
        .relation = Relation::AtMost,
        .limit = "max_correlation",
        .minDuration = "min_duration",
        .mergeGap = 0.35,
        .detail = detail,
        .measured = "correlation",
        .median = true};
}
constexpr Rule kPhaseRules[] {phaseRun("correlation", "out_of_phase"),
    phaseRun("surround_correlation", "surround_out_of_phase"),
    LimitRule {.scalar = "side_to_mid_db", .lower = "min_side", .detailLow = "mono_as_stereo"}};

// eko/qc: a muted channel is silent 99 % of the time. Surrounds may rest. An effects channel is low-passed at 120 Hz
// (Dolby) and no other channel is: 400 and 80 Hz leave room for noise and for deep music.
constexpr CheckParameter kChannelParameters[] {
    {"max_silent_share", QT_TRANSLATE_NOOP("checks", "Silent share of left, right and centre"), "fraction", 0.99, 0, 1},
    {"max_silent_surround", QT_TRANSLATE_NOOP("checks", "Silent share of a surround channel"), "fraction", 1, 0, 1},
    {"max_imbalance", QT_TRANSLATE_NOOP("checks", "Difference of left and right"), "dB", 20, 0, 120},
    {"max_lfe_frequency", QT_TRANSLATE_NOOP("checks", "Middle frequency of the effects channel"), "Hz", 400, 50, 96000},
    {"min_channel_frequency", QT_TRANSLATE_NOOP("checks", "Middle frequency of any other channel"), "Hz", 80, 0, 1000},
    {"require_layout", QT_TRANSLATE_NOOP("checks", "The file must name its channels"), "switch", 0, 0, 1},
};
constexpr LimitRule silentChannel(const char* scalar, const char* limit, const char* detail)
{
    return {.scalar = scalar, .upper = limit, .detailHigh = detail};
}
constexpr Rule kChannelRules[] {silentChannel("silent_share_left", "max_silent_share", "channel_missing_left"),
    silentChannel("silent_share_right", "max_silent_share", "channel_missing_right"),
    silentChannel("silent_share_centre", "max_silent_share", "channel_missing_centre"),
    silentChannel("silent_share_back_left", "max_silent_surround", "channel_missing_back_left"),
    silentChannel("silent_share_back_right", "max_silent_surround", "channel_missing_back_right"),
    silentChannel("silent_share_side_left", "max_silent_surround", "channel_missing_side_left"),
    silentChannel("silent_share_side_right", "max_silent_surround", "channel_missing_side_right"),
    silentChannel("silent_share_back_centre", "max_silent_surround", "channel_missing_back_centre"),
    LimitRule {.scalar = "imbalance_db", .upper = "max_imbalance", .detailHigh = "left_right_unequal"},
    LimitRule {.scalar = "lfe_frequency_hz", .upper = "max_lfe_frequency", .detailHigh = "lfe_not_low"},
    LimitRule {
        .scalar = "lowest_channel_frequency_hz", .lower = "min_channel_frequency", .detailLow = "lfe_in_other_channel"},
    LimitRule {.scalar = "layout_known", .lower = "require_layout", .detailLow = "layout_unknown"}};

constexpr CheckParameter kDcParameters[] {
    {"max_level", QT_TRANSLATE_NOOP("checks", "Largest offset"), "dBFS", -50, -100, 0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest offset"), "s", 3, 1, 3600},
};
constexpr Rule kDcRules[] {RunRule {.series = "dc",
    .relation = Relation::Above,
    .limit = "max_level",
    .minDuration = "min_duration",
    .mergeGap = 1.5,
    .detail = "dc_offset",
    .measured = "dc_dbfs"}};

// Heard in pauses of a programme at -23 LUFS.
constexpr CheckParameter kHumParameters[] {
    {"max_level", QT_TRANSLATE_NOOP("checks", "Loudest hum"), "dBFS", -60, -100, 0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest hum"), "s", 10, 4, 3600},
};
constexpr RunRule humRun(const char* series, const char* detail)
{
    return {.series = series,
        .relation = Relation::Above,
        .limit = "max_level",
        .minDuration = "min_duration",
        .mergeGap = 3,
        .detail = detail,
        .measured = "hum_dbfs",
        .median = true};
}
constexpr Rule kHumRules[] {humRun("hum_50", "hum_50_hz"), humRun("hum_60", "hum_60_hz")};

// EBU R 68, SMPTE RP 155: line-up tones of about 1 kHz at -18 and -20 dBFS. A bleep over a word is shorter.
constexpr CheckParameter kToneParameters[] {
    {"min_level", QT_TRANSLATE_NOOP("checks", "Quietest tone"), "dBFS", -60, -100, 0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest tone"), "s", 3, 0.2, 3600},
};
constexpr Rule kToneRules[] {RunRule {.series = "tone",
    .relation = Relation::Above,
    .limit = "min_level",
    .minDuration = "min_duration",
    .mergeGap = 0.35,
    .detail = "test_tone",
    .measured = "tone_dbfs",
    .median = true,
    .companion = "frequency",
    .companionMeasured = "frequency_hz"}};

constexpr CheckParameter kJumpParameters[] {
    {"max_jump", QT_TRANSLATE_NOOP("checks", "Largest change of level at once"), "dB", 9, 3, 60},
};
constexpr Rule kJumpRules[] {
    EventRule {
        .at = "drop_at", .size = "drop_size", .limit = "max_jump", .detail = "level_drop", .measured = "jump_db"},
    EventRule {
        .at = "rise_at", .size = "rise_size", .limit = "max_jump", .detail = "level_rise", .measured = "jump_db"},
};

// EBU R 37: sound may come 40 ms early and 60 ms late at the viewer. Where sound starts is no such error, unless it is
// far from the picture's start.
constexpr CheckParameter kSyncParameters[] {
    {"max_start_early", QT_TRANSLATE_NOOP("checks", "Sound may start before the picture by"), "s", 0.25, 0, 3600},
    {"max_start_late", QT_TRANSLATE_NOOP("checks", "Sound may start after the picture by"), "s", 0.25, 0, 3600},
    {"max_drift_early", QT_TRANSLATE_NOOP("checks", "Sound may run ahead by"), "ms", 40, 0, 10000},
    {"max_drift_late", QT_TRANSLATE_NOOP("checks", "Sound may fall behind by"), "ms", 60, 0, 10000},
};
constexpr Rule kSyncRules[] {
    LimitRule {.scalar = "sound_starts_early_s",
        .upper = "max_start_early",
        .detailHigh = "sound_starts_early",
        .rangeStart = "head_start_s",
        .rangeEnd = "head_end_s"},
    LimitRule {.scalar = "sound_starts_late_s",
        .upper = "max_start_late",
        .detailHigh = "sound_starts_late",
        .rangeStart = "head_start_s",
        .rangeEnd = "head_end_s"},
    LimitRule {.scalar = "drift_early_ms", .upper = "max_drift_early", .detailHigh = "sound_runs_ahead"},
    LimitRule {.scalar = "drift_late_ms", .upper = "max_drift_late", .detailHigh = "sound_falls_behind"},
};

constexpr CheckDescriptor kDescriptors[] {
    {"clipping", QT_TRANSLATE_NOOP("checks", "Clipping"),
        QT_TRANSLATE_NOOP("checks", "The wave is cut off at full scale, which is heard as a crackle."),
        CheckKind::Sound, kClippingParameters, kClippingRules, "eko/qc", "3 samples at -0.01 dBFS"},
    {"phase", QT_TRANSLATE_NOOP("checks", "Phase"),
        QT_TRANSLATE_NOOP("checks", "Two channels cancel each other in mono, or stereo is the same sound twice."),
        CheckKind::Sound, kPhaseParameters, kPhaseRules, "eko/qc", "correlation -0.5 over 400 ms for 1 s"},
    {"channels", QT_TRANSLATE_NOOP("checks", "Channels"),
        QT_TRANSLATE_NOOP("checks", "A channel is missing or stands in another one's place."), CheckKind::Sound,
        kChannelParameters, kChannelRules, "eko/qc; ITU-R BS.2051", "silent 99 % of the time; channel labels"},
    {"dc_offset", QT_TRANSLATE_NOOP("checks", "DC offset"),
        QT_TRANSLATE_NOOP("checks", "The wave does not swing around zero: clicks at cuts, less headroom."),
        CheckKind::Sound, kDcParameters, kDcRules, "eko/qc", "above -50 dBFS"},
    {"hum", QT_TRANSLATE_NOOP("checks", "Hum"),
        QT_TRANSLATE_NOOP("checks", "The mains, 50 or 60 Hz and their harmonics, are heard through the programme."),
        CheckKind::Sound, kHumParameters, kHumRules, "Vidimus", "lines 15 dB above their neighbourhood"},
    {"tone", QT_TRANSLATE_NOOP("checks", "Test tone"),
        QT_TRANSLATE_NOOP("checks", "A line-up tone was left in the programme."), CheckKind::Sound, kToneParameters,
        kToneRules, "EBU R 68, SMPTE RP 155", "1 kHz at -18 or -20 dBFS"},
    {"level_jump", QT_TRANSLATE_NOOP("checks", "Level jump"),
        QT_TRANSLATE_NOOP("checks", "All sound becomes louder or quieter at once and stays so, as at a join."),
        CheckKind::Sound, kJumpParameters, kJumpRules, "Vidimus", "3 s before and after"},
    {"av_sync", QT_TRANSLATE_NOOP("checks", "Sound against picture"),
        QT_TRANSLATE_NOOP("checks", "Sound starts far from the picture's start, or drifts away from its time stamps."),
        CheckKind::Sound, kSyncParameters, kSyncRules, "EBU R 37", "40 ms early, 60 ms late"},
};

} // namespace

std::span<const CheckDescriptor> soundFaultDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
