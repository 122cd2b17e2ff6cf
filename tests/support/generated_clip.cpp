#include "support/generated_clip.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <QByteArray>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>

namespace vidimus::test {

using namespace Qt::StringLiterals;

namespace {

struct FrameFree {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct PacketFree {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct CodecFree {
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
struct MuxerFree {
    void operator()(AVFormatContext* muxer) const
    {
        avio_closep(&muxer->pb);
        avformat_free_context(muxer);
    }
};
using FramePtr = std::unique_ptr<AVFrame, FrameFree>;
using CodecPtr = std::unique_ptr<AVCodecContext, CodecFree>;
using MuxerPtr = std::unique_ptr<AVFormatContext, MuxerFree>;

Error failed(const char* what, int error)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text {};
    av_strerror(error, text.data(), text.size());
    return {ErrorCode::Internal, u"%1: %2"_s.arg(QLatin1StringView(what), QString::fromUtf8(text.data())), {}};
}

// Encoders also read the padding beyond the picture's edges; what lay there before would go into the file.
int zeroedBuffer(AVFrame& frame)
{
    const int error = av_frame_get_buffer(&frame, 0);
    for (int n = 0; error >= 0 && n < AV_NUM_DATA_POINTERS; ++n) {
        if (frame.buf[n] != nullptr)
            std::memset(frame.buf[n]->data, 0, frame.buf[n]->size);
    }
    return error;
}

constexpr AVRational kMilliseconds {1, 1000};

/// One stream while it is written: its encoder, its place in the file, and how far it has come.
struct Track {
    CodecPtr codec;
    AVStream* stream = nullptr;
    std::int64_t next = 0; ///< frame number or sample
    std::int64_t end = 0;
    bool done = false;
    [[nodiscard]] double seconds() const { return static_cast<double>(next) * av_q2d(codec->time_base); }
};

class Writer {
public:
    Writer(const GeneratedClip& clip, AVFormatContext* muxer)
        : m_clip(clip)
        , m_muxer(muxer)
    {
    }

    Result<void> run()
    {
        if (m_clip.video) {
            if (auto added = addVideo(); !added)
                return added;
        }
        for (int n = 0; n < m_clip.audioTracks; ++n) {
            if (auto added = addAudio(); !added)
                return added;
        }
        AVDictionary* options = nullptr;
        if (m_clip.fastStart && std::string_view(m_muxer->oformat->name) == "mp4")
            av_dict_set(&options, "movflags", "+faststart", 0);
        int error = avformat_write_header(m_muxer, &options);
        av_dict_free(&options);
        if (error < 0)
            return failed("write header", error);
        while (Track* track = earliest()) {
            if (auto written = advance(*track); !written)
                return written;
        }
        error = av_write_trailer(m_muxer);
        return error < 0 ? Result<void>(failed("write trailer", error)) : Result<void>();
    }

private:
    Result<CodecPtr> codecFor(const QString& name)
    {
        const AVCodec* codec = avcodec_find_encoder_by_name(name.toUtf8().constData());
        if (codec == nullptr)
            return Error {ErrorCode::Unsupported, u"no encoder %1"_s.arg(name), {}};
        CodecPtr context(avcodec_alloc_context3(codec));
        context->thread_count = 1;
        if ((m_muxer->oformat->flags & AVFMT_GLOBALHEADER) != 0)
            context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        context->flags |= AV_CODEC_FLAG_BITEXACT;
        return context;
    }

    Result<void> add(CodecPtr codec, std::int64_t end, AVDictionary* options)
    {
        int error = avcodec_open2(codec.get(), nullptr, &options);
        av_dict_free(&options);
        if (error < 0)
            return failed("open encoder", error);
        AVStream* stream = avformat_new_stream(m_muxer, nullptr);
        stream->time_base = codec->time_base;
        stream->sample_aspect_ratio = codec->sample_aspect_ratio;
        error = avcodec_parameters_from_context(stream->codecpar, codec.get());
        if (error < 0)
            return failed("stream parameters", error);
        m_tracks.push_back({.codec = std::move(codec), .stream = stream, .next = 0, .end = end, .done = false});
        return {};
    }

