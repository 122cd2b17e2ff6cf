// The compact form of FrameIndex: a magic number, time base, origin and count, then for each frame the step of its pts
// with the key flag in the lowest bit, and its duration less that of the frame before. Numbers are LEB128, signed ones
// zigzag-coded first.
#include "core/media/frame_index.h"

#include <limits>

namespace vidimus::media {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 kMagic = 0x31495856; // "VXI1"
constexpr quint64 kMaxFrames = 16'000'000;
// Far from overflow in every later sum; 2^55 units of a 90 kHz clock are 12,000 years.
constexpr qint64 kMaxTimestamp = qint64(1) << 55;

quint64 zigzag(qint64 value)
{
    return (static_cast<quint64>(value) << 1) ^ static_cast<quint64>(value >> 63);
}

qint64 unzigzag(quint64 value)
{
    return static_cast<qint64>(value >> 1) ^ -static_cast<qint64>(value & 1);
}

void put(QByteArray& out, quint64 value)
{
    while (value >= 0x80) {
        out.append(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    out.append(static_cast<char>(value));
}

class Cursor {
public:
    explicit Cursor(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }
    quint64 take()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (m_rest.isEmpty())
                break;
            const auto byte = static_cast<quint8>(m_rest.front());
            m_rest = m_rest.sliced(1);
            if (shift == 63 && byte > 1)
                break;
            value |= static_cast<quint64>(byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        m_failed = true;
        return 0;
    }
    qint64 takeSigned() { return unzigzag(take()); }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] qsizetype left() const { return m_rest.size(); }

private:
    QByteArrayView m_rest;
    bool m_failed = false;
};

Error invalid(const QString& what)
{
    return {ErrorCode::Invalid, u"frame index: "_s + what, "frame_index_invalid"};
}

bool isSane(qint64 timestamp)
{
    return timestamp > -kMaxTimestamp && timestamp < kMaxTimestamp;
}

bool isSane(Rational value, bool positive)
{
    constexpr qint64 kMax = std::numeric_limits<qint32>::max();
    return value.den > 0 && value.den <= kMax && isSane(value.num)
        && (!positive || (value.num > 0 && value.num <= kMax));
}

} // namespace

QByteArray FrameIndex::toBytes() const
{
    QByteArray out;
    out.reserve(static_cast<qsizetype>(count()) * 3 + 32);
    put(out, kMagic);
    for (const Rational value : {m_timeBase, m_origin}) {
        put(out, zigzag(value.num));
        put(out, zigzag(value.den));
    }
    put(out, static_cast<quint64>(count()));
    qint64 pts = 0;
    qint64 duration = 0;
    for (qint64 n = 0; n < count(); ++n) {
        const FrameIndexEntry entry = at(n);
        put(out, (zigzag(entry.pts - pts) << 1) | (entry.key ? 1U : 0U));
        put(out, zigzag(entry.duration - duration));
        pts = entry.pts;
        duration = entry.duration;
    }
    return out;
}

Result<FrameIndex> FrameIndex::fromBytes(QByteArrayView bytes)
{
    Cursor cursor(bytes);
    if (cursor.take() != kMagic)
        return invalid(u"not one of ours"_s);
    const qint64 baseNum = cursor.takeSigned();
    const Rational timeBase {baseNum, cursor.takeSigned()};
    const qint64 originNum = cursor.takeSigned();
    const Rational origin {originNum, cursor.takeSigned()};
    const quint64 count = cursor.take();
    if (cursor.failed() || !isSane(timeBase, true) || !isSane(origin, false))
        return invalid(u"bad header"_s);
    if (count > kMaxFrames)
        return Error {ErrorCode::LimitExceeded, u"frame index: more than 16 million frames"_s, "too_many_frames"};
    if (static_cast<quint64>(cursor.left()) / 2 < count)
        return invalid(u"cut short"_s);
    std::vector<FrameIndexEntry> entries;
    entries.reserve(static_cast<std::size_t>(count));
    qint64 pts = 0;
    qint64 duration = 0;
    for (quint64 n = 0; n < count; ++n) {
        const quint64 packed = cursor.take();
        const qint64 step = unzigzag(packed >> 1);
        const qint64 durationStep = cursor.takeSigned();
        if (cursor.failed() || !isSane(step) || !isSane(durationStep) || (n > 0 && step <= 0))
            return invalid(u"bad step at frame %1"_s.arg(n));
        pts += step;
        duration += durationStep;
        if (!isSane(pts) || duration < 0 || !isSane(duration))
            return invalid(u"bad time at frame %1"_s.arg(n));
        entries.push_back({.pts = pts, .duration = duration, .key = (packed & 1) != 0});
    }
    if (cursor.left() != 0)
        return invalid(u"%1 bytes too many"_s.arg(cursor.left()));
    return FrameIndex(timeBase, origin, entries);
}

} // namespace vidimus::media
