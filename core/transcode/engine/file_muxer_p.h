#pragma once

#include "core/transcode/engine/av_owners_p.h"

#include <memory>

namespace vidimus::transcode::engine {

/// Writes one file of several streams to a descriptor, in the container of the source where that can hold them. The
/// index stands first where the container has one. One thread.
class FileMuxer {
public:
    /// \a fd stays the caller's; it is read and written at its own positions. Errors: Unsupported, Internal.
    [[nodiscard]] static Result<std::unique_ptr<FileMuxer>> create(int fd, const QByteArray& container);
    ~FileMuxer();
    FileMuxer(const FileMuxer&) = delete;
    FileMuxer& operator=(const FileMuxer&) = delete;

    [[nodiscard]] AVFormatContext& context() const;
    /// A new stream with the tags, roles and side data of \a source; the caller fills its codec parameters.
    [[nodiscard]] Result<AVStream*> addStream(const AVStream& source);
    /// Whether the container can hold a codec.
    [[nodiscard]] bool holds(AVCodecID codec) const;
    [[nodiscard]] Result<void> begin();
    /// \a packet with times in \a timeBase, for stream \a stream of this file; it is emptied. Times of decoding are
    /// kept rising.
    [[nodiscard]] Result<void> write(AVPacket& packet, int stream, AVRational timeBase);
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] qint64 bytes() const;

private:
    struct Impl;
    explicit FileMuxer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace vidimus::transcode::engine
