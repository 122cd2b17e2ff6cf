#include "core/checks/engine/tracks_check.h"

#include <algorithm>
#include <set>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

std::unique_ptr<Check> TracksCheck::create()
{
    return std::make_unique<TracksCheck>();
}

void TracksCheck::startProgramme(const media::engine::PassStart& start)
{
    const media::MediaFacts& facts = start.facts;
    std::set<QString> languages; // of sound
    double untagged = 0;
    double doubled = 0;
    for (const media::AudioStream& sound : facts.audio) {
        untagged += sound.language.isEmpty() ? 1 : 0;
        if (!sound.language.isEmpty() && !languages.insert(sound.language).second)
            ++doubled;
    }
    double untaggedCaptions = 0;
    for (const media::SubtitleStream& captions : facts.subtitles)
        untaggedCaptions += captions.language.isEmpty() ? 1 : 0;
    const auto pictures = std::ranges::count_if(facts.video, [](const auto& each) { return !each.coverArt; });
    m_counts = {{u"picture_tracks"_s, static_cast<double>(pictures)},
        {u"sound_tracks"_s, static_cast<double>(facts.audio.size())},
        {u"caption_tracks"_s, static_cast<double>(facts.subtitles.size())},
        {u"other_tracks"_s, static_cast<double>(facts.others.size())}, {u"untagged_sound_tracks"_s, untagged},
        {u"untagged_caption_tracks"_s, untaggedCaptions}, {u"same_language_sound_tracks"_s, doubled}};
    if (const media::AudioStream* sound = facts.programmeAudio()) {
        m_counts[u"channels"_s] = sound->channels;
        m_counts[u"sample_rate_hz"_s] = sound->sampleRate;
    }
}

CheckMeasurement TracksCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    measurement.cause = m_counts.empty() ? u"not_measured"_s : QString();
    measurement.scalars = m_counts;
    return measurement;
}

} // namespace vidimus::checks::engine
