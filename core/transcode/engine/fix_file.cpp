#include "core/transcode/engine/fix_file.h"

#include "core/media/engine/audio_decoder_p.h"
#include "core/media/engine/packet_scan_p.h"
#include "core/media/engine/video_decoder_p.h"
#include "core/transcode/engine/fix_codecs_p.h"
#include "core/transcode/engine/picture_fixer_p.h"
#include "core/transcode/engine/sound_fixer_p.h"
#include "core/transcode/engine/sound_trial_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;
using media::engine::AudioDecoder;
using media::engine::Input;
using media::engine::VideoDecoder;

namespace {

constexpr int kProgressPackets = 64;

class FixRun {
public:
    FixRun(Input& input, const FixPlan& plan, const CancelToken& cancel, const ProgressSink& progress)
        : m_input(input)
        , m_context(*input.context())
        , m_plan(plan)
        , m_cancel(cancel)
        , m_progress(progress)
        , m_packet(av_packet_alloc())
        , m_frame(av_frame_alloc())
    {
    }

    Result<FixedFile> run(int output)
    {
        if (auto ready = prepare(output); !ready)
            return std::move(ready).error();
        if (auto done = readAll(); !done)
            return std::move(done).error();
        if (auto done = drain(); !done)
            return std::move(done).error();
        if (auto done = m_muxer->finish(); !done)
            return std::move(done).error();
        m_file.bytes = m_muxer->bytes();
        m_file.frames = m_pictureFixer ? m_pictureFixer->frames() : 0;
        return std::move(m_file);
    }

private:
    Result<void> prepare(int output)
    {
        auto scan = media::engine::scanPackets(m_input, m_cancel);
        if (!scan)
            return std::move(scan).error();
        m_scan = *std::move(scan);
        m_origin = m_scan.picture.frames.isEmpty() ? media::engine::mediaOrigin(m_input).toDouble()
                                                   : m_scan.picture.frames.origin().toDouble();
        if (auto fits = checkPlan(); !fits)
            return fits;
        if (auto studied = study(); !studied)
            return studied;
        m_file.container = QString::fromLatin1(containerFor(m_input));
        auto muxer = FileMuxer::create(output, m_file.container.toLatin1());
        if (!muxer)
            return std::move(muxer).error();
        m_muxer = *std::move(muxer);
        av_dict_copy(&m_muxer->context().metadata, m_context.metadata, 0);
        m_target.assign(m_context.nb_streams, -1);
        for (unsigned n = 0; n < m_context.nb_streams; ++n) {
            if (auto added = addStream(static_cast<int>(n)); !added)
                return added;
        }
        if (auto begun = m_muxer->begin(); !begun)
            return begun;
        return m_input.rewind();
    }

    Result<void> checkPlan()
    {
        const qint64 frames = m_scan.picture.frames.count();
        const auto fits = [frames](const std::vector<FrameSpan>& spans) { return spans.back().last < frames; };
        const bool picture = m_input.bestVideo() >= 0 && frames > 0;
        const bool fine = !m_plan.isEmpty() && (!m_plan.touchesPicture() || picture)
            && (!m_plan.sound || m_input.bestAudio() >= 0) && (!m_plan.flash || fits(m_plan.flash->spans))
            && (!m_plan.red || fits(m_plan.red->spans)) && (!m_plan.levels || fits(m_plan.levels->spans))
            && (!m_plan.trim || m_plan.trim->frames.last < frames);
        if (!fine)
            return Error {ErrorCode::Invalid, u"the correction does not fit the file"_s, "bad_plan"};
        return {};
    }

    /// What must be known before the first packet is written.
    Result<void> study()
    {
        if (m_plan.sound) {
            auto settled = settledSoundFix(m_input, *m_plan.sound, m_cancel);
            if (!settled)
                return std::move(settled).error();
            m_sound = *settled;
            m_file.gainDb = settled->gainDb;
        }
        if (m_plan.flash) {
            auto dimmer = FlashDimmer::study(m_input, *m_plan.flash, m_cancel, {});
            if (!dimmer)
                return std::move(dimmer).error();
            m_dimmer.emplace(*std::move(dimmer));
        }
        return {};
    }

