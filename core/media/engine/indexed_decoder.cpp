#include "core/media/engine/indexed_decoder.h"

#include "core/media/engine/audio_reader_p.h"
#include "core/media/engine/frame_supply_p.h"
#include "core/media/engine/packet_scan_p.h"
#include "core/media/engine/picture_cache_p.h"
#include "core/media/engine/picture_converter_p.h"
#include "core/media/engine/picture_turn.h"
#include "core/media/engine/stream_facts_p.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kPicturesShare = 8; // of the cache; converting again is cheap, decoding is not

} // namespace

struct IndexedDecoder::Impl {
    int fd = -1;
    InputLimits limits;
    MediaFacts facts;
    PacketIndex index;
    std::unique_ptr<FrameSupply> supply; ///< none: the file has no picture
    PictureCache pictures;
    SwsPtr scaler;
    std::optional<AudioReader> sound;
    bool soundFailed = false;

    explicit Impl(qint64 cacheBytes)
        : pictures(cacheBytes / kPicturesShare)
    {
    }

    [[nodiscard]] Result<PictureSize> sizeFor(qint64 number, PictureSize bounds) const;
    [[nodiscard]] Result<PictureBuffer> shown(const DecodedWindow::Kept& kept, PictureSize size);
};

Result<PictureSize> IndexedDecoder::Impl::sizeFor(qint64 number, PictureSize bounds) const
{
    if (!supply || number < 0 || number >= index.frames.count())
        return Error {
            ErrorCode::Invalid, u"no frame %1 among %2"_s.arg(number).arg(index.frames.count()), "no_such_frame"};
    const VideoStream& video = *facts.programmeVideo();
    const PictureSize full {video.displayWidth, video.displayHeight};
    return bounds.width <= 0 || bounds.height <= 0 ? full : fitInto(full, bounds);
}

Result<PictureBuffer> IndexedDecoder::Impl::shown(const DecodedWindow::Kept& kept, PictureSize size)
{
    if (auto made = pictures.find(kept.about.number, size))
        return std::move(*made);
    const VideoStream& video = *facts.programmeVideo();
    PictureSize unturned = size;
    if (video.orientation.swapsSides())
        std::swap(unturned.width, unturned.height);
    auto made = toBgra(scaler, kept.frame.get(), colorTagsOf(kept.frame.get(), video.color), unturned);
    if (!made)
        return made;
    PictureBuffer result = turned(std::move(*made), video.orientation);
    result.number = kept.about.number;
    result.time = index.frames.timeOf(result.number);
    result.damaged = kept.about.damaged;
    pictures.add(result);
    return result;
}

IndexedDecoder::IndexedDecoder(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

IndexedDecoder::~IndexedDecoder() = default;

Result<std::unique_ptr<IndexedDecoder>> IndexedDecoder::open(
    int fd, const InputLimits& limits, const CancelToken& cancel, qint64 cacheBytes)
{
    auto input = Input::open(fd, limits, cancel);
    if (!input)
        return std::move(input).error();
    auto scan = scanPackets(**input, cancel);
    if (!scan)
        return std::move(scan).error();
    auto facts = factsOf(**input, *scan);
    if (!facts)
        return std::move(facts).error();
    const VideoStream* video = facts->programmeVideo();
    auto impl = std::make_unique<Impl>(cacheBytes);
    impl->fd = fd;
    impl->limits = limits;
    impl->index = std::move(scan->picture);
    if (video) {
        // A frame of two fields may come in two packets.
        const bool fields = video->fieldOrder == FieldOrder::TopFirst || video->fieldOrder == FieldOrder::BottomFirst;
        const FrameSupply::Source source {.fd = fd,
            .limits = limits,
            .index = &impl->index,
            .maySkip = !fields && !impl->index.counted,
            .frameBytes = qint64(video->width) * video->height * (video->bitDepth > 8 ? 6 : 3) / 2};
        auto supply = FrameSupply::create(std::move(*input), source, cacheBytes - cacheBytes / kPicturesShare);
        if (!supply)
            return std::move(supply).error();
        impl->supply = std::move(*supply);
    }
    impl->facts = std::move(*facts);
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
    const auto size = m_impl->sizeFor(number, bounds);
    if (!size)
        return size.error();
    if (auto made = m_impl->pictures.find(number, *size)) {
        m_impl->supply->moveTo(number);
        return std::move(*made);
    }
    const auto kept = m_impl->supply->bring(number, cancel);
    return kept ? m_impl->shown(**kept, *size) : kept.error();
}

Result<PictureBuffer> IndexedDecoder::nearFrame(qint64 number, PictureSize bounds, const CancelToken& cancel)
{
    const auto size = m_impl->sizeFor(number, bounds);
    if (!size)
        return size.error();
    const auto kept = m_impl->supply->bringFirst(number, cancel);
    return kept ? m_impl->shown(**kept, *size) : kept.error();
}

bool IndexedDecoder::prepare(Prepare what, const CancelToken& cancel)
{
    if (!m_impl->supply || cancel.isCanceled())
        return false;
    const bool around = what == Prepare::Around || m_impl->supply->walksBack();
    return m_impl->supply->prepareAhead(cancel) || (around && m_impl->supply->prepareBehind(cancel));
}

bool IndexedDecoder::isAtHand(qint64 number) const
{
    return m_impl->supply && m_impl->supply->find(number) != nullptr;
}

qint64 IndexedDecoder::cachedBytes() const
{
    return m_impl->pictures.bytes() + (m_impl->supply ? m_impl->supply->bytes() : 0);
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
