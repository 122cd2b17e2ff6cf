#include "core/media/engine/frame_supply_p.h"

#include <algorithm>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

// Steps back by up to this many frames are taken as "walking backwards": all that is wanted before is decoded whole.
constexpr qint64 kBackwardWalk = 16;
// After a jump somebody looks around: so many frames before it are decoded whole.
constexpr qint64 kBesideJump = 4;
// So few frames are decoded before another picture would be on the screen.
constexpr qint64 kSoon = 3;
// Where keys are farther apart than this, going back to one is no work for idle time.
constexpr qint64 kLongestFill = 2000;
// The memory of a second decoder is worth it up to this size of a frame (4096×2160, 8 bits).
constexpr qint64 kLargestFilledBytes = qint64(16) << 20;

} // namespace

FrameSupply::FrameSupply(std::unique_ptr<FrameReader> reader, const Source& source, qint64 capacityBytes)
    : m_source(source)
    , m_reader(std::move(reader))
    , m_window(capacityBytes, source.frameBytes)
{
}

Result<std::unique_ptr<FrameSupply>> FrameSupply::create(
    std::unique_ptr<Input> input, const Source& source, qint64 capacityBytes)
{
    auto reader = FrameReader::create(std::move(input), *source.index, source.maySkip);
    if (!reader)
        return std::move(reader).error();
    return std::unique_ptr<FrameSupply>(new FrameSupply(std::move(*reader), source, capacityBytes));
}

DecodedWindow::Range FrameSupply::wanted() const
{
    return m_window.wanted(m_place, m_source.index->frames.count());
}

void FrameSupply::moveTo(qint64 number)
{
    const auto range = wanted();
    if (number < range.first || number >= range.end) {
        m_lost.clear();
        m_filling = false;
    }
    m_walksBack = number < m_place && m_place - number <= kBackwardWalk;
    m_place = number;
}

qint64 FrameSupply::firstKept() const
{
    return m_walksBack ? wanted().first : std::max<qint64>(m_place - kBesideJump, 0);
}

// The one that has the shortest way; for a new start the one whose position is not needed.
FrameReader& FrameSupply::readerFor(qint64 number)
{
    const auto own = m_reader->distanceTo(number);
    const auto other = m_filler ? m_filler->distanceTo(number) : std::nullopt;
    if (own && other)
        return *other < *own ? *m_filler : *m_reader;
    if (own || other)
        return own ? *m_reader : *m_filler;
    return m_filler && m_walksBack ? *m_filler : *m_reader;
}

Result<bool> FrameSupply::advance(
    FrameReader& from, qint64 firstKept, const CancelToken& cancel, std::optional<qint64>* first)
{
    const auto range = wanted();
    return from.advance(firstKept, cancel, [&](const AVFrame* frame, const VideoDecoder::Frame& about) {
        const bool named = first && !*first;
        if (named)
            *first = about.number;
        if (named || about.number >= range.first)
            m_window.add(frame, about, m_place, range);
    });
}

Result<bool> FrameSupply::readOn(FrameReader& from, qint64 number, const CancelToken& cancel)
{
    // Past it: it was lost on the way.
    while (!m_window.find(number) && from.next() && *from.next() <= number) {
        if (auto read = advance(from, firstKept(), cancel); !read)
            return read;
    }
    return m_window.find(number) != nullptr;
}

Result<void> FrameSupply::decode(qint64 number, const CancelToken& cancel)
{
    FrameReader& from = readerFor(number);
    if (from.distanceTo(number)) {
        const auto found = readOn(from, number, cancel);
        if (!found)
            return found.error();
        if (*found)
            return {};
    }
    // From the key before it; where that does not lead there, from the one before that, and last from the start.
    qint64 key = from.startFor(number);
    for (int attempt = 0; attempt < 4; ++attempt) {
        const auto sought = from.startAt(key, cancel);
        if (!sought)
            return sought.error();
        if (*sought) {
            const auto found = readOn(from, number, cancel);
            if (!found)
                return found.error();
            if (*found)
                return {};
        }
        if (key == 0 && attempt > 0)
            break;
        key = attempt >= 2 ? 0 : m_source.index->frames.keyBefore(std::max<qint64>(key - 1, 0));
    }
    return Error {ErrorCode::Corrupt, u"frame %1 cannot be decoded"_s.arg(number), "frame_not_decodable"};
}

