#include "core/transcode/source_facts.h"

#include <array>
#include <cmath>

namespace vidimus::transcode {

namespace {

// Rates that people film and broadcast at; a measured rate within 1/2,000 of one is that rate.
constexpr std::array<Rational, 11> kUsualRates {{{24'000, 1'001}, {24, 1}, {25, 1}, {30'000, 1'001}, {30, 1}, {48, 1},
    {50, 1}, {60'000, 1'001}, {60, 1}, {100, 1}, {120, 1}}};

bool isWithin(Rational a, Rational b, double share)
{
    return b.num > 0 && std::abs(a.toDouble() / b.toDouble() - 1) <= share;
}

Rational frameRateOf(const media::VideoStream& video)
{
    const Rational average = video.averageRate;
    if (average.num <= 0 || average.den <= 0)
        return video.realRate;
    if (video.rateKind == media::RateKind::Variable)
        return average;
    for (const Rational usual : kUsualRates) {
        if (isWithin(average, usual, 1.0 / 2'000))
            return usual;
    }
    return isWithin(video.realRate, average, 1.0 / 200) ? video.realRate : average;
}

} // namespace

SourceFacts sourceFactsOf(const media::MediaFacts& facts)
{
    SourceFacts source;
    source.durationSeconds = facts.durationSeconds;
    if (const media::VideoStream* video = facts.programmeVideo(); video != nullptr && !video->coverArt) {
        source.picture = SourcePicture {.width = video->width,
            .height = video->height,
            .pixelAspect = video->sampleAspect,
            .rotation = video->orientation.clockwiseDegrees,
            .mirrored = video->orientation.mirrored,
            .frameRate = frameRateOf(*video),
            .variableRate = video->rateKind == media::RateKind::Variable,
            .interlaced
            = video->fieldOrder == media::FieldOrder::TopFirst || video->fieldOrder == media::FieldOrder::BottomFirst,
            .highDynamicRange = video->hdr != media::HdrKind::Sdr};
    }
    if (const media::AudioStream* audio = facts.programmeAudio(); audio != nullptr)
        source.sound = SourceSound {.sampleRate = audio->sampleRate, .channels = audio->channels};
    return source;
}

} // namespace vidimus::transcode
