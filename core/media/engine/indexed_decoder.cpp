#include "core/media/engine/indexed_decoder.h"

#include "core/media/engine/audio_reader_p.h"
#include "core/media/engine/decoded_window_p.h"
#include "core/media/engine/packet_scan_p.h"
#include "core/media/engine/picture_cache_p.h"
#include "core/media/engine/picture_converter_p.h"
#include "core/media/engine/picture_turn.h"
#include "core/media/engine/stream_facts_p.h"
#include "core/media/engine/video_decoder_p.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

// Steps back by up to this many frames are taken as "walking backwards": as many frames before are kept as fit.
constexpr qint64 kBackwardWalk = 16;
// After a jump somebody looks around: so many frames before it are decoded whole.
constexpr qint64 kBesideJump = 4;

} // namespace

struct IndexedDecoder::Impl {
    int fd = -1;
    InputLimits limits;
    std::unique_ptr<Input> input;
    MediaFacts facts;
    PacketIndex index;
    std::optional<VideoDecoder> decoder;
    bool maySkip = false; ///< one packet is one whole frame, and its time stamp names it
    PictureCache cache;
    DecodedWindow window;
    SwsPtr scaler;
    AvFramePtr picture {av_frame_alloc()};
    AvPacketPtr packet {av_packet_alloc()};
    std::optional<AudioReader> sound;
    bool soundFailed = false;

    /// Where the decoder stands: the frame that comes out next, when it can simply go on.
    std::optional<qint64> next;
    /// Frames shown before the key that decoding started at may lack what they refer to.
    qint64 firstWhole = 0;
    qint64 lastAsked = -2;

    explicit Impl(qint64 cacheBytes)
        : cache(cacheBytes / 2)
        , window(cacheBytes / 2)
    {
    }

    struct Wanted {
        qint64 number = 0;
        PictureSize size;
        qint64 firstKept = 0; ///< frames before this one need not be decoded whole
    };

    [[nodiscard]] Result<PictureBuffer> decode(Wanted wanted, const CancelToken& cancel);
    /// Reads on until the target comes out. Empty when it did not.
    [[nodiscard]] Result<std::optional<PictureBuffer>> readOn(
        const Wanted& wanted, bool packetReady, const CancelToken& cancel);
    [[nodiscard]] Result<std::optional<PictureBuffer>> takeFrames(const Wanted& wanted);
    [[nodiscard]] Result<PictureBuffer> shown(
        const Wanted& wanted, const AVFrame* frame, const VideoDecoder::Frame& about);
};

Result<PictureBuffer> IndexedDecoder::Impl::shown(
    const Wanted& wanted, const AVFrame* frame, const VideoDecoder::Frame& about)
{
    const VideoStream& video = *facts.programmeVideo();
    PictureSize unturned = wanted.size;
    if (video.orientation.swapsSides())
        std::swap(unturned.width, unturned.height);
    auto made = toBgra(scaler, frame, colorTagsOf(frame, video.color), unturned);
    if (!made)
        return made;
    PictureBuffer result = turned(std::move(*made), video.orientation);
    result.number = about.number;
    result.time = index.frames.timeOf(about.number);
    result.damaged = about.damaged;
    cache.add(result);
    return result;
}

Result<std::optional<PictureBuffer>> IndexedDecoder::Impl::takeFrames(const Wanted& wanted)
{
    std::optional<PictureBuffer> found;
    for (;;) {
        VideoDecoder::Frame about;
        const auto got = decoder->receive(picture.get(), about);
        if (got == VideoDecoder::Got::Ended)
            next.reset();
        if (got != VideoDecoder::Got::Frame)
            return found;
        if (about.number < firstWhole)
            continue;
        if (next)
            next = about.number + 1;
        window.add(picture.get(), about, wanted.number);
        if (about.number != wanted.number)
            continue;
        auto made = shown(wanted, picture.get(), about);
        if (!made)
            return std::move(made).error();
        found = std::move(*made);
        if (next)
            return found;
    }
}

Result<std::optional<PictureBuffer>> IndexedDecoder::Impl::readOn(
    const Wanted& wanted, bool packetReady, const CancelToken& cancel)
{
    const qint64 keptFrom = index.frames.at(wanted.firstKept).pts;
    // What an earlier call left in the decoder.
    if (!packetReady) {
        auto found = takeFrames(wanted);
        if (!found || *found)
            return found;
        if (!next)
            return std::optional<PictureBuffer>();
    }
    for (;;) {
        if (cancel.isCanceled()) {
            if (packetReady) // the key itself has not reached the decoder
                next.reset();
            return Error {ErrorCode::Canceled, u"canceled"_s, {}};
        }
        const bool got = packetReady || av_read_frame(input->context(), packet.get()) >= 0;
        packetReady = false;
        if (!got && cancel.isCanceled()) {
            next.reset(); // the reading was cut short; this is not the end
            return Error {ErrorCode::Canceled, u"canceled"_s, {}};
        }
        if (got && packet->stream_index != input->bestVideo()) {
            av_packet_unref(packet.get());
            continue;
        }
        if (got)
            decoder->skipUnreferenced(maySkip && packet->pts != AV_NOPTS_VALUE && packet->pts < keptFrom);
        static_cast<void>(decoder->send(got ? packet.get() : nullptr));
        av_packet_unref(packet.get());
        auto found = takeFrames(wanted);
        if (!found || *found || !got)
            return found;
        // Past it: it was lost on the way.
        if (next && *next > wanted.number)
            return std::optional<PictureBuffer>();
    }
}

