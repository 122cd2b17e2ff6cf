#include "checks/synthetic_programme.h"

#include "core/checks/engine/check_sink.h"

#include <QtGlobal>
#include <cmath>
#include <numbers>

namespace vidimus::test {

using namespace Qt::StringLiterals;

namespace {

media::MediaFacts factsOf(const SyntheticProgramme& programme)
{
    media::MediaFacts facts;
    facts.durationSeconds = std::max(programme.soundStart + programme.soundSeconds,
        programme.timesMs.empty() ? double(programme.frames) * programme.fpsDen / programme.fpsNum
                                  : static_cast<double>(programme.timesMs.back()) / 1000);
    if (programme.frames > 0) {
        media::VideoStream video;
        video.width = programme.width;
        video.height = programme.height;
        facts.video.push_back(video);
        facts.bestVideo = 0;
    }
    if (programme.soundSeconds > 0) {
        media::AudioStream audio;
        audio.channels = static_cast<int>(programme.roles.size());
        audio.sampleRate = programme.sampleRate;
        facts.audio.push_back(audio);
        facts.bestAudio = 0;
    }
    return facts;
}

media::FrameIndex indexOf(const SyntheticProgramme& programme)
{
    std::vector<media::FrameIndexEntry> entries;
    const bool variable = !programme.timesMs.empty();
    for (int frame = 0; frame < programme.frames; ++frame) {
        const auto at = static_cast<std::size_t>(frame);
        entries.push_back(variable ? media::FrameIndexEntry {programme.timesMs[at],
                                         programme.timesMs[at + 1] - programme.timesMs[at], true}
                                   : media::FrameIndexEntry {frame, 1, true});
    }
    const Rational timeBase = variable ? Rational {1, 1000} : Rational {programme.fpsDen, programme.fpsNum};
    return {timeBase, {0, 1}, std::move(entries)};
}

void feedPicture(checks::engine::CheckSink& sink, const SyntheticProgramme& programme)
{
    const int sampleBytes = programme.bits > 8 ? 2 : 1;
    const auto pixels = static_cast<std::size_t>(programme.width) * static_cast<std::size_t>(programme.height);
    std::vector<std::byte> plane(pixels * static_cast<std::size_t>(sampleBytes));
    const std::ptrdiff_t rowBytes = std::ptrdiff_t(programme.width) * sampleBytes;
    for (int frame = 0; frame < programme.frames; ++frame) {
        if (programme.missingFrame(frame))
            continue;
        for (int y = 0; y < programme.height; ++y) {
            auto* row = plane.data() + rowBytes * (programme.bottomUp ? programme.height - 1 - y : y);
            for (int x = 0; x < programme.width; ++x) {
                const int code = programme.luma(frame, x, y);
                if (sampleBytes == 1)
                    reinterpret_cast<std::uint8_t*>(row)[x] = static_cast<std::uint8_t>(code);
                else
                    reinterpret_cast<std::uint16_t*>(row)[x] = static_cast<std::uint16_t>(code);
            }
        }
        media::FrameView view;
        view.format = programme.bits == 10 ? media::PixelFormat::Yuv420p10 : media::PixelFormat::Gray8;
        view.width = programme.width;
        view.height = programme.height;
        view.planes[0] = {programme.bottomUp ? plane.data() + rowBytes * (programme.height - 1) : plane.data(),
            programme.bottomUp ? -rowBytes : rowBytes, programme.width, programme.height};
        view.number = frame;
        view.damaged = programme.damagedFrame(frame);
        view.closedCaptions = programme.closedCaptions;
        view.color.range = programme.fullRange ? media::ColorRange::Full : media::ColorRange::Limited;
        if (!sink.picture({std::span(&view, 1), nullptr}))
            qFatal("a check refused a picture");
    }
}

void feedSound(checks::engine::CheckSink& sink, const SyntheticProgramme& programme)
{
    const int channels = static_cast<int>(programme.roles.size());
    const qint64 total = std::llround(programme.soundSeconds * programme.sampleRate);
    const qint64 gapAt = programme.gapAt < 0 ? total : std::llround(programme.gapAt * programme.sampleRate);
    std::vector<float> block;
    for (qint64 position = 0; position < total;) {
        const qint64 end = std::min({total, position + programme.blockFrames, position < gapAt ? gapAt : total});
        block.clear();
        for (qint64 i = position; i < end; ++i) {
            for (int channel = 0; channel < channels; ++channel)
                block.push_back(programme.sound(channel, i));
        }
        media::AudioView view;
        view.channels = channels;
        view.sampleRate = programme.sampleRate;
        view.roles = programme.roles;
        view.samples = block;
        view.firstSample = position;
        const double shift = position >= gapAt ? programme.gapLength : 0;
        view.time
            = {position + std::llround((programme.soundStart + shift) * programme.sampleRate), programme.sampleRate};
        if (!sink.audio(view))
            qFatal("a check refused sound");
        position = end;
    }
}

} // namespace

checks::Measurements SyntheticProgramme::measure(const checks::Profile& profile) const
{
    media::MediaFacts facts = factsOf(*this);
    adjustFacts(facts);
    const media::FrameIndex index = indexOf(*this);
    checks::engine::CheckSink sink(profile);
    if (!sink.begin({facts, index, hasContainer ? &container : nullptr}))
        qFatal("the checks refused to begin");
    feedPicture(sink, *this);
    if (soundSeconds > 0)
        feedSound(sink, *this);
    if (!sink.end())
        qFatal("the checks refused to end");
    return sink.takeMeasurements();
}

checks::CheckResult SyntheticProgramme::judged(const QString& check, const checks::Profile& profile) const
{
    const checks::Report report = checks::judge(measure(profile), profile);
    for (const checks::CheckResult& result : report.checks) {
        if (result.id == check)
            return result;
    }
    return {};
}

std::function<float(int, qint64)> tone(double hertz, double dbfs, int sampleRate)
{
    const double amplitude = std::pow(10.0, dbfs / 20);
    return [=](int, qint64 index) {
        return static_cast<float>(
            amplitude * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(index) / sampleRate));
    };
}

checks::Profile withThreshold(const QString& check, const QString& parameter, double value)
{
    checks::Profile profile = checks::defaultProfile();
    profile.checks[check].thresholds[parameter] = value;
    return profile;
}

} // namespace vidimus::test
