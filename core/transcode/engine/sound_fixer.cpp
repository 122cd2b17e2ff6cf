#include "core/transcode/engine/sound_fixer_p.h"

#include "core/transcode/engine/fix_codecs_p.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <algorithm>
#include <cmath>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kTolerance = 0.05; // seconds; timestamps of sound wander by less
constexpr double kLongestHole = 600; // seconds; a larger jump is a broken timestamp, not silence
constexpr int kAnyFrame = 1'024; // samples, for encoders that take any number

} // namespace

SoundFixer::SoundFixer(AvCodecContextPtr encoder, const checks::engine::SoundFormat& format, const SoundFix& fix,
    FileMuxer& muxer, int stream)
    : m_encoder(std::move(encoder))
    , m_channels(format.roles.size())
    , m_correction(fix, format)
    , m_muxer(muxer)
    , m_stream(stream)
    , m_packet(av_packet_alloc())
{
}

Result<std::unique_ptr<SoundFixer>> SoundFixer::create(const AVStream& source, const SoundFix& fix,
    const std::optional<TrimFix>& trim, double originSeconds, FileMuxer& muxer)
{
    const AVCodecParameters& sound = *source.codecpar;
    if (sound.ch_layout.nb_channels <= 0 || sound.sample_rate <= 0)
        return Error {ErrorCode::Unsupported, u"the sound does not say what it is"_s, "sound_not_supported"};
    AVChannelLayout layout = sound.ch_layout;
    if (layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&layout, sound.ch_layout.nb_channels);
    const bool globalHeader = (muxer.context().oformat->flags & AVFMT_GLOBALHEADER) != 0;
    auto encoder = openSoundEncoder(source, sound.sample_rate, layout, globalHeader);
    if (!encoder)
        return std::move(encoder).error();
    auto stream = muxer.addStream(source);
    if (!stream)
        return std::move(stream).error();
    if (const int code = avcodec_parameters_from_context((*stream)->codecpar, encoder->get()); code < 0)
        return avError("avcodec_parameters_from_context", code);
    (*stream)->time_base = (*encoder)->time_base;
    const auto channels = static_cast<std::size_t>(layout.nb_channels);
    const checks::engine::SoundFormat format {
        sound.sample_rate, std::vector<media::ChannelRole>(channels, media::ChannelRole::Other)};
    std::unique_ptr<SoundFixer> fixer(new SoundFixer(*std::move(encoder), format, fix, muxer, (*stream)->index));
    if (trim) {
        fixer->m_from = originSeconds + trim->start;
        fixer->m_to = originSeconds + trim->end;
        fixer->m_shift = trim->start;
    }
    if (auto opened = fixer->openConverter(fixer->m_encoder->sample_fmt); !opened)
        return std::move(opened).error();
    return fixer;
}

const char* SoundFixer::encoderName() const
{
    return m_encoder->codec->name;
}

Result<void> SoundFixer::openConverter(AVSampleFormat target)
{
    SwrContext* raw = nullptr;
    int code = swr_alloc_set_opts2(&raw, &m_encoder->ch_layout, target, m_encoder->sample_rate, &m_encoder->ch_layout,
        AV_SAMPLE_FMT_FLT, m_encoder->sample_rate, 0, nullptr);
    m_converter.reset(raw);
    if (code >= 0 && av_get_bytes_per_sample(target) == 2)
        code = av_opt_set_int(raw, "dither_method", SWR_DITHER_TRIANGULAR, 0);
    if (code >= 0)
        code = swr_init(raw);
    if (code < 0)
        return avError("swr_init", code, ErrorCode::Unsupported);
    return {};
}

