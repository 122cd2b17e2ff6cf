// Checks of what the picture shows and of its levels: one row a check, with its parameters and the rules that judge its
// measurement.
#include "core/checks/check_tables_p.h"

#include <QtGlobal>

namespace vidimus::checks {

namespace {

constexpr CheckParameter kLevelsParameters[] {
    {"max_outside", QT_TRANSLATE_NOOP("checks", "Area beyond the range"), "fraction", 0.01, 0.0, 1.0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest excursion"), "s", 0.2, 0.0, 60.0},
    {"max_crushed", QT_TRANSLATE_NOOP("checks", "Area that is piled up at black"), "fraction", 0.25, 0.02, 1.0},
    {"max_clipped", QT_TRANSLATE_NOOP("checks", "Area that is piled up at white"), "fraction", 0.25, 0.02, 1.0},
    {"pile_min_duration", QT_TRANSLATE_NOOP("checks", "Shortest time of piled up levels"), "s", 2.0, 0.0, 3600.0},
};
constexpr Rule kLevelsRules[] {
    RunRule {.series = "outside",
        .relation = Relation::Above,
        .limit = "max_outside",
        .minDuration = "min_duration",
        .mergeGap = 0.5,
        .detail = "outside_range",
        .measured = "outside_share",
        .region = "outside_region"},
    RunRule {.series = "crushed",
        .relation = Relation::Above,
        .limit = "max_crushed",
        .minDuration = "pile_min_duration",
        .mergeGap = 0.5,
        .detail = "crushed_blacks",
        .measured = "crushed_share",
        .median = true},
    RunRule {.series = "clipped",
        .relation = Relation::Above,
        .limit = "max_clipped",
        .minDuration = "pile_min_duration",
        .mergeGap = 0.5,
        .detail = "clipped_whites",
        .measured = "clipped_share",
        .median = true},
};

constexpr Rule kShotsRules[] {
    TrackRule {.kind = "cut", .count = "cuts"},
    TrackRule {.kind = "dissolve", .count = "dissolves"},
    TrackRule {.kind = "fade_out", .count = "fades_out"},
    TrackRule {.kind = "fade_in", .count = "fades_in"},
    TrackRule {.kind = "camera_flash", .count = "camera_flashes"},
    TrackRule {.kind = "short_insert", .count = "short_inserts"},
};

constexpr CheckDescriptor kDescriptors[] {
    {"levels", QT_TRANSLATE_NOOP("checks", "Levels and gamut"),
        QT_TRANSLATE_NOOP("checks",
            "Part of the picture is darker than black, brighter than white or more colourful than screens can show, or "
            "has lost its shades at either end."),
        CheckKind::Picture, kLevelsParameters, kLevelsRules, "EBU R 103",
        "5–246 of 8 bits in less than 1 % of the area"},
    {"shots", QT_TRANSLATE_NOOP("checks", "Shots"),
        QT_TRANSLATE_NOOP("checks", "Where one shot becomes another; shown as a track, not judged."),
        CheckKind::Picture, {}, kShotsRules, "Vidimus", "cuts, dissolves, fades"},
};

} // namespace

std::span<const CheckDescriptor> contentDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