Result<const DecodedWindow::Kept*> FrameSupply::bring(qint64 number, const CancelToken& cancel)
{
    moveTo(number);
    if (!find(number)) {
        if (const auto decoded = decode(number, cancel); !decoded)
            return decoded.error();
    }
    return find(number);
}

Result<const DecodedWindow::Kept*> FrameSupply::bringFirst(qint64 number, const CancelToken& cancel)
{
    moveTo(number);
    FrameReader& from = readerFor(number);
    const qint64 key = from.startFor(number);
    if (find(number) || from.distanceTo(number).value_or(number - key) <= kSoon)
        return bring(number, cancel);
    if (!from.distanceTo(number)) {
        const auto started = from.startAt(key, cancel);
        if (!started)
            return started.error();
    }
    std::optional<qint64> first;
    while (!first && from.next() && *from.next() <= number) {
        if (const auto read = advance(from, firstKept(), cancel, &first); !read)
            return read.error();
    }
    if (first && find(*first))
        return find(*first);
    return bring(number, cancel);
}

bool FrameSupply::openFiller(const CancelToken& cancel)
{
    if (m_filler || m_noFiller)
        return m_filler != nullptr;
    m_noFiller = m_source.frameBytes > kLargestFilledBytes;
    if (m_noFiller)
        return false;
    auto input = Input::open(m_source.fd, m_source.limits, cancel);
    if (!input) {
        m_noFiller = input.error().code != ErrorCode::Canceled;
        return false;
    }
    auto made = FrameReader::create(std::move(*input), *m_source.index, m_source.maySkip);
    m_noFiller = !made;
    if (made)
        m_filler = std::move(*made);
    return m_filler != nullptr;
}

void FrameSupply::workTowards(FrameReader& from, qint64 missing, qint64 firstKept, const CancelToken& cancel)
{
    if (!from.distanceTo(missing)) {
        const auto started = from.startAt(from.startFor(missing), cancel);
        if (started ? !*started : started.error().code != ErrorCode::Canceled)
            m_lost.insert(missing);
        return;
    }
    const auto read = advance(from, firstKept, cancel);
    const bool passed = !from.next() || *from.next() > missing;
    if (read ? passed && !find(missing) : read.error().code != ErrorCode::Canceled)
        m_lost.insert(missing);
}

bool FrameSupply::prepareAhead(const CancelToken& cancel)
{
    const qint64 end = wanted().end;
    qint64 missing = m_window.firstMissingFrom(m_place);
    while (missing < end && m_lost.contains(missing))
        missing = m_window.firstMissingFrom(missing + 1);
    if (missing >= end)
        return false;
    const bool fillerIsNear = m_filler && m_filler->distanceTo(missing) && !m_reader->distanceTo(missing);
    workTowards(fillerIsNear ? *m_filler : *m_reader, missing, missing, cancel);
    return true;
}

bool FrameSupply::prepareBehind(const CancelToken& cancel)
{
    const qint64 first = wanted().first;
    qint64 missing = m_window.lastMissingBefore(m_place);
    while (missing >= first && m_lost.contains(missing))
        missing = m_window.lastMissingBefore(missing);
    if (missing < first) {
        m_filling = false;
        return false;
    }
    // Going back to a key for each frame that was used up would decode everything many times.
    const bool enough = (m_place - 1 - missing) * 2 > m_place - first;
    if (!m_filling && (enough || missing - m_reader->startFor(missing) > kLongestFill))
        return false;
    if (!openFiller(cancel))
        return false;
    m_filling = true;
    workTowards(*m_filler, missing, first, cancel);
    return true;
}

} // namespace vidimus::media::engine
