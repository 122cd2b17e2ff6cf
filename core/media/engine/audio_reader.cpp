#include "core/media/engine/audio_reader_p.h"

#include "core/media/frame_source.h"

#include <algorithm>
#include <cmath>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

// Decoders need some packets before their output is right (AAC 1, MP3 10, Opus 80 ms: RFC 7845, 4.6).
constexpr double kPrerollSeconds = 0.3;
// Times in milliseconds (Matroska) shake by this much; more is a real gap.
constexpr qint64 kJitterSamples = kPlaybackSampleRate / 200;
constexpr qint64 kReadOnSamples = kPlaybackSampleRate * 2;
constexpr qint64 kMaxGapSamples = qint64(kPlaybackSampleRate) * 60;
constexpr qint64 kKeepSamples = kPlaybackSampleRate;

} // namespace

AudioReader::AudioReader(std::unique_ptr<Input> input, AudioDecoder decoder, double originSeconds)
    : m_input(std::move(input))
    , m_decoder(std::move(decoder))
    , m_packet(av_packet_alloc())
    , m_originSeconds(originSeconds)
{
}

Result<AudioReader> AudioReader::open(
    int fd, const InputLimits& limits, double originSeconds, const CancelToken& cancel)
{
    auto input = Input::open(fd, limits, cancel);
    if (!input)
        return std::move(input).error();
    AVFormatContext* context = (*input)->context();
    const int best = (*input)->bestAudio();
    if (best < 0)
        return Error {ErrorCode::Unsupported, u"no sound"_s, "no_sound"};
    for (unsigned n = 0; n < context->nb_streams; ++n)
        context->streams[n]->discard = static_cast<int>(n) == best ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    auto decoder = AudioDecoder::create(context->streams[best], limits, AudioDecoder::Form::Playback);
    if (!decoder)
        return std::move(decoder).error();
    return AudioReader(std::move(*input), std::move(*decoder), originSeconds);
}

void AudioReader::seek(qint64 startSample)
{
    const int best = m_input->bestAudio();
    const AVStream* stream = m_input->context()->streams[best];
    const double seconds = static_cast<double>(startSample) / kPlaybackSampleRate + m_originSeconds - kPrerollSeconds;
    const auto time = std::llround(std::clamp(seconds, -1e9, 1e9) / av_q2d(stream->time_base));
    const bool beforeAll = stream->start_time != AV_NOPTS_VALUE && time <= stream->start_time;
    if (beforeAll || av_seek_frame(m_input->context(), best, time, AVSEEK_FLAG_BACKWARD) < 0)
        static_cast<void>(m_input->rewind()); // then it reads on from where it is
    m_decoder.flush();
    m_samples.clear();
    m_positioned = false;
    m_ended = false;
}

Result<void> AudioReader::append(std::span<const float> samples, double startSeconds)
{
    const auto start = std::llround((startSeconds - m_originSeconds) * kPlaybackSampleRate);
    if (!m_positioned) {
        m_positioned = true;
        m_firstSample = start;
    }
    const qint64 end = m_firstSample + static_cast<qint64>(m_samples.size()) / kPlaybackChannels;
    const qint64 gap = start - end;
    if (gap > kJitterSamples && gap <= kMaxGapSamples) {
        m_samples.resize(m_samples.size() + static_cast<std::size_t>(gap) * kPlaybackChannels, 0.0F);
    } else if (gap > kMaxGapSamples) {
        m_samples.clear();
        m_firstSample = start;
    } else if (gap < -kJitterSamples) {
        const auto overlap = static_cast<std::size_t>(-gap) * kPlaybackChannels;
        samples = samples.subspan(std::min(overlap, samples.size()));
    }
    m_samples.insert(m_samples.end(), samples.begin(), samples.end());
    return {};
}

void AudioReader::forgetBefore(qint64 sample)
{
    const qint64 drop
        = std::clamp<qint64>(sample - m_firstSample, 0, static_cast<qint64>(m_samples.size()) / kPlaybackChannels);
    if (drop < kKeepSamples)
        return;
    m_samples.erase(m_samples.begin(), m_samples.begin() + drop * kPlaybackChannels);
    m_firstSample += drop;
}

Result<std::vector<float>> AudioReader::read(qint64 startSample, qint64 count, const CancelToken& cancel)
{
    m_input->setCancel(cancel);
    const auto end = [this] { return m_firstSample + static_cast<qint64>(m_samples.size()) / kPlaybackChannels; };
    if (!m_positioned || startSample < m_firstSample || startSample > end() + kReadOnSamples)
        seek(startSample);
    const auto take = [this](std::span<const float> samples, double start) { return append(samples, start); };
    while (!m_ended && (!m_positioned || end() < startSample + count)) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"canceled"_s, {}};
        const bool got = av_read_frame(m_input->context(), m_packet.get()) >= 0;
        if (got && m_packet->stream_index != m_input->bestAudio()) {
            av_packet_unref(m_packet.get());
            continue;
        }
        auto decoded = m_decoder.decode(got ? m_packet.get() : nullptr, take);
        av_packet_unref(m_packet.get());
        if (!decoded)
            return std::move(decoded).error();
        m_ended = !got;
        if (m_positioned)
            forgetBefore(startSample - kKeepSamples);
    }
    if (cancel.isCanceled())
        return Error {ErrorCode::Canceled, u"canceled"_s, {}};
    std::vector<float> result(static_cast<std::size_t>(count) * kPlaybackChannels, 0.0F);
    const qint64 from = std::max(startSample, m_firstSample);
    const qint64 to = std::min(startSample + count, end());
    if (m_positioned && from < to) {
        std::copy(m_samples.begin() + (from - m_firstSample) * kPlaybackChannels,
            m_samples.begin() + (to - m_firstSample) * kPlaybackChannels,
            result.begin() + (from - startSample) * kPlaybackChannels);
    }
    return result;
}

} // namespace vidimus::media::engine
