#pragma once

#include "core/checks/engine/picture.h"
#include "core/checks/measurements.h"
#include "core/media/engine/frame_sink.h"

#include <span>

namespace vidimus {
class StateArchive;
}

namespace vidimus::checks::engine {

struct SoundFormat {
    int sampleRate = 0;
    std::vector<media::ChannelRole> roles; ///< one for each channel
};

/// A block of decoded sound.
struct SoundBlock {
    std::span<const float> samples; ///< interleaved, full scale ±1
    std::span<const float* const> channels; ///< the same, channel by channel, each with \a frames samples
    std::size_t frames = 0;
    /// Sample periods from the first sample of the stream; a gap in the stream shows here.
    qint64 position = 0;
    double seconds = 0; ///< time stamp of the first sample, from the start of the programme
};

/// One frame or sound check: gathers a measurement while a pass decodes. One thread at a time; never throws.
class Check {
public:
    Check() = default;
    Check(const Check&) = delete;
    Check& operator=(const Check&) = delete;
    virtual ~Check() = default;

    /// Once, before all else: what the file says of itself. References stay valid during the call.
    virtual void startProgramme(const media::engine::PassStart&) { }
    /// Each call is the next frame in presentation order, as the clock counts them.
    virtual void addFrame(const Picture&) { }
    /// The next frame could not be decoded; the range is in the programme's damage.
    virtual void addHole() { }
    /// Once, before the first block.
    virtual void startSound(const SoundFormat&) { }
    virtual void addSound(const SoundBlock&) { }
    /// Writes what was gathered of the picture so far, or reads it back into a check that has begun the same programme
    /// and seen no frame. Sound is not part of it: it is heard again from the start.
    virtual void state(StateArchive&) { }
    /// After the last frame and block. \a programme has its clock, facts and damage filled in.
    [[nodiscard]] virtual CheckMeasurement finish(const Measurements& programme) = 0;
};

} // namespace vidimus::checks::engine
