#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"

#include <QByteArray>
#include <memory>

struct AVFormatContext;

namespace vidimus::media::engine {

/// Caps on untrusted input (promise R12).
struct InputLimits {
    qint64 maxBytes = qint64(1) << 40;
    qint64 maxPixels = 134'217'728; ///< per picture
    int maxStreams = 64;
    double maxDurationSeconds = 24.0 * 3600.0;
    qint64 maxProbeBytes = 8 * 1024 * 1024;
    int decoderThreads = 2;
};

/// An opened file: read from one descriptor with read and lseek only, by a demuxer from our list, chosen by our own
/// look at the first bytes. Never opens another file or a connection. One thread at a time.
class Input {
public:
    /// \a fd stays the caller's and must outlive the Input; its position is moved. Inputs of one thread
    /// may share a descriptor.
    /// Errors, with reasons: Invalid (empty_file, not_media, playlist_refused), Unsupported (format_not_supported),
    /// Corrupt (moov_missing, truncated, unreadable), LimitExceeded (too_many_streams, too_many_pixels, too_large,
    /// too_long), Io, Canceled.
    [[nodiscard]] static Result<std::unique_ptr<Input>> open(
        int fd, const InputLimits& limits = {}, const CancelToken& cancel = {});
    ~Input();
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    [[nodiscard]] const InputLimits& limits() const;
    [[nodiscard]] qint64 bytes() const;
    /// For engines. Owned by this.
    [[nodiscard]] AVFormatContext* context() const;
    /// libav stream numbers of the programme's picture and sound; -1: none. Cover art is never the picture unless the
    /// file is an image.
    [[nodiscard]] int bestVideo() const;
    [[nodiscard]] int bestAudio() const;
    /// An MP4 whose movie box follows its media data: it cannot play while it loads.
    [[nodiscard]] bool indexStandsLast() const;
    /// Lines that libav logged since the last call, for error details (at most 16).
    [[nodiscard]] QByteArray takeLog();
    /// Makes reads fail once \a cancel says so; the token of the work that goes on now.
    void setCancel(const CancelToken& cancel);
    /// Back to the first packet. Errors: Io.
    [[nodiscard]] Result<void> rewind();

private:
    struct Impl;
    explicit Input(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace vidimus::media::engine
