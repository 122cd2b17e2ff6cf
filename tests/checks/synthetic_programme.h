#pragma once

#include "core/checks/judge.h"
#include "core/checks/measurements.h"
#include "core/media/container_facts.h"
#include "core/media/facts.h"
#include "core/media/frame.h"

#include <functional>

namespace vidimus::test {

/// Feeds the checks as a pass would, without a file: pictures and sound are made here, to the exact code and sample.
struct SyntheticProgramme {
    // Picture
    int width = 64;
    int height = 36;
    int fpsNum = 25;
    int fpsDen = 1;
    int frames = 0; ///< 0: no picture
    int bits = 8;
    bool fullRange = false;
    bool bottomUp = false; ///< planes with a negative stride
    std::vector<qint64> timesMs; ///< when not empty: presentation times, one more than frames (the end)
    /// The luma code of a pixel.
    std::function<int(int frame, int x, int y)> luma;
    std::function<bool(int frame)> damagedFrame = [](int) { return false; }; ///< comes with errors
    std::function<bool(int frame)> missingFrame = [](int) { return false; }; ///< does not come
    // Sound
    double soundSeconds = 0; ///< 0: no sound
    double soundStart = 0;
    int sampleRate = 48000;
    std::vector<media::ChannelRole> roles {media::ChannelRole::FrontLeft, media::ChannelRole::FrontRight};
    std::function<float(int channel, qint64 index)> sound = [](int, qint64) { return 0.0F; };
    double gapAt = -1; ///< seconds into the sound; time stamps jump there
    double gapLength = 0;
    int blockFrames = 1024;
    bool closedCaptions = false; ///< in every frame
    // Container
    bool hasContainer = false;
    media::ContainerFacts container;
    std::function<void(media::MediaFacts&)> adjustFacts = [](media::MediaFacts&) { };

    [[nodiscard]] checks::Measurements measure(const checks::Profile& profile = checks::defaultProfile()) const;
    [[nodiscard]] checks::CheckResult judged(
        const QString& check, const checks::Profile& profile = checks::defaultProfile()) const;
};

/// A sine of an amplitude in dBFS.
[[nodiscard]] std::function<float(int, qint64)> tone(double hertz, double dbfs, int sampleRate = 48000);
/// A profile in which one threshold of one check differs from the default.
[[nodiscard]] checks::Profile withThreshold(const QString& check, const QString& parameter, double value);

} // namespace vidimus::test
