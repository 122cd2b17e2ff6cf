// Vectors for the checks of sound and container.
#include "core/checks/engine/self_test.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vidimus::checks::engine {

namespace {

constexpr double kRate = 48000;

float tone(double hertz, double dbfs, qint64 index)
{
    return static_cast<float>(
        std::pow(10.0, dbfs / 20) * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(index) / kRate));
}

/// The same noise on every run, different on each channel (SplitMix64 over the index; Steele, Lea, Flood 2014).
float noise(double amplitude, int channel, qint64 index)
{
    quint64 bits = (static_cast<quint64>(channel) << 56) + static_cast<quint64>(index) + 0x9e3779b97f4a7c15ULL;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
    bits ^= bits >> 31;
    return static_cast<float>(amplitude * (static_cast<double>(bits >> 40) / double(1 << 23) - 1));
}

bool isWithin(qint64 index, double start, double end)
{
    const double seconds = static_cast<double>(index) / kRate;
    return seconds >= start && seconds < end;
}

SelfTestVector soundOf(double seconds, std::function<float(int, qint64)> sound)
{
    SelfTestVector vector;
    vector.soundSeconds = seconds;
    vector.sound = std::move(sound);
    return vector;
}

/// Both channels alike but for a little noise, so that nothing but the planted fault is found.
float programme(int channel, qint64 index)
{
    return noise(0.1, 0, index) + noise(0.02, channel + 1, index);
}

SelfTestVector loudnessRight()
{
    return soundOf(4, [](int, qint64 index) { return tone(1000, -23, index); });
}
SelfTestVector loudnessWrong()
{
    return soundOf(4, [](int, qint64 index) { return tone(1000, -22, index); });
}
SelfTestVector peakBetweenSamples()
{
    // Samples at 45° of a quarter of the sample rate stay 3 dB below the wave (EBU Tech 3341, case 16), here 0 dBTP.
    return soundOf(2, [](int, qint64 index) {
        const double fade = std::clamp(static_cast<double>(std::min<qint64>(index, 96000 - index)) / 4800, 0.0, 1.0);
        return static_cast<float>(fade * std::sin(std::numbers::pi * (static_cast<double>(index % 4) / 2 + 0.25)));
    });
}
SelfTestVector silentPart()
{
    return soundOf(
        8, [](int channel, qint64 index) { return isWithin(index, 3, 6) ? 0.0F : programme(channel, index); });
}
SelfTestVector clippedPart()
{
    return soundOf(6,
        [](int, qint64 index) { return std::clamp(tone(200, isWithin(index, 2, 3) ? 12 : -6, index), -1.0F, 1.0F); });
}
SelfTestVector oppositePart()
{
    return soundOf(8, [](int channel, qint64 index) {
        const float sample = noise(0.2, 0, index);
        return channel == 1 && isWithin(index, 2, 5) ? -sample : sample + noise(0.02, channel + 1, index);
    });
}
SelfTestVector rightMissing()
{
    return soundOf(4, [](int channel, qint64 index) { return channel == 1 ? 0.0F : noise(0.2, 0, index); });
}
SelfTestVector offsetWave()
{
    return soundOf(8, [](int channel, qint64 index) { return programme(channel, index) + 0.02F; });
}
SelfTestVector humming()
{
    return soundOf(16, [](int channel, qint64 index) {
        return noise(0.01, channel, index) + tone(50, -40, index) + tone(100, -46, index) + tone(150, -50, index);
    });
}
SelfTestVector testTone()
{
    return soundOf(10, [](int channel, qint64 index) {
        return isWithin(index, 2, 7) ? tone(1000, -18, index) : programme(channel, index);
    });
}
SelfTestVector suddenDrop()
{
    return soundOf(12,
        [](int channel, qint64 index) { return programme(channel, index) * (isWithin(index, 6, 12) ? 0.2F : 1.0F); });
}
SelfTestVector clean()
{
    return soundOf(8, programme);
}

