#include "core/media/engine/input.h"

#include "core/base/posix_error.h"
#include "core/media/engine/av_log.h"
#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/sniff.h"

#include <QtEndian>
#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <tuple>
#include <unistd.h>
#include <vector>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

// What the callbacks see.
struct Source {
    int fd = -1;
    qint64 bytes = 0;
    qint64 position = 0; ///< our own: two inputs may share the descriptor
    CancelToken cancel;
};

} // namespace

struct Input::Impl {
    Source source;
    InputLimits limits;
    QByteArray demuxer;
    AvIoPtr io;
    AvInputPtr context; // closed before io
    bool indexStandsLast = false;
    int bestVideo = -1;
    int bestAudio = -1;

    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> checkPngHeader(QByteArrayView head) const;
    [[nodiscard]] Result<void> checkStreams();
    [[nodiscard]] Error failure(int error);
    void chooseBest();
};

namespace {

int readBytes(void* opaque, std::uint8_t* buffer, int size)
{
    auto* source = static_cast<Source*>(opaque);
    if (::lseek(source->fd, source->position, SEEK_SET) < 0)
        return AVERROR(errno);
    if (source->cancel.isCanceled())
        return AVERROR_EXIT;
    for (;;) {
        const ssize_t got = ::read(source->fd, buffer, static_cast<std::size_t>(size));
        if (got > 0) {
            source->position += got;
            return static_cast<int>(got);
        }
        if (got == 0)
            return AVERROR_EOF;
        if (errno != EINTR)
            return AVERROR(errno);
    }
}

std::int64_t seekBytes(void* opaque, std::int64_t offset, int whence)
{
    auto* source = static_cast<Source*>(opaque);
    if (whence == AVSEEK_SIZE)
        return source->bytes;
    const int from = whence & ~AVSEEK_FORCE;
    const qint64 base = from == SEEK_CUR ? source->position : from == SEEK_END ? source->bytes : 0;
    if (base + offset < 0)
        return AVERROR(EINVAL);
    source->position = base + offset;
    return source->position;
}

int interrupted(void* opaque)
{
    return static_cast<const Source*>(opaque)->cancel.isCanceled() ? 1 : 0;
}

// Whatever a demuxer wants to open beside its input is refused here, after the format and protocol lists.
int refuseOpen(AVFormatContext*, AVIOContext** io, const char*, int, AVDictionary**)
{
    *io = nullptr;
    return AVERROR(EACCES);
}

Result<QByteArray> readHead(int fd)
{
    QByteArray head(kSniffBytes, Qt::Uninitialized);
    qsizetype filled = 0;
    while (filled < head.size()) {
        const ssize_t got = ::read(fd, head.data() + filled, static_cast<std::size_t>(head.size() - filled));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return posixError("read", errno);
        if (got == 0)
            break;
        filled += got;
    }
    head.truncate(filled);
    return head;
}

// Walks the boxes of the top level (ISO/IEC 14496-12, 4.2). Leaves the position anywhere.
bool mediaDataStandsFirst(int fd, qint64 bytes)
{
    constexpr int kMaxBoxes = 64;
    qint64 position = 0;
    for (int n = 0; n < kMaxBoxes && position + 8 <= bytes; ++n) {
        std::array<char, 16> header {};
        if (::lseek(fd, position, SEEK_SET) < 0 || ::read(fd, header.data(), header.size()) < 8)
            return false;
        const QByteArrayView type(header.data() + 4, 4);
        if (type == "moov" || type == "moof")
            return false;
        if (type == "mdat")
            return true;
        qint64 size = qFromBigEndian<quint32>(header.data());
        if (size == 1)
            size = qFromBigEndian<qint64>(header.data() + 8);
        if (size < 8 || size > bytes - position)
            return false;
        position += size;
    }
    return false;
}

bool isCoverArt(const AVStream* stream)
{
    return (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
}

} // namespace

Error Input::Impl::failure(int error)
{
    if (error == AVERROR_EXIT || source.cancel.isCanceled())
        return {ErrorCode::Canceled, u"canceled"_s, {}};
    const QByteArray lines = takeAvLog();
    const QString detail = u"cannot be read: %1%2"_s.arg(
        avErrorText(error), lines.isEmpty() ? QString() : u" ("_s + QString::fromUtf8(lines) + u')');
    if (lines.contains("max_streams"))
        return {ErrorCode::LimitExceeded, u"more than %1 streams"_s.arg(limits.maxStreams), "too_many_streams"};
    if (lines.contains("Picture size") || lines.contains("max_pixels"))
        return {ErrorCode::LimitExceeded, detail, "too_many_pixels"};
    if (lines.contains("moov atom not found"))
        return {ErrorCode::Corrupt, u"cannot be decoded: moov atom missing, the recording or upload was cut off"_s,
            "moov_missing"};
    return {ErrorCode::Corrupt, detail, "unreadable"};
}

Result<void> Input::Impl::open()
{
    collectAvLog();
    static_cast<void>(takeAvLog());
    source.bytes = ::lseek(source.fd, 0, SEEK_END); // the sandbox answers fstat with an error
    if (source.bytes < 0)
        return posixError("lseek", errno);
    if (source.bytes > limits.maxBytes)
        return Error {ErrorCode::LimitExceeded, u"larger than %1 bytes"_s.arg(limits.maxBytes), "too_large"};
    if (::lseek(source.fd, 0, SEEK_SET) != 0)
        return posixError("lseek", errno);
    const auto head = readHead(source.fd);
    if (!head)
        return head.error();
    auto chosen = sniff(*head);
    if (!chosen)
        return std::move(chosen).error();
    demuxer = std::move(*chosen);
    if (auto fits = checkPngHeader(*head); !fits)
        return fits;
    indexStandsLast = demuxer == "mov" && mediaDataStandsFirst(source.fd, source.bytes);
    if (::lseek(source.fd, 0, SEEK_SET) != 0)
        return posixError("lseek", errno);

    const AVInputFormat* format = av_find_input_format(demuxer.constData());
    if (format == nullptr)
        return Error {ErrorCode::Missing, u"this libavformat lacks the demuxer "_s + QString::fromLatin1(demuxer),
            "format_not_supported"};
    constexpr int kIoBytes = 64 * 1024;
    auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBytes));
    if (buffer == nullptr)
        return Error {ErrorCode::LimitExceeded, u"out of memory"_s, "out_of_memory"};
    io.reset(avio_alloc_context(buffer, kIoBytes, 0, &source, readBytes, nullptr, seekBytes));
    AVFormatContext* raw = avformat_alloc_context();
    raw->pb = io.get();
    raw->flags |= AVFMT_FLAG_CUSTOM_IO;
    raw->interrupt_callback = {interrupted, &source};
    raw->io_open = refuseOpen;
    raw->format_whitelist = av_strdup(demuxer.constData());
    raw->protocol_whitelist = av_strdup("none");
    raw->max_streams = limits.maxStreams + 1;
    raw->probesize = limits.maxProbeBytes;
    AVDictionary* options = nullptr;
    if (demuxer == "mov") {
        av_dict_set(&options, "enable_drefs", "0", 0);
        av_dict_set(&options, "use_absolute_path", "0", 0);
    }
    int error = avformat_open_input(&raw, nullptr, format, &options);
    av_dict_free(&options);
    if (error < 0)
        return failure(error); // libav freed the context
    context.reset(raw);
    return checkStreams();
}