    Result<void> addVideo()
    {
        auto made = codecFor(m_clip.videoCodec);
        if (!made)
            return std::move(made).error();
        CodecPtr codec = std::move(*made);
        const bool variable = !m_clip.frameTimesMs.empty();
        codec->width = m_clip.width;
        codec->height = m_clip.height;
        codec->pix_fmt = av_get_pix_fmt(m_clip.pixelFormat.toLatin1().constData());
        codec->time_base = variable ? kMilliseconds : AVRational {m_clip.fpsDen, m_clip.fpsNum};
        if (!variable)
            codec->framerate = {m_clip.fpsNum, m_clip.fpsDen};
        codec->sample_aspect_ratio = {m_clip.sarNum, m_clip.sarDen};
        codec->gop_size = m_clip.gop;
        codec->max_b_frames = m_clip.bFrames;
        if (m_clip.tagBt709) {
            codec->color_primaries = AVCOL_PRI_BT709;
            codec->color_trc = AVCOL_TRC_BT709;
            codec->colorspace = AVCOL_SPC_BT709;
            codec->color_range = AVCOL_RANGE_MPEG;
        }
        if (m_clip.interlaced) {
            codec->flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
            codec->field_order = AV_FIELD_TT;
        }
        AVDictionary* options = nullptr;
        const QByteArray quality = QByteArray::number(qlonglong(m_clip.quality));
        if (m_clip.videoCodec.startsWith(u"libx264")) {
            av_dict_set(&options, "preset", "veryfast", 0);
            av_dict_set(&options, "crf", quality.constData(), 0);
            const QByteArray parameters = QByteArray("scenecut=0:open-gop=") + (m_clip.openGop ? "1" : "0")
                + (m_clip.interlaced ? ":tff=1" : "");
            av_dict_set(&options, "x264-params", parameters.constData(), 0);
        } else if (m_clip.videoCodec.startsWith(u"libvpx")) {
            av_dict_set(&options, "crf", quality.constData(), 0);
            av_dict_set(&options, "cpu-used", "8", 0);
            av_dict_set(&options, "deadline", "realtime", 0);
        } else {
            codec->flags |= AV_CODEC_FLAG_QSCALE;
            codec->global_quality = FF_QP2LAMBDA * 3;
            if (!m_clip.openGop && m_clip.videoCodec.startsWith(u"mpeg"))
                codec->flags |= AV_CODEC_FLAG_CLOSED_GOP;
            av_dict_set(&options, "sc_threshold", "1000000000", 0);
        }
        if (auto added = add(std::move(codec), variable ? qint64(m_clip.frameTimesMs.size()) : m_clip.frames, options);
            !added)
            return added;
        AVStream* stream = m_tracks.back().stream;
        if (!variable)
            stream->avg_frame_rate = {m_clip.fpsNum, m_clip.fpsDen};
        if (m_clip.rotationDegrees != 0) {
            auto* matrix = reinterpret_cast<std::int32_t*>(
                av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t)));
            av_display_rotation_set(matrix, m_clip.rotationDegrees);
        }
        return {};
    }

    Result<void> addAudio()
    {
        auto made = codecFor(m_clip.audioCodec);
        if (!made)
            return std::move(made).error();
        CodecPtr codec = std::move(*made);
        codec->sample_fmt = codec->codec->sample_fmts != nullptr ? codec->codec->sample_fmts[0] : AV_SAMPLE_FMT_S16;
        codec->sample_rate = m_clip.sampleRate;
        codec->time_base = {1, m_clip.sampleRate};
        codec->bit_rate = 64000LL * m_clip.channels;
        av_channel_layout_default(&codec->ch_layout, m_clip.channels);
        codec->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
        double seconds = m_clip.audioSeconds;
        if (seconds < 0 && m_clip.video) {
            seconds = m_clip.frameTimesMs.empty() ? double(m_clip.frames) * m_clip.fpsDen / m_clip.fpsNum
                                                  : double(m_clip.frameTimesMs.back()) / 1000.0;
        } else if (seconds < 0) {
            seconds = 2;
        }
        return add(std::move(codec), std::llround(seconds * m_clip.sampleRate), nullptr);
    }

