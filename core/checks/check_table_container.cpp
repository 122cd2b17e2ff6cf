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

constexpr CheckParameter kDecodeErrorParameters[] {
    {"max_damaged", QT_TRANSLATE_NOOP("checks", "Damage that is tolerated"), "s", 0, 0, 3600},
};
constexpr Rule kDecodeErrorRules[] {DamageRule {.maxDamaged = "max_damaged"}};

constexpr CheckDescriptor kDescriptors[] {
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