// Before libav makes room for it: a megabyte of PNG can ask for a gigabyte. Sizes stand in IHDR (PNG, 11.2.1).
Result<void> Input::Impl::checkPngHeader(QByteArrayView head) const
{
    constexpr qsizetype kSizeAt = 16;
    if (demuxer != "png_pipe" || head.size() < kSizeAt + 8)
        return {};
    const auto width = qFromBigEndian<quint32>(head.data() + kSizeAt);
    const auto height = qFromBigEndian<quint32>(head.data() + kSizeAt + 4);
    if (static_cast<quint64>(width) * height <= static_cast<quint64>(limits.maxPixels))
        return {};
    return Error {ErrorCode::LimitExceeded,
        u"%1×%2 is more than %3 pixels"_s.arg(width).arg(height).arg(limits.maxPixels), "too_many_pixels"};
}

Result<void> Input::Impl::checkStreams()
{
    const auto tooManyStreams = [this] { return static_cast<int>(context->nb_streams) > limits.maxStreams; };
    const Error streamsError {
        ErrorCode::LimitExceeded, u"more than %1 streams"_s.arg(limits.maxStreams), "too_many_streams"};
    if (tooManyStreams())
        return streamsError;
    const auto oversized = [this]() -> std::optional<Error> {
        for (unsigned n = 0; n < context->nb_streams; ++n) {
            const AVCodecParameters* parameters = context->streams[n]->codecpar;
            if (static_cast<qint64>(parameters->width) * parameters->height > limits.maxPixels)
                return Error {ErrorCode::LimitExceeded,
                    u"%1×%2 is more than %3 pixels"_s.arg(parameters->width)
                        .arg(parameters->height)
                        .arg(limits.maxPixels),
                    "too_many_pixels"};
        }
        return std::nullopt;
    };
    if (const auto error = oversized())
        return *error;
    const unsigned known = context->nb_streams;
    std::vector<AVDictionary*> options(known, nullptr);
    for (AVDictionary*& each : options) {
        av_dict_set_int(&each, "max_pixels", limits.maxPixels, 0);
        av_dict_set_int(&each, "threads", 1, 0);
    }
    const int error = avformat_find_stream_info(context.get(), known > 0 ? options.data() : nullptr);
    for (AVDictionary*& each : options)
        av_dict_free(&each);
    if (error < 0)
        return failure(error);
    if (tooManyStreams())
        return streamsError;
    if (const auto large = oversized())
        return *large;
    const double seconds
        = context->duration == AV_NOPTS_VALUE ? 0 : static_cast<double>(context->duration) / AV_TIME_BASE;
    if (seconds > limits.maxDurationSeconds)
        return Error {
            ErrorCode::LimitExceeded, u"longer than %1 hours"_s.arg(limits.maxDurationSeconds / 3600.0), "too_long"};
    chooseBest();
    const AVStream* picture = bestVideo >= 0 ? context->streams[bestVideo] : nullptr;
    if (picture != nullptr && (picture->codecpar->width <= 0 || picture->codecpar->height <= 0))
        return failure(AVERROR_INVALIDDATA);
    if (bestVideo < 0 && bestAudio < 0) {
        if (source.cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"canceled"_s, {}};
        return Error {ErrorCode::Invalid, u"neither picture nor sound in it"_s, "not_media"};
    }
    return {};
}