    Track* earliest()
    {
        Track* found = nullptr;
        for (Track& track : m_tracks) {
            if (!track.done && (found == nullptr || track.seconds() < found->seconds()))
                found = &track;
        }
        return found;
    }

    Result<void> advance(Track& track)
    {
        FramePtr frame;
        if (track.next < track.end) {
            auto made = track.codec->codec_type == AVMEDIA_TYPE_VIDEO ? picture(track) : sound(track);
            if (!made)
                return std::move(made).error();
            frame = std::move(*made);
        } else {
            track.done = true;
        }
        if (const int error = avcodec_send_frame(track.codec.get(), frame.get()); error < 0)
            return failed("encode", error);
        const std::unique_ptr<AVPacket, PacketFree> packet(av_packet_alloc());
        while (avcodec_receive_packet(track.codec.get(), packet.get()) >= 0) {
            av_packet_rescale_ts(packet.get(), track.codec->time_base, track.stream->time_base);
            packet->stream_index = track.stream->index;
            if (track.codec->codec_type == AVMEDIA_TYPE_VIDEO && !m_clip.frameTimesMs.empty())
                packet->duration = durationAt(*packet, track);
            if (const int error = av_interleaved_write_frame(m_muxer, packet.get()); error < 0)
                return failed("write", error);
        }
        return {};
    }

    // Without it MP4's last frame would have none, and its edit list would cut it off.
    std::int64_t durationAt(const AVPacket& packet, const Track& track) const
    {
        const std::int64_t time = av_rescale_q(packet.pts, track.stream->time_base, kMilliseconds);
        const auto& times = m_clip.frameTimesMs;
        const auto next = std::upper_bound(times.begin(), times.end(), time);
        constexpr std::int64_t kLastMs = 40;
        return av_rescale_q(next == times.end() ? kLastMs : *next - time, kMilliseconds, track.stream->time_base);
    }

    Result<FramePtr> picture(Track& track)
    {
        FramePtr shown(av_frame_alloc());
        shown->format = AV_PIX_FMT_YUV420P;
        shown->width = m_clip.width;
        shown->height = m_clip.height;
        if (const int error = zeroedBuffer(*shown); error < 0)
            return failed("picture", error);
        const Canvas canvas {.width = m_clip.width,
            .height = m_clip.height,
            .luma = shown->data[0],
            .lumaStride = shown->linesize[0],
            .cb = shown->data[1],
            .cr = shown->data[2],
            .chromaStride = shown->linesize[1]};
        canvas.fill(16);
        const auto number = static_cast<int>(track.next++);
        m_clip.painter(canvas, number);
        FramePtr frame = track.codec->pix_fmt == AV_PIX_FMT_YUV420P ? std::move(shown) : widened(*shown, track);
        if (!frame)
            return Error {ErrorCode::Unsupported, u"pixel format %1"_s.arg(m_clip.pixelFormat), {}};
        frame->pts = m_clip.frameTimesMs.empty() ? number : m_clip.frameTimesMs[std::size_t(number)];
        frame->interlaced_frame = m_clip.interlaced ? 1 : 0;
        frame->top_field_first = frame->interlaced_frame;
        if (track.codec->flags & AV_CODEC_FLAG_QSCALE)
            frame->quality = track.codec->global_quality;
        return frame;
    }

