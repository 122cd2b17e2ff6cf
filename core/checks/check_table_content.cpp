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

constexpr CheckParameter kBarsSlateParameters[] {
    {"ends", QT_TRANSLATE_NOOP("checks", "How long head and tail are"), "s", 120.0, 0.0, 3600.0},
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest bars or pattern"), "s", 0.5, 0.0, 60.0},
    {"slate_min_duration", QT_TRANSLATE_NOOP("checks", "Shortest slate"), "s", 3.0, 0.5, 60.0},
    {"report_slates", QT_TRANSLATE_NOOP("checks", "Report slates at the head"), "switch", 1, 0, 1},
};
constexpr MarkRule anywhere(const char* kind)
{
    return {.kind = kind, .minDuration = "min_duration", .detail = kind};
}
constexpr Rule kBarsSlateRules[] {
    anywhere("colour_bars"),
    anywhere("test_pattern"),
    anywhere("flat_colour"),
    // A slate is followed by black; a title is followed by the film.
    MarkRule {.kind = "slate",
        .minDuration = "slate_min_duration",
        .place = Place::Head,
        .ends = "ends",
        .enabled = "report_slates",
        .detail = "slate"},
    MarkRule {.kind = "leader", .place = Place::Head, .ends = "ends", .detail = "leader"},
};

constexpr CheckParameter kLogoParameters[] {
    {"min_duration", QT_TRANSLATE_NOOP("checks", "Shortest time a logo stays"), "s", 10.0, 8.0, 3600.0},
};
constexpr Rule kLogoRules[] {MarkRule {.kind = "logo", .minDuration = "min_duration", .detail = "logo"}};

constexpr CheckParameter kColourTagParameters[] {
    {"report_untagged", QT_TRANSLATE_NOOP("checks", "Report missing colour tags"), "switch", 0, 0, 1},
    {"report_aspect", QT_TRANSLATE_NOOP("checks", "Report unusual shapes and odd sizes"), "switch", 1, 0, 1},
};
constexpr MarkRule tag(const char* kind, const char* enabled = nullptr)
{
    return {.kind = kind, .enabled = enabled, .detail = kind};
}
constexpr Rule kColourTagRules[] {tag("untagged", "report_untagged"), tag("wrong_matrix"), tag("mixed_tags"),
    tag("range_looks_full"), tag("range_looks_limited"), tag("tags_change"), tag("odd_size", "report_aspect"),
    tag("unusual_aspect", "report_aspect")};

constexpr CheckParameter kHdrParameters[] {
    {"max_ratio", QT_TRANSLATE_NOOP("checks", "Measured light against the stated"), "ratio", 1.1, 1.0, 100.0},
    {"max_missing", QT_TRANSLATE_NOOP("checks", "Missing entries that are tolerated"), "entries", 0, 0, 3},
};
constexpr Rule kHdrRules[] {
    LimitRule {.scalar = "missing_metadata", .upper = "max_missing", .detailHigh = "metadata_missing"},
    LimitRule {.scalar = "max_cll_ratio", .upper = "max_ratio", .detailHigh = "brighter_than_max_cll"},
    LimitRule {.scalar = "max_fall_ratio", .upper = "max_ratio", .detailHigh = "brighter_than_max_fall"},
};

constexpr CheckDescriptor kDescriptors[] {
    {"levels", QT_TRANSLATE_NOOP("checks", "Levels and gamut"),
        QT_TRANSLATE_NOOP("checks",
            "Part of the picture is darker than black, brighter than white or more colourful than screens can show, or "
            "has lost its shades at either end."),
        CheckKind::Picture, kLevelsParameters, kLevelsRules, "EBU R 103",
        "5–246 of 8 bits in less than 1 % of the area"},
    {"bars_slate", QT_TRANSLATE_NOOP("checks", "Bars, slate and leader"),
        QT_TRANSLATE_NOOP("checks", "A test picture, a slate or a countdown that viewers should not see."),
        CheckKind::Picture, kBarsSlateParameters, kBarsSlateRules, "Vidimus", "even stripes, still cards, 1 s steps"},
    {"static_logo", QT_TRANSLATE_NOOP("checks", "Logo in the picture"),
        QT_TRANSLATE_NOOP(
            "checks", "A mark stays in one place while the picture changes: somebody's logo or watermark."),
        CheckKind::Picture, kLogoParameters, kLogoRules, "Vidimus", "edges that stay"},
    {"colour_tags", QT_TRANSLATE_NOOP("checks", "Colour tags and shape"),
        QT_TRANSLATE_NOOP("checks", "The file says something of its colours or its shape that is not so."),
        CheckKind::Picture, kColourTagParameters, kColourTagRules, "ITU-T H.273", "tables 2, 3 and 4"},
    {"hdr", QT_TRANSLATE_NOOP("checks", "HDR metadata"),
        QT_TRANSLATE_NOOP("checks", "The picture is brighter than its metadata says, or the metadata is missing."),
        CheckKind::Picture, kHdrParameters, kHdrRules, "CTA-861.3", "MaxCLL, MaxFALL; SMPTE ST 2086"},
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
