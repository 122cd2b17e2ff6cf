// Checks of the container and its streams: one row a check, with its parameters and the rules that judge its
// measurement.
#include "core/checks/check_tables_p.h"

#include <QtGlobal>

namespace vidimus::checks {

namespace {

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

// Telestream Qualify, stream syntax; a frame that stands for half a second is seen by everybody.
constexpr CheckParameter kTimestampParameters[] {
    {"max_picture_gap", QT_TRANSLATE_NOOP("checks", "Longest time without a new picture"), "s", 0.5, 0, 3600},
    {"max_sound_gap", QT_TRANSLATE_NOOP("checks", "Longest time without sound"), "s", 0.1, 0, 3600},
    {"max_overlap", QT_TRANSLATE_NOOP("checks", "Longest time of doubled sound"), "s", 0.1, 0, 3600},
    {"max_backwards", QT_TRANSLATE_NOOP("checks", "Longest step back"), "s", 0, 0, 3600},
    {"max_irregular_share", QT_TRANSLATE_NOOP("checks", "Share of frames that last unusually long or short"),
        "fraction", 1, 0, 1},
    {"max_duplicates", QT_TRANSLATE_NOOP("checks", "Pictures with the time of another one"), "frames", 0, 0, 1e6},
    {"max_lost_at_start", QT_TRANSLATE_NOOP("checks", "Pictures before the first key frame"), "frames", 0, 0, 1e6},
    {"max_missing", QT_TRANSLATE_NOOP("checks", "Packets without a time"), "frames", 1e6, 0, 1e6},
};
constexpr Rule kTimestampRules[] {
    EventRule {.at = "picture_gap_at",
        .size = "picture_gap_size",
        .limit = "max_picture_gap",
        .lasts = true,
        .detail = "picture_gap",
        .measured = "gap_s"},
    EventRule {.at = "sound_gap_at",
        .size = "sound_gap_size",
        .limit = "max_sound_gap",
        .lasts = true,
        .detail = "sound_gap",
        .measured = "gap_s"},
    EventRule {.at = "sound_overlap_at",
        .size = "sound_overlap_size",
        .limit = "max_overlap",
        .detail = "sound_overlap",
        .measured = "overlap_s"},
    EventRule {.at = "backwards_at",
        .size = "backwards_size",
        .limit = "max_backwards",
        .detail = "time_goes_back",
        .measured = "back_s"},
    LimitRule {.scalar = "irregular_share", .upper = "max_irregular_share", .detailHigh = "variable_frame_rate"},
    LimitRule {.scalar = "duplicate_times", .upper = "max_duplicates", .detailHigh = "duplicate_times"},
    LimitRule {.scalar = "lost_at_start", .upper = "max_lost_at_start", .detailHigh = "starts_between_keys"},
    LimitRule {.scalar = "missing_times", .upper = "max_missing", .detailHigh = "times_missing"},
};

constexpr CheckParameter kDecodeErrorParameters[] {
    {"max_damaged", QT_TRANSLATE_NOOP("checks", "Damage that is tolerated"), "s", 0, 0, 3600},
    {"allow_truncated", QT_TRANSLATE_NOOP("checks", "Accept files that were cut off"), "switch", 0, 0, 1},
};
constexpr Rule kDecodeErrorRules[] {DamageRule {.maxDamaged = "max_damaged"},
    LimitRule {.scalar = "truncated",
        .upper = "allow_truncated",
        .detailHigh = "truncated",
        .rangeStart = "tail_start_s",
        .rangeEnd = "tail_end_s"}};

constexpr CheckDescriptor kDescriptors[] {
    {"timestamps", QT_TRANSLATE_NOOP("checks", "Time stamps"),
        QT_TRANSLATE_NOOP("checks", "Times in the file jump, go back or repeat; players stutter or lose step there."),
        CheckKind::Container, kTimestampParameters, kTimestampRules, "Telestream Qualify", "stream syntax"},
    {"duration", QT_TRANSLATE_NOOP("checks", "Length of picture and sound"),
        QT_TRANSLATE_NOOP("checks", "Sound, picture and container do not end together."), CheckKind::Container,
        kDurationParameters, kDurationRules, "Telestream Qualify", "stream length"},
    {"decode_errors", QT_TRANSLATE_NOOP("checks", "Damage"),
        QT_TRANSLATE_NOOP("checks", "Parts of the file cannot be decoded; nothing there has been checked."),
        CheckKind::Container, kDecodeErrorParameters, kDecodeErrorRules, "Vidimus", "no damage is tolerated"},
};

} // namespace

std::span<const CheckDescriptor> containerDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