    // 4:2:0 with more bits: values shifted up. Null for other formats.
    FramePtr widened(const AVFrame& source, const Track& track)
    {
        const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(track.codec->pix_fmt);
        if (format == nullptr || format->nb_components != 3 || format->log2_chroma_w != 1 || format->log2_chroma_h != 1
            || format->comp[0].depth <= 8)
            return {};
        FramePtr wide(av_frame_alloc());
        wide->format = track.codec->pix_fmt;
        wide->width = source.width;
        wide->height = source.height;
        if (zeroedBuffer(*wide) < 0)
            return {};
        for (int plane = 0; plane < 3; ++plane) {
            const int width = plane == 0 ? source.width : (source.width + 1) / 2;
            const int height = plane == 0 ? source.height : (source.height + 1) / 2;
            for (int y = 0; y < height; ++y) {
                const std::uint8_t* from = source.data[plane] + std::ptrdiff_t(y) * source.linesize[plane];
                auto* to
                    = reinterpret_cast<std::uint16_t*>(wide->data[plane] + std::ptrdiff_t(y) * wide->linesize[plane]);
                for (int x = 0; x < width; ++x)
                    to[x] = static_cast<std::uint16_t>(from[x] << (format->comp[0].depth - 8));
            }
        }
        return wide;
    }

    Result<FramePtr> sound(Track& track)
    {
        AVCodecContext* codec = track.codec.get();
        FramePtr frame(av_frame_alloc());
        constexpr int kFreeSize = 1024;
        const int size = codec->frame_size > 0 ? codec->frame_size : kFreeSize;
        frame->nb_samples = static_cast<int>(std::min<std::int64_t>(size, track.end - track.next));
        frame->format = codec->sample_fmt;
        frame->sample_rate = codec->sample_rate;
        av_channel_layout_copy(&frame->ch_layout, &codec->ch_layout);
        if (const int error = zeroedBuffer(*frame); error < 0)
            return failed("sound", error);
        const bool planar = av_sample_fmt_is_planar(codec->sample_fmt) != 0;
        for (int channel = 0; channel < m_clip.channels; ++channel) {
            for (int n = 0; n < frame->nb_samples; ++n) {
                const float value = m_clip.tone(channel, track.next + n);
                std::uint8_t* base = planar ? frame->extended_data[channel] : frame->data[0];
                const int at = planar ? n : n * m_clip.channels + channel;
                switch (av_get_packed_sample_fmt(codec->sample_fmt)) {
                case AV_SAMPLE_FMT_FLT:
                    reinterpret_cast<float*>(base)[at] = value;
                    break;
                case AV_SAMPLE_FMT_S16:
                    reinterpret_cast<std::int16_t*>(base)[at]
                        = static_cast<std::int16_t>(std::lround(value * 32767.0F));
                    break;
                case AV_SAMPLE_FMT_S32:
                    reinterpret_cast<std::int32_t*>(base)[at]
                        = static_cast<std::int32_t>(std::llround(value * 2147483520.0));
                    break;
                default:
                    return Error {ErrorCode::Unsupported, u"sample format"_s, {}};
                }
            }
        }
        frame->pts = track.next;
        track.next += frame->nb_samples;
        return frame;
    }

    const GeneratedClip& m_clip;
    AVFormatContext* m_muxer;
    std::vector<Track> m_tracks;
};

} // namespace

Tone sine(double hertz, double amplitude, int sampleRate)
{
    return [=](int, std::int64_t index) {
        const double phase = 2 * std::numbers::pi * hertz * static_cast<double>(index) / sampleRate;
        return static_cast<float>(amplitude * std::sin(phase));
    };
}

Result<void> GeneratedClip::write(const QString& path) const
{
    av_log_set_level(AV_LOG_ERROR);
    const QByteArray file = path.toUtf8();
    const QByteArray muxerName = container.toUtf8();
    AVFormatContext* raw = nullptr;
    if (avformat_alloc_output_context2(
            &raw, nullptr, muxerName.isEmpty() ? nullptr : muxerName.constData(), file.constData())
        < 0)
        return Error {ErrorCode::Unsupported, u"no muxer"_s, {}};
    const MuxerPtr muxer(raw);
    muxer->flags |= AVFMT_FLAG_BITEXACT;
    if (const int error = avio_open(&muxer->pb, file.constData(), AVIO_FLAG_READ_WRITE); error < 0)
        return Error {ErrorCode::Io, failed("open", error).detail, {}};
    return Writer(*this, muxer.get()).run();
}

} // namespace vidimus::test
