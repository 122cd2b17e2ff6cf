#pragma once

#include "core/base/result.h"
#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/input.h"
#include "core/media/frame.h"

#include <functional>
#include <vector>

namespace vidimus::media::engine {

/// Decodes one sound stream to interleaved float; either as it is or as 48 kHz stereo for the speakers.
class AudioDecoder {
public:
    enum class Form { AsIs, Playback };
    [[nodiscard]] static Result<AudioDecoder> create(const AVStream* stream, const InputLimits& limits, Form form);

    /// \a startSeconds is on the file's clock.
    using Receive = std::function<Result<void>(std::span<const float> samples, double startSeconds)>;
    /// Null drains. A false value: these bytes could not be decoded.
    [[nodiscard]] Result<bool> decode(const AVPacket* packet, const Receive& receive);
    void flush();

    [[nodiscard]] int channels() const { return m_channels; }
    [[nodiscard]] int sampleRate() const { return m_sampleRate; }
    [[nodiscard]] const std::vector<ChannelRole>& roles() const { return m_roles; }

private:
    AudioDecoder() = default;
    [[nodiscard]] Result<void> setUp(const AVFrame* frame);

    AvCodecContextPtr m_codec;
    AvFramePtr m_frame;
    SwrPtr m_resampler;
    AVRational m_timeBase {1, 1};
    Form m_form = Form::AsIs;
    int m_sourceFormat = -1;
    int m_sourceRate = 0;
    int m_sourceChannels = 0;
    int m_channels = 0;
    int m_sampleRate = 0;
    double m_nextSeconds = 0;
    std::vector<ChannelRole> m_roles;
    std::vector<float> m_samples;
};

} // namespace vidimus::media::engine
