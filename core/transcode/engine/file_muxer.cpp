#include "core/transcode/engine/file_muxer_p.h"

#include <cerrno>
#include <unistd.h>
#include <vector>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;
using media::engine::AvIoPtr;

namespace {

constexpr int kIoBytes = 256 * 1024;

/// What the callbacks see: a position of its own over a descriptor that others may share.
struct Place {
    int fd = -1;
    qint64 position = 0;
    qint64 end = 0;
    int error = 0; ///< errno of the first failed write
};

int writeBytes(void* opaque, std::uint8_t* buffer, int size)
{
    auto* place = static_cast<Place*>(opaque);
    int done = 0;
    while (done < size) {
        const ssize_t wrote = pwrite(place->fd, buffer + done, static_cast<std::size_t>(size - done), place->position);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0) {
            place->error = errno;
            return AVERROR(errno);
        }
        done += static_cast<int>(wrote);
        place->position += wrote;
    }
    place->end = std::max(place->end, place->position);
    return size;
}

int readBytes(void* opaque, std::uint8_t* buffer, int size)
{
    auto* place = static_cast<Place*>(opaque);
    for (;;) {
        const ssize_t got = pread(place->fd, buffer, static_cast<std::size_t>(size), place->position);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0 ? AVERROR_EOF : AVERROR(errno);
        place->position += got;
        return static_cast<int>(got);
    }
}

std::int64_t seekBytes(void* opaque, std::int64_t offset, int whence)
{
    auto* place = static_cast<Place*>(opaque);
    if (whence == AVSEEK_SIZE)
        return place->end;
    const int from = whence & ~AVSEEK_FORCE;
    const qint64 base = from == SEEK_CUR ? place->position : from == SEEK_END ? place->end : 0;
    if (base + offset < 0)
        return AVERROR(EINVAL);
    place->position = base + offset;
    return place->position;
}

AvIoPtr openIo(Place& place, bool writes)
{
    auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBytes));
    if (buffer == nullptr)
        return nullptr;
    return AvIoPtr(avio_alloc_context(
        buffer, kIoBytes, writes ? 1 : 0, &place, readBytes, writes ? writeBytes : nullptr, seekBytes));
}

} // namespace

struct FileMuxer::Impl {
    Place place;
    Place readPlace; ///< moving the index to the front reads what was written
    AvIoPtr io;
    AVFormatContext* context = nullptr;
    std::vector<std::int64_t> lastDts;
    bool begun = false;
};

namespace {

/// The muxer reopens its own output to move the index; nothing else is ever opened.
int reopenOwn(AVFormatContext* context, AVIOContext** io, const char*, int flags, AVDictionary**)
{
    auto* places = static_cast<std::pair<Place*, Place*>*>(context->opaque);
    if ((flags & AVIO_FLAG_WRITE) != 0)
        return AVERROR(EACCES);
    *places->second = *places->first;
    places->second->position = 0;
    AvIoPtr reader = openIo(*places->second, false);
    *io = reader.release();
    return *io != nullptr ? 0 : AVERROR(ENOMEM);
}

int closeOwn(AVFormatContext*, AVIOContext* io)
{
    AvIoPtr owner(io);
    return 0;
}

} // namespace