    Result<void> addStream(int index)
    {
        const AVStream& source = *m_context.streams[index];
        if (m_plan.touchesPicture() && index == m_input.bestVideo())
            return addPicture(source);
        if (m_plan.sound && index == m_input.bestAudio())
            return addSound(source);
        const AVCodecID codec = source.codecpar->codec_id;
        const QString name = QString::fromLatin1(avcodec_get_name(codec));
        const bool cover = (source.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
        if (codec == AV_CODEC_ID_NONE || (!m_muxer->holds(codec) && !cover)) {
            m_file.streams.push_back({index, u"dropped"_s, name, u"%1 cannot hold it"_s.arg(m_file.container)});
            return {};
        }
        auto stream = m_muxer->addStream(source);
        if (!stream)
            return std::move(stream).error();
        AVCodecParameters* copy = (*stream)->codecpar;
        if (const int code = avcodec_parameters_copy(copy, source.codecpar); code < 0)
            return avError("avcodec_parameters_copy", code);
        // A tag that the new container does not use for this codec is left for it to choose.
        const AVCodecTag* const* tags = m_muxer->context().oformat->codec_tag;
        if (tags == nullptr || av_codec_get_id(tags, copy->codec_tag) != codec)
            copy->codec_tag = 0;
        m_target[static_cast<std::size_t>(index)] = (*stream)->index;
        m_file.streams.push_back({index, u"copied"_s, name, {}});
        return {};
    }

    Result<void> addPicture(const AVStream& source)
    {
        auto fixer
            = PictureFixer::create(source, m_scan.picture.frames, m_plan, m_dimmer ? &*m_dimmer : nullptr, *m_muxer);
        if (!fixer)
            return std::move(fixer).error();
        m_pictureFixer = *std::move(fixer);
        auto decoder = VideoDecoder::create(m_input, m_scan.picture);
        if (!decoder)
            return std::move(decoder).error();
        m_pictureDecoder.emplace(*std::move(decoder));
        addEncoded(source.index, m_pictureFixer->stream(), m_pictureFixer->encoderName());
        return {};
    }

    Result<void> addSound(const AVStream& source)
    {
        auto fixer = SoundFixer::create(source, m_sound, m_plan.trim, m_origin, *m_muxer);
        if (!fixer)
            return std::move(fixer).error();
        m_soundFixer = *std::move(fixer);
        auto decoder = AudioDecoder::create(&source, m_input.limits(), AudioDecoder::Form::AsIs);
        if (!decoder)
            return std::move(decoder).error();
        m_soundDecoder.emplace(*std::move(decoder));
        addEncoded(source.index, m_soundFixer->stream(), m_soundFixer->encoderName());
        return {};
    }

    void addEncoded(int index, int target, const char* encoder)
    {
        const AVCodecID codec = m_muxer->context().streams[target]->codecpar->codec_id;
        m_file.streams.push_back(
            {index, u"encoded"_s, QString::fromLatin1(avcodec_get_name(codec)), QString::fromLatin1(encoder)});
    }

    Result<void> readAll()
    {
        int packets = 0;
        for (;;) {
            if (m_cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"canceled"_s, "canceled"};
            const int code = av_read_frame(&m_context, m_packet.get());
            if (code == AVERROR_EOF)
                return {};
            if (code < 0)
                return avError("av_read_frame", code, ErrorCode::Corrupt);
            auto taken = take();
            av_packet_unref(m_packet.get());
            if (!taken)
                return taken;
            if (++packets % kProgressPackets == 0)
                report();
        }
    }

    Result<void> take()
    {
        const int index = m_packet->stream_index;
        if (index >= static_cast<int>(m_target.size()))
            return {}; // a stream that came up on the way; the facts do not know it either
        if (m_pictureFixer && index == m_input.bestVideo())
            return decodePicture(m_packet.get());
        if (m_soundFixer && index == m_input.bestAudio())
            return decodeSound(m_packet.get());
        const int target = m_target[static_cast<std::size_t>(index)];
        return target < 0 ? Result<void>() : copy(target, m_context.streams[index]->time_base);
    }

    Result<void> copy(int target, AVRational timeBase)
    {
        const bool cover = (m_context.streams[m_packet->stream_index]->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
        if (m_plan.trim && !cover && m_packet->pts != AV_NOPTS_VALUE) {
            const double unit = av_q2d(timeBase);
            const double start = static_cast<double>(m_packet->pts) * unit - m_origin;
            const double end = start + static_cast<double>(m_packet->duration) * unit;
            if (end <= m_plan.trim->start || start >= m_plan.trim->end)
                return {};
            const std::int64_t shift = std::llround(m_plan.trim->start / unit);
            m_packet->pts -= shift;
            if (m_packet->dts != AV_NOPTS_VALUE)
                m_packet->dts -= shift;
        }
        return m_muxer->write(*m_packet, target, timeBase);
    }

    Result<void> decodePicture(const AVPacket* packet)
    {
        if (!m_pictureDecoder->send(packet) && packet != nullptr)
            return Error {ErrorCode::Corrupt, u"a picture cannot be decoded"_s, "damaged"};
        for (;;) {
            VideoDecoder::Frame about;
            const auto got = m_pictureDecoder->receive(m_frame.get(), about);
            if (got != VideoDecoder::Got::Frame)
                return {};
            m_seconds
                = std::max(m_seconds, about.number >= 0 ? m_scan.picture.frames.timeOf(about.number).toDouble() : 0.0);
            if (auto pushed = m_pictureFixer->push(*m_frame, about.number); !pushed)
                return pushed;
        }
    }

    Result<void> decodeSound(const AVPacket* packet)
    {
        const auto decoded
            = m_soundDecoder->decode(packet, [this](std::span<const float> samples, double start) -> Result<void> {
                  if (!m_pictureFixer)
                      m_seconds = std::max(m_seconds, start - m_origin);
                  return m_soundFixer->push(samples, start, m_soundDecoder->channels(), m_soundDecoder->sampleRate());
              });
        return decoded ? Result<void>() : decoded.error();
    }

    Result<void> drain()
    {
        if (m_pictureFixer) {
            if (auto drained = decodePicture(nullptr); !drained)
                return drained;
            if (auto done = m_pictureFixer->finish(); !done)
                return done;
        }
        if (m_soundFixer) {
            if (auto drained = decodeSound(nullptr); !drained)
                return drained;
            return m_soundFixer->finish();
        }
        return {};
    }

    void report() const
    {
        const double total = m_scan.picture.frames.isEmpty()
            ? static_cast<double>(std::max<std::int64_t>(m_context.duration, 0)) / AV_TIME_BASE
            : m_scan.picture.frames.endTime().toDouble();
        if (m_progress)
            m_progress({.done = std::min(m_seconds, total), .total = total});
    }

    Input& m_input;
    AVFormatContext& m_context;
    const FixPlan& m_plan;
    const CancelToken& m_cancel;
    const ProgressSink& m_progress;
    AvPacketPtr m_packet;
    AvFramePtr m_frame;
    media::engine::PacketScan m_scan;
    double m_origin = 0;
    double m_seconds = 0;
    SoundFix m_sound;
    std::optional<FlashDimmer> m_dimmer;
    std::unique_ptr<FileMuxer> m_muxer;
    std::unique_ptr<PictureFixer> m_pictureFixer;
    std::unique_ptr<SoundFixer> m_soundFixer;
    std::optional<VideoDecoder> m_pictureDecoder;
    std::optional<AudioDecoder> m_soundDecoder;
    std::vector<int> m_target; ///< stream of the new file by stream of the source; -1: none
    FixedFile m_file;
};

} // namespace

Result<FixedFile> fixFile(
    int fd, int output, const FixPlan& plan, const CancelToken& cancel, const ProgressSink& progress)
{
    auto input = Input::open(fd, {}, cancel);
    if (!input)
        return std::move(input).error();
    return FixRun(**input, plan, cancel, progress).run(output);
}

} // namespace vidimus::transcode::engine