/// Four seconds of picture and sound.
SelfTestVector film()
{
    SelfTestVector vector = soundOf(4, programme);
    vector.width = 32;
    vector.height = 18;
    vector.frames = 100;
    vector.picture = [](int frame, int x, int y) { return SelfTestPixel {40 + (frame * 3 + x + y) % 150, 128, 128}; };
    vector.container.declaredSeconds = 4;
    return vector;
}
SelfTestVector shortSound()
{
    SelfTestVector vector = film();
    vector.soundSeconds = 3;
    return vector;
}
SelfTestVector gapInSound()
{
    SelfTestVector vector = film();
    vector.container.events = {{media::TimeEvent::Kind::Gap, 1, 1.0, 0.5}};
    return vector;
}
SelfTestVector cutFile()
{
    SelfTestVector vector = film();
    vector.container.truncated = true;
    vector.container.declaredSeconds = 5;
    return vector;
}
SelfTestVector lateCaption()
{
    SelfTestVector vector = film();
    vector.container.captions = {{2, true, {{0.5, 2, 20}, {3.5, 6, 20}}}};
    return vector;
}
SelfTestVector editedFile()
{
    SelfTestVector vector = film();
    vector.container.boxes.isBoxFile = true;
    vector.container.boxes.edits = 2;
    return vector;
}

constexpr SelfTestCase kCases[] {
    {"loudness", "a tone at -23 LUFS", loudnessRight, nullptr},
    {"loudness", "a tone at -22 LUFS", loudnessWrong, "too_loud", -1, -1, 0, 4},
    {"true_peak", "a peak between samples", peakBetweenSamples, "over", -1, -1, 0.1, 1.9},
    {"true_peak", "noise", clean, nullptr},
    {"silence", "3 s of silence", silentPart, "silence", -1, -1, 3, 6},
    {"silence", "noise", clean, nullptr},
    {"clipping", "1 s cut off at full scale", clippedPart, "clipped", -1, -1, 2, 3},
    {"clipping", "noise", clean, nullptr},
    {"phase", "3 s out of phase", oppositePart, "out_of_phase", -1, -1, 2, 5},
    {"phase", "noise", clean, nullptr},
    {"channels", "right channel missing", rightMissing, "channel_missing_right", -1, -1, 0, 4},
    {"channels", "noise", clean, nullptr},
    {"dc_offset", "an offset of 2 %", offsetWave, "dc_offset", -1, -1, 0, 8},
    {"dc_offset", "noise", clean, nullptr},
    {"hum", "50 Hz and harmonics", humming, "hum_50_hz", -1, -1, 0, 16},
    {"hum", "noise", clean, nullptr},
    {"tone", "5 s of 1 kHz", testTone, "test_tone", -1, -1, 2, 7},
    {"tone", "noise", clean, nullptr},
    {"level_jump", "14 dB down at once", suddenDrop, "level_drop", -1, -1, 5.95, 6.05},
    {"level_jump", "noise", clean, nullptr},
    {"av_sync", "sound and picture together", film, nullptr},
    {"timestamps", "half a second of sound missing", gapInSound, "sound_gap", -1, -1, 1, 1.5},
    {"timestamps", "regular times", film, nullptr},
    {"duration", "sound 1 s short", shortSound, "sound_too_short", -1, -1, 3, 4},
    {"duration", "equal lengths", film, nullptr},
    {"tracks", "picture and sound", film, nullptr},
    {"captions", "a caption after the end", lateCaption, "captions_after_end"},
    {"captions", "none needed", film, nullptr},
    {"decode_errors", "a file cut off", cutFile, "truncated", -1, -1, 4, 5},
    {"decode_errors", "a whole file", film, nullptr},
    {"conformance", "edits inside", editedFile, "edit_list"},
    {"conformance", "a plain file", film, nullptr},
};

} // namespace

std::span<const SelfTestCase> soundSelfTests()
{
    return kCases;
}

} // namespace vidimus::checks::engine
