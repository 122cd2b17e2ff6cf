#include "ui/moderation/finding_words.h"

#include <QCoreApplication>
#include <QHash>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;

namespace {

#define TEXT(text) QT_TRANSLATE_NOOP("FindingText", text)

/// Tokens that only repeat the title of their check.
constexpr const char* kSilent = "";

const QHash<QString, const char*>& words()
{
    static const QHash<QString, const char*> kWords {
        {u"black"_s, kSilent},
        {u"freeze"_s, kSilent},
        {u"silence"_s, kSilent},
        {u"flash"_s, kSilent},
        {u"red_flash"_s, kSilent},
        {u"blurred"_s, kSilent},
        {u"blocky"_s, kSilent},
        {u"bands"_s, kSilent},
        {u"noisy"_s, kSilent},
        {u"logo"_s, kSilent},
        {u"dropout"_s, kSilent},
        {u"dc_offset"_s, kSilent},
        {u"bit_rate_too_high"_s, TEXT("bit rate above its level")},
        {u"brighter_than_max_cll"_s, TEXT("brighter than MaxCLL says")},
        {u"brighter_than_max_fall"_s, TEXT("brighter than MaxFALL says")},
        {u"caption_language_missing"_s, TEXT("captions without a language")},
        {u"caption_tracks_missing"_s, TEXT("caption tracks missing")},
        {u"captions_after_end"_s, TEXT("captions after the end")},
        {u"captions_missing"_s, TEXT("no captions")},
        {u"captions_pause"_s, TEXT("captions pause")},
        {u"captions_too_fast"_s, TEXT("too fast to read")},
        {u"channel_silent_left"_s, TEXT("left channel")},
        {u"channel_silent_right"_s, TEXT("right channel")},
        {u"clipped"_s, TEXT("samples cut off")},
        {u"clipped_whites"_s, TEXT("whites cut off")},
        {u"codec_unusual_in_container"_s, TEXT("unusual codec for the container")},
        {u"combing"_s, TEXT("combing")},
        {u"crushed_blacks"_s, TEXT("blacks crushed")},
        {u"declared_duration_wrong"_s, TEXT("container is wrong")},
        {u"detail_of_a_smaller_picture"_s, TEXT("detail of a smaller picture")},
        {u"duplicate_times"_s, TEXT("time stamps repeat")},
        {u"edit_list"_s, TEXT("edit list")},
        {u"fragmented"_s, TEXT("fragmented")},
        {u"frame_missing"_s, TEXT("a frame is missing")},
        {u"frames_missing_in_a_pattern"_s, TEXT("frames missing in a pattern")},
        {u"interlaced"_s, TEXT("interlaced")},
        {u"layout_unknown"_s, TEXT("channel layout not declared")},
        {u"leader"_s, TEXT("leader")},
        {u"left_right_unequal"_s, TEXT("left and right unequal")},
        {u"level_drop"_s, TEXT("suddenly quieter")},
        {u"level_exceeded"_s, TEXT("beyond the codec's level")},
        {u"level_rise"_s, TEXT("suddenly louder")},
        {u"lfe_in_other_channel"_s, TEXT("effects channel in another place")},
        {u"lfe_not_low"_s, TEXT("effects channel is not low")},
        {u"metadata_missing"_s, TEXT("metadata missing")},
        {u"momentary_too_loud"_s, TEXT("momentary too loud")},
        {u"mono_as_stereo"_s, TEXT("mono as stereo")},
        {u"moving_stripes"_s, TEXT("moving stripes")},
        {u"no_fast_start"_s, TEXT("index at the end of the file")},
        {u"other_extra"_s, TEXT("other tracks")},
        {u"outside_range"_s, TEXT("outside the legal range")},
        {u"over"_s, TEXT("over the limit")},
        {u"picture_damaged"_s, TEXT("picture")},
        {u"picture_extra"_s, TEXT("more than one picture")},
        {u"picture_gap"_s, TEXT("gap in the picture")},
        {u"picture_missing"_s, TEXT("no picture")},
        {u"poor_interleaving"_s, TEXT("picture and sound far apart in the file")},
        {u"profile_contradicted"_s, TEXT("contradicts its profile")},
        {u"prolonged_flashing"_s, TEXT("allowed flashing, but long")},
        {u"range_too_wide"_s, TEXT("range too wide")},
        {u"sample_rate_too_low"_s, TEXT("sample rate too low")},
        {u"short_term_too_loud"_s, TEXT("short term too loud")},
        {u"slate"_s, TEXT("slate")},
        {u"sound_damaged"_s, TEXT("sound")},
        {u"sound_extra"_s, TEXT("more sound tracks than allowed")},
        {u"sound_falls_behind"_s, TEXT("sound falls behind")},
        {u"sound_gap"_s, TEXT("gap in the sound")},
        {u"sound_language_doubled"_s, TEXT("a language comes twice")},
        {u"sound_language_missing"_s, TEXT("sound without a language")},
        {u"sound_missing"_s, TEXT("no sound")},
        {u"sound_overlap"_s, TEXT("sound overlaps itself")},
        {u"sound_runs_ahead"_s, TEXT("sound runs ahead")},
        {u"sound_starts_early"_s, TEXT("sound starts early")},
        {u"sound_starts_late"_s, TEXT("sound starts late")},
        {u"sound_too_long"_s, TEXT("sound ends late")},
        {u"sound_too_short"_s, TEXT("sound ends early")},
        {u"starts_between_keys"_s, TEXT("starts between key frames")},
        {u"stripes"_s, TEXT("stripes")},
        {u"stuck_pixel"_s, TEXT("stuck pixel")},
        {u"telecine"_s, TEXT("film in fields (telecine)")},
        {u"test_tone"_s, TEXT("test tone")},
        {u"time_goes_back"_s, TEXT("time goes back")},
        {u"times_missing"_s, TEXT("time stamps missing")},
        {u"too_few_channels"_s, TEXT("too few channels")},
        {u"too_loud"_s, TEXT("too loud")},
        {u"too_many_channels"_s, TEXT("too many channels")},
        {u"too_quiet"_s, TEXT("too quiet")},
        {u"truncated"_s, TEXT("cut off at the end")},
        {u"variable_frame_rate"_s, TEXT("variable frame rate")},
        {u"wrong_field_order"_s, TEXT("wrong field order")},
    };
    return kWords;
}

#undef TEXT

} // namespace

QString findingDetail(const QString& token)
{
    const auto found = words().constFind(token);
    if (found == words().constEnd())
        return QString(token).replace(u'_', u' ');
    return **found == '\0' ? QString() : QCoreApplication::translate("FindingText", *found);
}

} // namespace vidimus::ui::moderation
