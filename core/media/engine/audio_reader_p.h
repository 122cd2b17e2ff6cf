#pragma once

#include "core/media/engine/audio_decoder_p.h"

#include <memory>
#include <optional>

namespace vidimus::media::engine {

/// The programme's sound as 48 kHz stereo from any sample on. Has an Input of its own over the same descriptor, so that
/// reading sound does not move the picture. One thread.
class AudioReader {
public:
    /// \a originSeconds on the file's clock is sample 0. Errors: as Input::open(), Unsupported.
    [[nodiscard]] static Result<AudioReader> open(
        int fd, const InputLimits& limits, double originSeconds, const CancelToken& cancel);
    /// Always \a count pairs; silence where there is no sound. Errors: Canceled.
    [[nodiscard]] Result<std::vector<float>> read(qint64 startSample, qint64 count, const CancelToken& cancel);

private:
    AudioReader(std::unique_ptr<Input> input, AudioDecoder decoder, double originSeconds);
    void seek(qint64 startSample);
    [[nodiscard]] Result<void> append(std::span<const float> samples, double startSeconds);
    void forgetBefore(qint64 sample);

    std::unique_ptr<Input> m_input;
    AudioDecoder m_decoder;
    AvPacketPtr m_packet;
    double m_originSeconds = 0;
    qint64 m_firstSample = 0; ///< of m_samples
    std::vector<float> m_samples;
    bool m_positioned = false; ///< m_firstSample is known
    bool m_ended = false;
};

} // namespace vidimus::media::engine
