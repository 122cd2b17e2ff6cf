#pragma once

#include "core/media/frame_index.h"

#include <chrono>
#include <optional>

namespace vidimus::media {

/// Half-open in–out in frames.
struct FrameRange {
    qint64 first = 0;
    qint64 end = 0;
    friend bool operator==(const FrameRange&, const FrameRange&) = default;
};

/// The transport of a player as a pure state machine: what is playing, how fast, and which frame is due. Time enters
/// through the arguments: \a now is any steadily growing time; when a sound device plays, the player calls
/// syncToAudio() with what was really heard and the sound becomes the master. One thread.
class PlayerClock {
public:
    using Time = std::chrono::nanoseconds;

    /// \a index is copied. \a durationSeconds is used when there is no picture.
    PlayerClock(FrameIndex index, double durationSeconds);

    void play(Time now); ///< 1×; at the end it starts over
    void pause(Time now);
    void toggle(Time now);
    /// L: forwards, 1, 2, 4, 8, 16× on repeats; from reverse it starts at 1×.
    void shuttleForward(Time now);
    /// J: the same backwards.
    void shuttleBackward(Time now);
    /// K: stops; the next shuttle is 1× again.
    void shuttleStop(Time now);
    /// K held with J or L: ¼×.
    void slow(Time now, int direction);
    /// Any rate in −16…16 except 0 (which pauses).
    void setRate(Time now, double rate);
    /// Pauses and moves by whole frames.
    void step(Time now, qint64 frames);
    void seekToFrame(Time now, qint64 number);
    void seekToTime(Time now, double seconds);
    /// Plays round and round inside the range; nothing ends it. Empty ranges are ignored.
    void setLoop(std::optional<FrameRange> range);
    /// The sound device has played up to this media time at \a now. Ignored unless sound is audible at this rate.
    void syncToAudio(Time now, double mediaSeconds);

    /// Moves the state on; call before reading. Ends at the last frame (or the first, backwards) by pausing.
    void advance(Time now);
    [[nodiscard]] bool isPlaying() const { return m_rate != 0; }
    [[nodiscard]] double rate() const { return m_rate; } ///< 0 when paused
    [[nodiscard]] double seconds() const { return m_seconds; } ///< media time
    [[nodiscard]] qint64 frame() const; ///< -1 without picture
    [[nodiscard]] const std::optional<FrameRange>& loop() const { return m_loop; }
    /// Sound is played at rates from −2 to 2 only.
    [[nodiscard]] bool isAudible() const;

private:
    void moveTo(Time now, double seconds);
    void shuttle(Time now, double direction);
    [[nodiscard]] double firstSeconds() const;
    [[nodiscard]] double endSeconds() const;

    FrameIndex m_index;
    double m_durationSeconds = 0;
    double m_seconds = 0;
    double m_rate = 0;
    Time m_updated {0};
    std::optional<FrameRange> m_loop;
};

} // namespace vidimus::media