Result<void> SoundFixer::push(std::span<const float> samples, double startSeconds, int channels, int sampleRate)
{
    if (static_cast<std::size_t>(channels) != m_channels || sampleRate != m_encoder->sample_rate)
        return Error {ErrorCode::Unsupported, u"the sound changes its form on the way"_s, "sound_changes"};
    auto count = static_cast<std::int64_t>(samples.size() / m_channels);
    std::int64_t start = std::llround(startSeconds * sampleRate);
    const auto drop = [&](std::int64_t periods) {
        const std::int64_t less = std::clamp<std::int64_t>(periods, 0, count);
        samples = samples.subspan(static_cast<std::size_t>(less) * m_channels);
        start += less;
        count -= less;
    };
    if (m_from > -1e17)
        drop(std::llround(m_from * sampleRate) - start);
    if (m_to < 1e17)
        count = std::clamp<std::int64_t>(std::llround(m_to * sampleRate) - start, 0, count);
    if (m_started) {
        const double hole = static_cast<double>(start - m_expected) / sampleRate;
        if (hole > kTolerance && hole <= kLongestHole) {
            const std::vector<float> silence(static_cast<std::size_t>(sampleRate / 10) * m_channels);
            for (std::int64_t left = start - m_expected; left > 0; left -= sampleRate / 10) {
                const auto part = static_cast<std::size_t>(std::min<std::int64_t>(left, sampleRate / 10));
                if (auto fed = feed(std::span(silence).first(part * m_channels)); !fed)
                    return fed;
            }
            m_expected = start;
        } else if (hole < -kTolerance && hole >= -kLongestHole) {
            drop(m_expected - start);
        }
    }
    if (count <= 0)
        return {};
    if (!m_started) {
        m_started = true;
        m_expected = start;
        m_next = start - std::llround(m_shift * sampleRate);
    }
    m_expected += count;
    return feed(samples.first(static_cast<std::size_t>(count) * m_channels));
}

Result<void> SoundFixer::feed(std::span<const float> samples)
{
    m_correction.process(samples, m_waiting);
    return encodeWaiting(false);
}

Result<void> SoundFixer::encodeWaiting(bool all)
{
    const bool small
        = (m_encoder->codec->capabilities & (AV_CODEC_CAP_SMALL_LAST_FRAME | AV_CODEC_CAP_VARIABLE_FRAME_SIZE)) != 0;
    const auto whole = static_cast<std::size_t>(m_encoder->frame_size > 0 ? m_encoder->frame_size : kAnyFrame);
    std::size_t used = 0;
    const std::size_t available = m_waiting.size() / m_channels;
    for (; available - used >= whole; used += whole) {
        if (auto encoded = encode(m_waiting.data() + used * m_channels, static_cast<int>(whole)); !encoded)
            return encoded;
    }
    m_waiting.erase(m_waiting.begin(), m_waiting.begin() + static_cast<std::ptrdiff_t>(used * m_channels));
    if (!all || m_waiting.empty())
        return {};
    const std::size_t rest = small ? m_waiting.size() / m_channels : whole;
    m_waiting.resize(rest * m_channels);
    auto encoded = encode(m_waiting.data(), static_cast<int>(rest));
    m_waiting.clear();
    return encoded;
}

Result<void> SoundFixer::encode(const float* samples, int count)
{
    AvFramePtr frame(av_frame_alloc());
    if (!frame)
        return avError("av_frame_alloc", AVERROR(ENOMEM));
    frame->format = m_encoder->sample_fmt;
    frame->nb_samples = count;
    frame->sample_rate = m_encoder->sample_rate;
    int code = av_channel_layout_copy(&frame->ch_layout, &m_encoder->ch_layout);
    if (code >= 0)
        code = av_frame_get_buffer(frame.get(), 0);
    if (code < 0)
        return avError("av_frame_get_buffer", code);
    const auto* in = reinterpret_cast<const std::uint8_t*>(samples);
    if (swr_convert(m_converter.get(), frame->extended_data, count, &in, count) != count)
        return Error {ErrorCode::Internal, u"the sound converter kept samples"_s, "internal"};
    frame->pts = m_next;
    m_next += count;
    if (code = avcodec_send_frame(m_encoder.get(), frame.get()); code < 0)
        return avError("sound encoder", code);
    return takePackets();
}

Result<void> SoundFixer::takePackets()
{
    for (;;) {
        const int code = avcodec_receive_packet(m_encoder.get(), m_packet.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            return avError("sound encoder", code);
        if (auto written = m_muxer.write(*m_packet, m_stream, m_encoder->time_base); !written)
            return written;
    }
}

Result<void> SoundFixer::finish()
{
    m_correction.finish(m_waiting);
    if (auto encoded = encodeWaiting(true); !encoded)
        return encoded;
    if (const int code = avcodec_send_frame(m_encoder.get(), nullptr); code < 0)
        return avError("sound encoder", code);
    return takePackets();
}

} // namespace vidimus::transcode::engine