Result<PictureBuffer> IndexedDecoder::Impl::decode(Wanted wanted, const CancelToken& cancel)
{
    input->setCancel(cancel);
    qint64 key = index.counted ? 0 : index.frames.keyBefore(wanted.number);
    if (next && *next <= wanted.number && *next >= key) {
        auto found = readOn(wanted, false, cancel);
        if (!found)
            return std::move(found).error();
        if (*found)
            return std::move(**found);
    }
    // From the key before it; where that does not lead there, from the one before that, and last from the start.
    for (int attempt = 0; attempt < 4; ++attempt) {
        next.reset();
        auto sought = seekToKey(*input, index, key, packet.get());
        if (!sought)
            return std::move(sought).error();
        if (*sought) {
            decoder->flush(key);
            next = key;
            firstWhole = key;
            auto found = readOn(wanted, true, cancel);
            if (!found)
                return std::move(found).error();
            if (*found)
                return std::move(**found);
        }
        if (key == 0 && attempt > 0)
            break;
        key = attempt >= 2 ? 0 : index.frames.keyBefore(std::max<qint64>(key - 1, 0));
    }
    next.reset();
    return Error {ErrorCode::Corrupt, u"frame %1 cannot be decoded"_s.arg(wanted.number), "frame_not_decodable"};
}

IndexedDecoder::IndexedDecoder(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

IndexedDecoder::~IndexedDecoder() = default;

Result<std::unique_ptr<IndexedDecoder>> IndexedDecoder::open(
    int fd, const InputLimits& limits, const CancelToken& cancel, qint64 cacheBytes)
{
    auto impl = std::make_unique<Impl>(cacheBytes);
    impl->fd = fd;
    impl->limits = limits;
    auto input = Input::open(fd, limits, cancel);
    if (!input)
        return std::move(input).error();
    impl->input = std::move(*input);
    auto scan = scanPackets(*impl->input, cancel);
    if (!scan)
        return std::move(scan).error();
    auto facts = factsOf(*impl->input, *scan);
    if (!facts)
        return std::move(facts).error();
    impl->facts = std::move(*facts);
    impl->index = std::move(scan->picture);
    if (const VideoStream* video = impl->facts.programmeVideo()) {
        auto decoder = VideoDecoder::create(*impl->input, impl->index);
        if (!decoder)
            return std::move(decoder).error();
        impl->decoder.emplace(std::move(*decoder));
        // A frame of two fields may come in two packets.
        const bool fields = video->fieldOrder == FieldOrder::TopFirst || video->fieldOrder == FieldOrder::BottomFirst;
        impl->maySkip = !fields && !impl->index.counted;
        AVFormatContext* context = impl->input->context();
        for (unsigned n = 0; n < context->nb_streams; ++n) {
            if (static_cast<int>(n) != impl->input->bestVideo())
                context->streams[n]->discard = AVDISCARD_ALL;
        }
    }
    return std::unique_ptr<IndexedDecoder>(new IndexedDecoder(std::move(impl)));
}

const MediaFacts& IndexedDecoder::facts() const
{
    return m_impl->facts;
}

const FrameIndex& IndexedDecoder::index() const
{
    return m_impl->index.frames;
}

Result<PictureBuffer> IndexedDecoder::frame(qint64 number, PictureSize bounds, const CancelToken& cancel)
{
    if (!m_impl->decoder || number < 0 || number >= index().count()) {
        return Error {ErrorCode::Invalid, u"no frame %1 among %2"_s.arg(number).arg(index().count()), "no_such_frame"};
    }
    const VideoStream& video = *m_impl->facts.programmeVideo();
    const PictureSize full {video.displayWidth, video.displayHeight};
    const PictureSize size = bounds.width <= 0 || bounds.height <= 0 ? full : fitInto(full, bounds);
    const qint64 last = std::exchange(m_impl->lastAsked, number);
    if (auto cached = m_impl->cache.find(number, size))
        return std::move(*cached);
    if (const auto* kept = m_impl->window.find(number))
        return m_impl->shown({.number = number, .size = size}, kept->frame.get(), kept->about);
    const bool walksBack = number < last && last - number <= kBackwardWalk;
    const qint64 frameBytes = qint64(video.width) * video.height * (video.bitDepth > 8 ? 6 : 3) / 2;
    const qint64 before = walksBack ? m_impl->window.roomFor(frameBytes) - 1 : kBesideJump;
    return m_impl->decode({.number = number, .size = size, .firstKept = std::max<qint64>(number - before, 0)}, cancel);
}

Result<std::vector<float>> IndexedDecoder::audio(qint64 startSample, qint64 count, const CancelToken& cancel)
{
    constexpr qint64 kMostSamples = qint64(kPlaybackSampleRate) * 60;
    if (startSample < 0 || count < 0 || count > kMostSamples)
        return Error {ErrorCode::Invalid, u"%1 samples from %2"_s.arg(count).arg(startSample), "no_such_sound"};
    const auto end = static_cast<qint64>(std::ceil(m_impl->facts.durationSeconds * kPlaybackSampleRate));
    const qint64 wanted = std::clamp<qint64>(end - startSample, 0, count);
    if (m_impl->facts.bestAudio >= 0 && !m_impl->sound && !m_impl->soundFailed) {
        auto reader = AudioReader::open(m_impl->fd, m_impl->limits, m_impl->facts.startSeconds, cancel);
        if (!reader && reader.error().code == ErrorCode::Canceled)
            return std::move(reader).error();
        if (reader)
            m_impl->sound.emplace(std::move(*reader));
        m_impl->soundFailed = !reader;
    }
    if (!m_impl->sound)
        return std::vector<float>(static_cast<std::size_t>(wanted) * kPlaybackChannels, 0.0F);
    return m_impl->sound->read(startSample, wanted, cancel);
}

} // namespace vidimus::media::engine
