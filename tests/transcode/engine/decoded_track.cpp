#include "decoded_track.h"

#include "support/canvas.h"

#include <QTemporaryFile>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace vidimus::test {

namespace {

void take(DecodedTrack& track, const AVFrame& frame, const AVStream& stream, bool picture)
{
    if (picture) {
        const double time = static_cast<double>(frame.pts) * av_q2d(stream.time_base);
        track.pictureTimes.append(time);
        if (frame.key_frame != 0)
            track.keyTimes.append(time);
        track.numbers.append(readFrameNumber(frame.data[0], frame.linesize[0], frame.width, frame.height));
        track.width = frame.width;
        track.height = frame.height;
        return;
    }
    track.sampleRate = frame.sample_rate;
    track.channels = frame.ch_layout.nb_channels;
    track.soundSamples += frame.nb_samples;
    const auto* samples = reinterpret_cast<const float*>(frame.extended_data[0]);
    for (int i = 0; i < frame.nb_samples; ++i)
        track.soundEnergy += double(samples[i]) * samples[i];
}

} // namespace

DecodedTrack decodeTrack(const QByteArray& bytes)
{
    DecodedTrack track;
    QTemporaryFile file;
    if (!file.open() || file.write(bytes) != bytes.size() || !file.flush())
        return track;
    AVFormatContext* input = nullptr;
    if (avformat_open_input(&input, file.fileName().toUtf8().constData(), nullptr, nullptr) < 0)
        return track;
    avformat_find_stream_info(input, nullptr);
    const AVStream& stream = *input->streams[0];
    const bool picture = stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    AVCodecContext* decoder = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(decoder, stream.codecpar);
    AVPacket* packet = av_packet_alloc();
    AVFrame* frame = av_frame_alloc();
    track.ok = avcodec_open2(decoder, codec, nullptr) >= 0;
    bool more = track.ok;
    while (more) {
        more = av_read_frame(input, packet) >= 0;
        track.ok = track.ok && avcodec_send_packet(decoder, more ? packet : nullptr) >= 0;
        while (avcodec_receive_frame(decoder, frame) >= 0) {
            take(track, *frame, stream, picture);
            av_frame_unref(frame);
        }
        av_packet_unref(packet);
    }
    if (track.soundSamples > 0)
        track.soundEnergy /= static_cast<double>(track.soundSamples);
    av_frame_free(&frame);
    av_packet_free(&packet);
    avcodec_free_context(&decoder);
    avformat_close_input(&input);
    return track;
}

} // namespace vidimus::test