FileMuxer::FileMuxer(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

FileMuxer::~FileMuxer()
{
    if (m_impl->context == nullptr)
        return;
    delete static_cast<std::pair<Place*, Place*>*>(m_impl->context->opaque);
    m_impl->context->pb = nullptr;
    avformat_free_context(m_impl->context);
}

Result<std::unique_ptr<FileMuxer>> FileMuxer::create(int fd, const QByteArray& container)
{
    auto impl = std::make_unique<Impl>();
    impl->place.fd = fd;
    impl->io = openIo(impl->place, true);
    if (!impl->io)
        return avError("avio_alloc_context", AVERROR(ENOMEM));
    if (const int code = avformat_alloc_output_context2(&impl->context, nullptr, container.constData(), "output");
        code < 0)
        return avError("avformat_alloc_output_context2", code, ErrorCode::Unsupported);
    AVFormatContext& context = *impl->context;
    context.pb = impl->io.get();
    context.flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
    context.strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL; // what the source's container held, its copy may hold
    context.opaque = std::make_unique<std::pair<Place*, Place*>>(&impl->place, &impl->readPlace).release();
    context.io_open = reopenOwn;
    context.io_close2 = closeOwn;
    return std::unique_ptr<FileMuxer>(new FileMuxer(std::move(impl)));
}

AVFormatContext& FileMuxer::context() const
{
    return *m_impl->context;
}

Result<AVStream*> FileMuxer::addStream(const AVStream& source)
{
    AVStream* stream = avformat_new_stream(m_impl->context, nullptr);
    if (stream == nullptr)
        return avError("avformat_new_stream", AVERROR(ENOMEM));
    stream->time_base = source.time_base;
    stream->avg_frame_rate = source.avg_frame_rate;
    stream->r_frame_rate = source.r_frame_rate;
    stream->disposition = source.disposition;
    stream->sample_aspect_ratio = source.sample_aspect_ratio;
    av_dict_copy(&stream->metadata, source.metadata, 0);
    for (int i = 0; i < source.nb_side_data; ++i) {
        const AVPacketSideData& data = source.side_data[i];
        std::uint8_t* copy = av_stream_new_side_data(stream, data.type, data.size);
        if (copy == nullptr)
            return avError("av_stream_new_side_data", AVERROR(ENOMEM));
        std::copy_n(data.data, data.size, copy);
    }
    m_impl->lastDts.push_back(AV_NOPTS_VALUE);
    return stream;
}

bool FileMuxer::holds(AVCodecID codec) const
{
    return avformat_query_codec(m_impl->context->oformat, codec, FF_COMPLIANCE_EXPERIMENTAL) == 1;
}

Result<void> FileMuxer::begin()
{
    AVDictionary* options = nullptr;
    av_dict_set(&options, "movflags", "faststart", 0);
    const int code = avformat_write_header(m_impl->context, &options);
    av_dict_free(&options);
    if (code < 0)
        return avError("avformat_write_header", code, ErrorCode::Unsupported);
    m_impl->begun = true;
    return {};
}

Result<void> FileMuxer::write(AVPacket& packet, int stream, AVRational timeBase)
{
    AVFormatContext& context = *m_impl->context;
    packet.stream_index = stream;
    packet.pos = -1;
    av_packet_rescale_ts(&packet, timeBase, context.streams[stream]->time_base);
    std::int64_t& last = m_impl->lastDts[static_cast<std::size_t>(stream)];
    if (packet.dts == AV_NOPTS_VALUE)
        packet.dts = packet.pts;
    if (packet.dts != AV_NOPTS_VALUE) {
        if (last != AV_NOPTS_VALUE && packet.dts <= last)
            packet.dts = last + 1;
        if (packet.pts != AV_NOPTS_VALUE && packet.pts < packet.dts)
            packet.pts = packet.dts;
        last = packet.dts;
    }
    const int code = av_interleaved_write_frame(&context, &packet);
    if (code < 0 && m_impl->place.error == ENOSPC)
        return Error {ErrorCode::DiskFull, u"no room for the corrected file"_s, "disk_full"};
    if (code < 0)
        return avError("av_interleaved_write_frame", code);
    return {};
}

Result<void> FileMuxer::finish()
{
    const int code = av_write_trailer(m_impl->context);
    avio_flush(m_impl->io.get());
    if (m_impl->place.error == ENOSPC)
        return Error {ErrorCode::DiskFull, u"no room for the corrected file"_s, "disk_full"};
    if (code < 0 || m_impl->place.error != 0)
        return avError("av_write_trailer", code < 0 ? code : AVERROR(m_impl->place.error));
    return {};
}

qint64 FileMuxer::bytes() const
{
    return m_impl->place.end;
}

} // namespace vidimus::transcode::engine
