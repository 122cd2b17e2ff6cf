// Checks of tracks, captions and layout: one row a check, with its parameters and the rules that judge its measurement.
#include "core/checks/check_tables_p.h"

#include <QtGlobal>

namespace vidimus::checks {

namespace {

constexpr double kAny = 64; ///< tracks: as many as a file may have

constexpr CheckParameter kTrackParameters[] {
    {"min_picture", QT_TRANSLATE_NOOP("checks", "Fewest picture tracks"), "tracks", 1, 0, kAny},
    {"max_picture", QT_TRANSLATE_NOOP("checks", "Most picture tracks"), "tracks", kAny, 0, kAny},
    {"min_sound", QT_TRANSLATE_NOOP("checks", "Fewest sound tracks"), "tracks", 0, 0, kAny},
    {"max_sound", QT_TRANSLATE_NOOP("checks", "Most sound tracks"), "tracks", kAny, 0, kAny},
    {"min_captions", QT_TRANSLATE_NOOP("checks", "Fewest caption tracks"), "tracks", 0, 0, kAny},
    {"max_other", QT_TRANSLATE_NOOP("checks", "Most other tracks"), "tracks", kAny, 0, kAny},
    {"max_untagged_sound", QT_TRANSLATE_NOOP("checks", "Sound tracks without a language"), "tracks", kAny, 0, kAny},
    {"max_untagged_captions", QT_TRANSLATE_NOOP("checks", "Caption tracks without a language"), "tracks", kAny, 0,
        kAny},
    {"max_same_language", QT_TRANSLATE_NOOP("checks", "Sound tracks with the language of another one"), "tracks", kAny,
        0, kAny},
    {"min_channels", QT_TRANSLATE_NOOP("checks", "Fewest channels"), "channels", 0, 0, kAny},
    {"max_channels", QT_TRANSLATE_NOOP("checks", "Most channels"), "channels", kAny, 0, kAny},
    {"min_sample_rate", QT_TRANSLATE_NOOP("checks", "Lowest sample rate"), "Hz", 0, 0, 768000},
};
constexpr Rule kTrackRules[] {
    LimitRule {.scalar = "picture_tracks",
        .lower = "min_picture",
        .upper = "max_picture",
        .detailLow = "picture_missing",
        .detailHigh = "picture_extra"},
    LimitRule {.scalar = "sound_tracks",
        .lower = "min_sound",
        .upper = "max_sound",
        .detailLow = "sound_missing",
        .detailHigh = "sound_extra"},
    LimitRule {.scalar = "caption_tracks", .lower = "min_captions", .detailLow = "caption_tracks_missing"},
    LimitRule {.scalar = "other_tracks", .upper = "max_other", .detailHigh = "other_extra"},
    LimitRule {
        .scalar = "untagged_sound_tracks", .upper = "max_untagged_sound", .detailHigh = "sound_language_missing"},
    LimitRule {.scalar = "untagged_caption_tracks",
        .upper = "max_untagged_captions",
        .detailHigh = "caption_language_missing"},
    LimitRule {
        .scalar = "same_language_sound_tracks", .upper = "max_same_language", .detailHigh = "sound_language_doubled"},
    LimitRule {.scalar = "channels",
        .lower = "min_channels",
        .upper = "max_channels",
        .detailLow = "too_few_channels",
        .detailHigh = "too_many_channels"},
    LimitRule {.scalar = "sample_rate_hz", .lower = "min_sample_rate", .detailLow = "sample_rate_too_low"},
};

// Reading speed: 20 characters a second is what timed text guides of streaming services give adults; 25 leaves room.
constexpr CheckParameter kCaptionParameters[] {
    {"required", QT_TRANSLATE_NOOP("checks", "Captions must be there"), "switch", 0, 0, 1},
    {"max_after_end", QT_TRANSLATE_NOOP("checks", "Captions may go on after the end for"), "s", 0.5, 0, 3600},
    {"max_pause", QT_TRANSLATE_NOOP("checks", "Longest time without a caption"), "s", 3600, 1, 86400},
    {"max_reading_speed", QT_TRANSLATE_NOOP("checks", "Fastest reading speed"), "characters/s", 25, 5, 1000},
};
constexpr Rule kCaptionRules[] {
    LimitRule {.scalar = "captions_present", .lower = "required", .detailLow = "captions_missing"},
    EventRule {.at = "after_end_at",
        .size = "after_end_size",
        .limit = "max_after_end",
        .detail = "captions_after_end",
        .measured = "after_end_s"},
    LimitRule {.scalar = "longest_pause_s",
        .upper = "max_pause",
        .detailHigh = "captions_pause",
        .rangeStart = "pause_start_s",
        .rangeEnd = "pause_end_s"},
    EventRule {.at = "reading_speed_at",
        .size = "reading_speed_size",
        .limit = "max_reading_speed",
        .detail = "captions_too_fast",
        .measured = "characters_per_s"},
};

// A rate of 59.94 in whole milliseconds may read 1 % high.
constexpr CheckParameter kConformanceParameters[] {
    {"max_level_load", QT_TRANSLATE_NOOP("checks", "Picture size and rate against the level that is stated"),
        "fraction", 1.01, 1, 100},
    {"allow_profile_contradiction", QT_TRANSLATE_NOOP("checks", "Accept a profile that cannot hold the picture"),
        "switch", 0, 0, 1},
    {"max_unusual_codecs", QT_TRANSLATE_NOOP("checks", "Codecs that players do not expect in this container"), "tracks",
        0, 0, 64},
    {"allow_index_last", QT_TRANSLATE_NOOP("checks", "Accept an index at the end (no fast start)"), "switch", 1, 0, 1},
    {"allow_fragments", QT_TRANSLATE_NOOP("checks", "Accept movie fragments"), "switch", 1, 0, 1},
    {"max_edits", QT_TRANSLATE_NOOP("checks", "Edits inside the programme"), "edits", 0, 0, 1000},
    {"max_interleave", QT_TRANSLATE_NOOP("checks", "Distance of picture and sound in the file"), "s", 3, 0, 86400},
    {"max_peak_bit_rate", QT_TRANSLATE_NOOP("checks", "Highest bit rate of the picture in one second"), "Mb/s", 10000,
        0, 10000},
};
constexpr Rule kConformanceRules[] {
    LimitRule {.scalar = "level_load", .upper = "max_level_load", .detailHigh = "level_exceeded"},
    LimitRule {
        .scalar = "profile_contradicted", .upper = "allow_profile_contradiction", .detailHigh = "profile_contradicted"},
    LimitRule {.scalar = "unusual_codecs", .upper = "max_unusual_codecs", .detailHigh = "codec_unusual_in_container"},
    LimitRule {.scalar = "index_last", .upper = "allow_index_last", .detailHigh = "no_fast_start"},
    LimitRule {.scalar = "fragmented", .upper = "allow_fragments", .detailHigh = "fragmented"},
    LimitRule {.scalar = "edits", .upper = "max_edits", .detailHigh = "edit_list"},
    LimitRule {.scalar = "interleave_s", .upper = "max_interleave", .detailHigh = "poor_interleaving"},
    LimitRule {.scalar = "peak_bit_rate_mbps", .upper = "max_peak_bit_rate", .detailHigh = "bit_rate_too_high"},
};

constexpr CheckDescriptor kDescriptors[] {
    {"tracks", QT_TRANSLATE_NOOP("checks", "Tracks and languages"),
        QT_TRANSLATE_NOOP("checks", "A track is missing, is one too many, or does not say its language."),
        CheckKind::Container, kTrackParameters, kTrackRules, "Telestream Qualify", "track counts"},
    {"captions", QT_TRANSLATE_NOOP("checks", "Captions"),
        QT_TRANSLATE_NOOP(
            "checks", "Captions are missing, outlast the programme, pause for long or are too fast to read."),
        CheckKind::Container, kCaptionParameters, kCaptionRules, "CEA-608/708, EBU-TT", "present and in time"},
    {"conformance", QT_TRANSLATE_NOOP("checks", "Conformance"),
        QT_TRANSLATE_NOOP(
            "checks", "What the file says of its coding and layout does not fit what it holds or delivery."),
        CheckKind::Container, kConformanceParameters, kConformanceRules, "ITU-T H.264, H.265; ISO/IEC 14496-12",
        "tables A-1, A.8; boxes and edit lists"},
};

} // namespace

std::span<const CheckDescriptor> trackDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks
