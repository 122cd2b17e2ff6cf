#pragma once

#include "core/transcode/engine/output_writer.h"
#include "core/transcode/engine/segment_run_p.h"

#include <condition_variable>
#include <deque>
#include <thread>

namespace vidimus::transcode::engine {

/// One rung with a thread of its own: scaled pictures in, segments and the init segment out. push() and finish() from
/// one thread.
class RenditionTrack {
public:
    RenditionTrack(int rendition, const RegisteredEncoder& encoder, VideoEncoderSettings settings, int qualityInterval,
        OutputWriter& writer);
    ~RenditionTrack();

    /// Opens the encoder for its parameter sets, writes the init segment where it is missing, and starts the thread.
    [[nodiscard]] Result<void> start();
    /// Waits while the queue is full. Pictures of one segment come together and in order. Errors: the track's own.
    [[nodiscard]] Result<void> push(TimedPicture timed);
    /// Encodes what is queued, closes the last segment and ends the thread.
    [[nodiscard]] Result<void> finish();

    [[nodiscard]] const QString& codecString() const { return m_codecString; }

private:
    void work(const std::stop_token& stop);
    [[nodiscard]] Result<void> encode(const TimedPicture& timed);
    [[nodiscard]] Result<void> closeSegment();
    [[nodiscard]] SegmentRun::Quality qualityOf(int segment) const;

    const int m_rendition;
    const RegisteredEncoder& m_encoder;
    const VideoEncoderSettings m_settings;
    const int m_qualityInterval;
    OutputWriter& m_writer;
    QByteArray m_header;
    QString m_codecString;

    // the thread's own
    std::optional<SegmentRun> m_run;
    int m_segment = -1;

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<TimedPicture> m_queue;
    bool m_ended = false;
    std::optional<Error> m_error;
    std::jthread m_thread; // last: it is joined before the rest goes
};

} // namespace vidimus::transcode::engine
