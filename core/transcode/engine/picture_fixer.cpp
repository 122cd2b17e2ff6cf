#include "core/transcode/engine/picture_fixer_p.h"

#include "core/transcode/engine/fix_codecs_p.h"
#include "core/transcode/engine/level_legaliser.h"
#include "core/transcode/engine/red_calmer.h"
#include "core/transcode/engine/yuv_planes_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

bool anyHas(const std::vector<FrameSpan>& spans, qint64 frame)
{
    const auto after = std::ranges::upper_bound(spans, frame, {}, &FrameSpan::first);
    return after != spans.begin() && std::prev(after)->has(frame);
}

Result<void> checkCrop(const checks::Region& crop, const AVCodecParameters& picture)
{
    if (crop.x + crop.width > picture.width || crop.y + crop.height > picture.height)
        return Error {ErrorCode::Invalid, u"the crop is larger than the picture"_s, "bad_crop"};
    return {};
}

} // namespace

PictureFixer::PictureFixer(AvCodecContextPtr encoder, const AVStream& source, const media::FrameIndex& index,
    const FixPlan& plan, const FlashDimmer* dimmer, FileMuxer& muxer, int stream)
    : m_encoder(std::move(encoder))
    , m_source(source)
    , m_index(index)
    , m_plan(plan)
    , m_dimmer(dimmer)
    , m_muxer(muxer)
    , m_stream(stream)
    , m_shift(plan.trim ? std::llround(plan.trim->start / av_q2d(source.time_base)) : 0)
    , m_packet(av_packet_alloc())
{
}

Result<std::unique_ptr<PictureFixer>> PictureFixer::create(const AVStream& source, const media::FrameIndex& index,
    const FixPlan& plan, const FlashDimmer* dimmer, FileMuxer& muxer)
{
    const AVCodecParameters& picture = *source.codecpar;
    const auto format = static_cast<AVPixelFormat>(picture.format);
    if ((plan.flash || plan.red || plan.levels) && !isPlanarYuv(format)) {
        const char* name = av_get_pix_fmt_name(format);
        return Error {ErrorCode::Unsupported,
            u"%1 pictures cannot be corrected"_s.arg(QLatin1StringView(name == nullptr ? "such" : name)),
            "pixel_format"};
    }
    int width = picture.width;
    int height = picture.height;
    if (plan.crop) {
        if (const auto fits = checkCrop(*plan.crop, picture); !fits)
            return fits.error();
        width = plan.crop->width;
        height = plan.crop->height;
    }
    const bool globalHeader = (muxer.context().oformat->flags & AVFMT_GLOBALHEADER) != 0;
    auto encoder = openPictureEncoder(source, width, height, globalHeader);
    if (!encoder)
        return std::move(encoder).error();
    auto stream = muxer.addStream(source);
    if (!stream)
        return std::move(stream).error();
    if (const int code = avcodec_parameters_from_context((*stream)->codecpar, encoder->get()); code < 0)
        return avError("avcodec_parameters_from_context", code);
    (*stream)->sample_aspect_ratio = (*encoder)->sample_aspect_ratio;
    return std::unique_ptr<PictureFixer>(
        new PictureFixer(*std::move(encoder), source, index, plan, dimmer, muxer, (*stream)->index));
}

const char* PictureFixer::encoderName() const
{
    return m_encoder->codec->name;
}

Result<AvFramePtr> PictureFixer::corrected(const AVFrame& decoded, qint64 number) const
{
    auto frame = shareFrame(decoded);
    if (!frame)
        return frame;
    const bool dims = m_dimmer != nullptr && m_dimmer->touches(number);
    const bool legalises = m_plan.levels && anyHas(m_plan.levels->spans, number);
    const bool calmsRed = m_plan.red && anyHas(m_plan.red->spans, number);
    if (dims || calmsRed || legalises) {
        if (const int code = av_frame_make_writable(frame->get()); code < 0)
            return avError("av_frame_make_writable", code);
    }
    if (dims)
        m_dimmer->apply(**frame, number);
    if (calmsRed)
        calmRed(**frame);
    if (legalises)
        legaliseLevels(**frame);
    if (m_plan.crop) {
        AVFrame& picture = **frame;
        picture.crop_left = static_cast<std::size_t>(m_plan.crop->x);
        picture.crop_top = static_cast<std::size_t>(m_plan.crop->y);
        picture.crop_right = static_cast<std::size_t>(picture.width - m_plan.crop->x - m_plan.crop->width);
        picture.crop_bottom = static_cast<std::size_t>(picture.height - m_plan.crop->y - m_plan.crop->height);
        if (const int code = av_frame_apply_cropping(&picture, AV_FRAME_CROP_UNALIGNED); code < 0)
            return avError("av_frame_apply_cropping", code);
    }
    return frame;
}

Result<void> PictureFixer::push(const AVFrame& decoded, qint64 number)
{
    if (number < 0 || number >= m_index.count() || (m_plan.trim && !m_plan.trim->frames.has(number)))
        return {};
    const AVCodecParameters& picture = *m_source.codecpar;
    if (decoded.width != picture.width || decoded.height != picture.height || decoded.format != picture.format)
        return Error {ErrorCode::Unsupported, u"the picture changes its size or form on the way"_s, "picture_changes"};
    auto frame = corrected(decoded, number);
    if (!frame)
        return std::move(frame).error();
    const media::FrameIndexEntry entry = m_index.at(number);
    (*frame)->pts = entry.pts - m_shift;
    // Key frames stay where they were, so that players jump to the same places.
    (*frame)->pict_type = entry.key || m_frames == 0 ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    m_durations[(*frame)->pts] = entry.duration;
    ++m_frames;
    if (const int code = avcodec_send_frame(m_encoder.get(), frame->get()); code < 0)
        return avError("picture encoder", code);
    return takePackets();
}

Result<void> PictureFixer::takePackets()
{
    for (;;) {
        const int code = avcodec_receive_packet(m_encoder.get(), m_packet.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            return avError("picture encoder", code);
        if (const auto found = m_durations.find(m_packet->pts); found != m_durations.end()) {
            m_packet->duration = found->second;
            m_durations.erase(found);
        }
        if (auto written = m_muxer.write(*m_packet, m_stream, m_encoder->time_base); !written)
            return written;
    }
}

Result<void> PictureFixer::finish()
{
    if (m_frames == 0)
        return Error {ErrorCode::Invalid, u"no picture is left"_s, "no_picture"};
    if (const int code = avcodec_send_frame(m_encoder.get(), nullptr); code < 0)
        return avError("picture encoder", code);
    return takePackets();
}

} // namespace vidimus::transcode::engine