// The default track as its maker marked it, then the larger picture or the richer sound, then the first.
void Input::Impl::chooseBest()
{
    using Score = std::tuple<bool, qint64, qint64, qint64>;
    std::optional<Score> video;
    std::optional<Score> audio;
    for (unsigned n = 0; n < context->nb_streams; ++n) {
        const AVStream* stream = context->streams[n];
        const AVCodecParameters* parameters = stream->codecpar;
        const bool isDefault = (stream->disposition & AV_DISPOSITION_DEFAULT) != 0;
        if (parameters->codec_type == AVMEDIA_TYPE_VIDEO && !isCoverArt(stream)) {
            const Score score {
                isDefault, static_cast<qint64>(parameters->width) * parameters->height, parameters->bit_rate, 0};
            if (!video || score > *video) {
                video = score;
                bestVideo = static_cast<int>(n);
            }
        } else if (parameters->codec_type == AVMEDIA_TYPE_AUDIO) {
            const Score score {
                isDefault, parameters->ch_layout.nb_channels, parameters->sample_rate, parameters->bit_rate};
            if (!audio || score > *audio) {
                audio = score;
                bestAudio = static_cast<int>(n);
            }
        }
    }
}

Input::Input(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

Input::~Input() = default;

Result<std::unique_ptr<Input>> Input::open(int fd, const InputLimits& limits, const CancelToken& cancel)
{
    auto impl = std::make_unique<Impl>();
    impl->source.fd = fd;
    impl->limits = limits;
    impl->source.cancel = cancel;
    if (auto opened = impl->open(); !opened)
        return std::move(opened).error();
    return std::unique_ptr<Input>(new Input(std::move(impl)));
}

const InputLimits& Input::limits() const
{
    return m_impl->limits;
}

qint64 Input::bytes() const
{
    return m_impl->source.bytes;
}

AVFormatContext* Input::context() const
{
    return m_impl->context.get();
}

int Input::bestVideo() const
{
    return m_impl->bestVideo;
}

int Input::bestAudio() const
{
    return m_impl->bestAudio;
}

bool Input::indexStandsLast() const
{
    return m_impl->indexStandsLast;
}

QByteArray Input::takeLog()
{
    return takeAvLog();
}

void Input::setCancel(const CancelToken& cancel)
{
    m_impl->source.cancel = cancel;
}

Result<void> Input::rewind()
{
    AVFormatContext* context = m_impl->context.get();
    // By time where the demuxer knows it (negative start times included), else by bytes.
    int error = avformat_seek_file(context, -1, INT64_MIN, INT64_MIN + 1, INT64_MAX, 0);
    if (error < 0)
        error = av_seek_frame(context, -1, 0, AVSEEK_FLAG_BYTE);
    if (error < 0)
        error = av_seek_frame(
            context, -1, context->start_time == AV_NOPTS_VALUE ? 0 : context->start_time, AVSEEK_FLAG_BACKWARD);
    if (error < 0)
        return Error {error == AVERROR(EIO) ? ErrorCode::Io : ErrorCode::Corrupt,
            u"its index does not lead back to the start: "_s + avErrorText(error), "index_damaged"};
    return {};
}

} // namespace vidimus::media::engine
