#include "core/checks/engine/check_registry.h"

#include "core/checks/check_descriptor.h"
#include "core/checks/engine/av_sync_check.h"
#include "core/checks/engine/banding_check.h"
#include "core/checks/engine/bars_slate_check.h"
#include "core/checks/engine/black_check.h"
#include "core/checks/engine/blockiness_check.h"
#include "core/checks/engine/blur_check.h"
#include "core/checks/engine/captions_check.h"
#include "core/checks/engine/channels_check.h"
#include "core/checks/engine/clipping_check.h"
#include "core/checks/engine/colour_tags_check.h"
#include "core/checks/engine/conformance_check.h"
#include "core/checks/engine/dc_offset_check.h"
#include "core/checks/engine/decode_errors_check.h"
#include "core/checks/engine/dropout_check.h"
#include "core/checks/engine/duplicate_frames_check.h"
#include "core/checks/engine/duration_check.h"
#include "core/checks/engine/flash_check.h"
#include "core/checks/engine/freeze_check.h"
#include "core/checks/engine/hdr_check.h"
#include "core/checks/engine/hum_check.h"
#include "core/checks/engine/interlace_check.h"
#include "core/checks/engine/letterbox_check.h"
#include "core/checks/engine/level_jump_check.h"
#include "core/checks/engine/levels_check.h"
#include "core/checks/engine/loudness_check.h"
#include "core/checks/engine/noise_check.h"
#include "core/checks/engine/pattern_check.h"
#include "core/checks/engine/phase_check.h"
#include "core/checks/engine/red_flash_check.h"
#include "core/checks/engine/shots_check.h"
#include "core/checks/engine/silence_check.h"
#include "core/checks/engine/static_logo_check.h"
#include "core/checks/engine/text_check.h"
#include "core/checks/engine/timestamps_check.h"
#include "core/checks/engine/tone_check.h"
#include "core/checks/engine/tracks_check.h"
#include "core/checks/engine/true_peak_check.h"
#include "core/checks/engine/upscale_check.h"

#include <set>

namespace vidimus::checks::engine {

namespace {

struct CheckFactory {
    const char* id;
    std::unique_ptr<Check> (*create)();
};

constexpr CheckFactory kFactories[] {
    {"black", BlackCheck::create},
    {"freeze", FreezeCheck::create},
    {"letterbox", LetterboxCheck::create},
    {"interlace", InterlaceCheck::create},
    {"blockiness", BlockinessCheck::create},
    {"blur", BlurCheck::create},
    {"duplicate_frames", DuplicateFramesCheck::create},
    {"levels", LevelsCheck::create},
    {"banding", BandingCheck::create},
    {"dropout", DropoutCheck::create},
    {"upscale", UpscaleCheck::create},
    {"noise", NoiseCheck::create},
    {"bars_slate", BarsSlateCheck::create},
    {"static_logo", StaticLogoCheck::create},
    {"text", TextCheck::create},
    {"colour_tags", ColourTagsCheck::create},
    {"hdr", HdrCheck::create},
    {"shots", ShotsCheck::create},
    {"flash", FlashCheck::create},
    {"red_flash", RedFlashCheck::create},
    {"pattern", PatternCheck::create},
    {"loudness", LoudnessCheck::create},
    {"true_peak", TruePeakCheck::create},
    {"silence", SilenceCheck::create},
    {"clipping", ClippingCheck::create},
    {"phase", PhaseCheck::create},
    {"channels", ChannelsCheck::create},
    {"dc_offset", DcOffsetCheck::create},
    {"hum", HumCheck::create},
    {"tone", ToneCheck::create},
    {"level_jump", LevelJumpCheck::create},
    {"av_sync", AvSyncCheck::create},
    {"timestamps", TimestampsCheck::create},
    {"duration", DurationCheck::create},
    {"decode_errors", DecodeErrorsCheck::create},
    {"tracks", TracksCheck::create},
    {"captions", CaptionsCheck::create},
    {"conformance", ConformanceCheck::create},
};

std::set<QString> neededChecks(const Profile& profile)
{
    std::set<QString> needed;
    for (const auto& [id, setting] : profile.checks) {
        const CheckDescriptor* descriptor = findDescriptor(id);
        if (!setting.enabled || descriptor == nullptr)
            continue;
        needed.insert(id);
        for (const Rule& rule : descriptor->rules) {
            if (const auto* run = std::get_if<RunRule>(&rule); run != nullptr && run->exceptCheck != nullptr)
                needed.insert(QString::fromLatin1(run->exceptCheck));
        }
    }
    return needed;
}

} // namespace

std::vector<RunningCheck> createChecks(const Profile& profile)
{
    const auto needed = neededChecks(profile);
    std::vector<RunningCheck> checks;
    for (const CheckFactory& factory : kFactories) {
        const QString id = QString::fromLatin1(factory.id);
        if (needed.contains(id))
            checks.push_back({id, factory.create()});
    }
    return checks;
}

QStringList registeredChecks()
{
    QStringList ids;
    for (const CheckFactory& factory : kFactories)
        ids.append(QString::fromLatin1(factory.id));
    return ids;
}

} // namespace vidimus::checks::engine
