#include "core/media/engine/frame_reader_p.h"

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

Error canceledError()
{
    return Error {ErrorCode::Canceled, u"canceled"_s, {}};
}

} // namespace

FrameReader::FrameReader(std::unique_ptr<Input> input, VideoDecoder decoder, const PacketIndex& index, bool maySkip)
    : m_input(std::move(input))
    , m_decoder(std::move(decoder))
    , m_index(&index)
    , m_maySkip(maySkip)
{
}

Result<std::unique_ptr<FrameReader>> FrameReader::create(
    std::unique_ptr<Input> input, const PacketIndex& index, bool maySkip)
{
    auto decoder = VideoDecoder::create(*input, index);
    if (!decoder)
        return std::move(decoder).error();
    AVFormatContext* context = input->context();
    for (unsigned n = 0; n < context->nb_streams; ++n) {
        if (static_cast<int>(n) != input->bestVideo())
            context->streams[n]->discard = AVDISCARD_ALL;
    }
    return std::unique_ptr<FrameReader>(new FrameReader(std::move(input), std::move(*decoder), index, maySkip));
}

qint64 FrameReader::startFor(qint64 number) const
{
    return m_index->counted ? 0 : m_index->frames.keyBefore(number);
}

std::optional<qint64> FrameReader::distanceTo(qint64 number) const
{
    if (!m_next || *m_next > number || *m_next < startFor(number))
        return std::nullopt;
    return number - *m_next;
}

Result<bool> FrameReader::startAt(qint64 key, const CancelToken& cancel)
{
    m_next.reset();
    m_packetReady = false;
    av_packet_unref(m_packet.get());
    m_input->setCancel(cancel);
    auto sought = seekToKey(*m_input, *m_index, key, m_packet.get());
    if (!sought || !*sought)
        return sought;
    m_decoder.flush(key);
    m_packetReady = true;
    m_next = key;
    m_firstWhole = key;
    return true;
}

void FrameReader::takeFrames(const Take& take)
{
    for (;;) {
        VideoDecoder::Frame about;
        const auto got = m_decoder.receive(m_frame.get(), about);
        if (got == VideoDecoder::Got::Ended)
            m_next.reset();
        if (got != VideoDecoder::Got::Frame)
            return;
        if (about.number < m_firstWhole)
            continue;
        m_next = about.number + 1;
        take(m_frame.get(), about);
    }
}

Result<bool> FrameReader::advance(qint64 firstKept, const CancelToken& cancel, const Take& take)
{
    if (cancel.isCanceled())
        return canceledError();
    m_input->setCancel(cancel);
    bool got = m_packetReady;
    while (!got) {
        got = av_read_frame(m_input->context(), m_packet.get()) >= 0;
        if (!got && cancel.isCanceled()) {
            m_next.reset(); // the reading was cut short; this is not the end
            return canceledError();
        }
        if (!got)
            break;
        got = m_packet->stream_index == m_input->bestVideo();
        if (!got)
            av_packet_unref(m_packet.get());
    }
    m_packetReady = false;
    if (got) {
        const qint64 keptFrom = m_index->frames.at(firstKept).pts;
        m_decoder.skipUnreferenced(m_maySkip && m_packet->pts != AV_NOPTS_VALUE && m_packet->pts < keptFrom);
    }
    static_cast<void>(m_decoder.send(got ? m_packet.get() : nullptr));
    av_packet_unref(m_packet.get());
    takeFrames(take);
    if (!got)
        m_next.reset();
    return got;
}

} // namespace vidimus::media::engine
