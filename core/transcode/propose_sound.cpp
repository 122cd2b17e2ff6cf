// Loudness and true peak: one gain, and a limiter only where peaks would pass the ceiling.
#include "core/transcode/propose_fix_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMostGainDb = 30; // beyond it the noise floor comes up
constexpr double kMostLimitingDb = 12; // beyond it the limiter is heard
constexpr double kSilence = -69.9; // LUFS; the gate of BS.1770 is at -70
/// Lossy coders overshoot: the ceiling is set this far below what is allowed.
constexpr double kLossyMarginDb = 0.6;
constexpr double kLosslessMarginDb = 0.1;

bool isLossless(const QString& codec)
{
    return codec.startsWith("pcm_"_L1) || codec == "flac"_L1 || codec == "alac"_L1;
}

struct Sound {
    double loudness = 0; ///< LUFS
    double maxMomentary = -70;
    double maxShortTerm = -70;
    double peak = -100; ///< dBTP
};

std::optional<double> scalar(const checks::Measurements& measurements, const QString& check, const QString& name)
{
    const auto found = measurements.checks.find(check);
    if (found == measurements.checks.end())
        return std::nullopt;
    const auto value = found->second.scalars.find(name);
    return value == found->second.scalars.end() ? std::nullopt : std::optional(value->second);
}

double highestPeak(const checks::Measurements& measurements)
{
    const auto found = measurements.checks.find(u"true_peak"_s);
    if (found == measurements.checks.end())
        return -100;
    const auto series = found->second.series.find(u"true_peak"_s);
    if (series == found->second.series.end() || series->second.codes.empty())
        return -100;
    return *std::ranges::max_element(series->second.codes) * series->second.scale;
}

/// The gain nearest to the target that keeps loudness, momentary and short-term maxima; nothing when none does.
std::optional<double> loudnessGain(const FixContext& context, const Sound& sound)
{
    const auto limit = [&](const char* name) { return context.threshold(u"loudness"_s, QString::fromLatin1(name)); };
    const double target = limit("target") - sound.loudness;
    const double highest = std::min({target + limit("tolerance"), limit("max_momentary") - sound.maxMomentary,
        limit("max_short_term") - sound.maxShortTerm});
    if (highest < target - limit("tolerance"))
        return std::nullopt;
    return std::min(target, highest);
}

} // namespace

void proposeSound(const FixContext& context, const FixDraft& draft)
{
    const checks::Measurements& measured = context.measurements;
    const auto loudness = scalar(measured, u"loudness"_s, u"integrated_lufs"_s);
    Sound sound {.loudness = loudness.value_or(-70),
        .maxMomentary = scalar(measured, u"loudness"_s, u"max_momentary_lufs"_s).value_or(-70),
        .maxShortTerm = scalar(measured, u"loudness"_s, u"max_short_term_lufs"_s).value_or(-70),
        .peak = highestPeak(measured)};
    bool wantsLoudness = context.wants(u"loudness"_s);
    if (wantsLoudness && sound.loudness <= kSilence) {
        draft.refuse(u"loudness"_s, u"silent"_s, u"The programme is silent; no gain gives it a loudness."_s);
        wantsLoudness = false;
    }
    double gain = 0;
    if (wantsLoudness) {
        const auto range = context.findings(u"loudness"_s, u"range_too_wide"_s);
        const auto found = loudnessGain(context, sound);
        if (!range.empty() || !found) {
            draft.refuse(u"loudness"_s, u"needs_a_mix"_s,
                u"The programme varies too much; one gain cannot bring all of it within the limits."_s);
            wantsLoudness = false;
        } else if (std::abs(*found) > kMostGainDb) {
            draft.refuse(u"loudness"_s, u"gain_too_large"_s,
                u"It would take %1 dB; more than %2 dB brings the noise up."_s.arg(*found, 0, 'f', 1).arg(kMostGainDb));
            wantsLoudness = false;
        } else {
            gain = std::round(*found * 100) / 100;
        }
    }
    if (!wantsLoudness && !context.wants(u"true_peak"_s))
        return;
    const media::AudioStream& stream = *context.facts.programmeAudio();
    const double margin = isLossless(stream.codec) ? kLosslessMarginDb : kLossyMarginDb;
    const double ceiling = context.threshold(u"true_peak"_s, u"max_level"_s) - margin;
    const double excess = sound.peak + gain - ceiling;
    const bool limits = excess > 0;
    if (limits && excess > kMostLimitingDb) {
        for (const QString& id : context.ids)
            draft.refuse(id, u"needs_a_mix"_s,
                u"Peaks stand %1 dB too high for the loudness; a limiter would be heard."_s.arg(excess, 0, 'f', 1));
        return;
    }
    if (!limits && gain == 0)
        return;
    SoundFix fix {.gainDb = gain, .limits = limits, .ceilingDbtp = limits ? ceiling : 0, .loudnessLufs = {}};
    if (limits && wantsLoudness)
        fix.loudnessLufs = sound.loudness + gain;
    draft.plan().sound = fix;
    const QString action = gain == 0 ? u"limit"_s : limits ? u"gain_and_limit"_s : u"gain"_s;
    for (const QString& id : context.ids) {
        if (id == u"loudness" && !wantsLoudness)
            continue;
        FixStep step {id, action, {{u"gain_db"_s, gain}}, measured.facts.soundStart, measured.facts.soundEnd};
        if (limits) {
            step.values[u"ceiling_dbtp"_s] = ceiling;
            step.values[u"limited_db"_s] = excess;
        }
        draft.add(std::move(step));
    }
}

} // namespace vidimus::transcode
