#include "core/matching/fingerprint.h"

#include <QJsonArray>
#include <QtEndian>

namespace vidimus::matching {

using namespace Qt::StringLiterals;

namespace {

// Format 1: magic u32, kind u8, count of turned hashes u8, zero u16, duration u64 (ms), frames u32; the turned hashes;
// for each frame: time u32 (ms), frame u32, quality u8 with the top bit when a content hash follows, hash, [content].
constexpr quint32 kMagic = 0x31504656; // "VFP1"
constexpr qsizetype kHeaderBytes = 20;
constexpr qsizetype kHashBytes = kPdqBits / 8;
constexpr qsizetype kLeastFrameBytes = 9 + kHashBytes;
constexpr quint8 kHasContent = 0x80;
constexpr quint8 kMaxTurned = 7;

template<class T>
void put(QByteArray& out, T value)
{
    const T little = qToLittleEndian(value);
    out.append(reinterpret_cast<const char*>(&little), sizeof little);
}

void put(QByteArray& out, const PdqHash& hash)
{
    for (const quint64 word : hash.words)
        put(out, word);
}

class Cursor {
public:
    explicit Cursor(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] qsizetype rest() const { return m_rest.size(); }

    template<class T>
    T take()
    {
        if (m_rest.size() < qsizetype(sizeof(T))) {
            m_failed = true;
            return {};
        }
        const T value = qFromLittleEndian<T>(m_rest.data());
        m_rest = m_rest.sliced(sizeof(T));
        return value;
    }
    PdqHash takeHash()
    {
        PdqHash hash;
        for (auto& word : hash.words)
            word = take<quint64>();
        return hash;
    }

private:
    QByteArrayView m_rest;
    bool m_failed = false;
};

Error broken(const QString& what)
{
    return {ErrorCode::Invalid, u"fingerprint: "_s + what, "bad_fingerprint"};
}

} // namespace

QJsonObject toJson(const Fingerprint& fingerprint)
{
    QJsonArray frames;
    for (const FingerprintFrame& frame : fingerprint.frames) {
        frames.append(QJsonObject {{u"time"_s, double(frame.time.count()) / 1000.0}, {u"frame"_s, frame.frame},
            {u"pdq"_s, toHex(frame.hash)}, {u"quality"_s, frame.quality}});
    }
    return {{u"kind"_s, fingerprint.kind == FingerprintKind::Image ? u"image"_s : u"video"_s}, {u"frames"_s, frames}};
}

QByteArray toBytes(const Fingerprint& fingerprint)
{
    QByteArray out;
    out.reserve(kHeaderBytes + qsizetype(fingerprint.frames.size()) * kLeastFrameBytes);
    put(out, kMagic);
    put(out, static_cast<quint8>(fingerprint.kind));
    put(out, static_cast<quint8>(fingerprint.turned.size()));
    put(out, quint16(0));
    put(out, static_cast<quint64>(fingerprint.duration.count()));
    put(out, static_cast<quint32>(fingerprint.frames.size()));
    for (const PdqHash& hash : fingerprint.turned)
        put(out, hash);
    for (const FingerprintFrame& frame : fingerprint.frames) {
        const bool own = frame.content != frame.hash;
        put(out, static_cast<quint32>(frame.time.count()));
        put(out, static_cast<quint32>(frame.frame));
        put(out, static_cast<quint8>(frame.quality | (own ? kHasContent : 0)));
        put(out, frame.hash);
        if (own)
            put(out, frame.content);
    }
    return out;
}

Result<Fingerprint> fingerprintFromBytes(QByteArrayView bytes)
{
    Cursor cursor(bytes);
    if (cursor.take<quint32>() != kMagic)
        return broken(u"another format"_s);
    Fingerprint result;
    const auto kind = cursor.take<quint8>();
    const auto turned = cursor.take<quint8>();
    const auto zero = cursor.take<quint16>();
    const auto duration = cursor.take<quint64>();
    const auto count = cursor.take<quint32>();
    if (cursor.failed() || kind > 1 || turned > kMaxTurned || zero != 0 || duration > quint32(-1))
        return broken(u"a bad header"_s);
    if (count > kMaxFingerprintFrames)
        return Error {ErrorCode::LimitExceeded, u"fingerprint: %1 frames"_s.arg(count), "bad_fingerprint"};
    if (qsizetype(count) * kLeastFrameBytes + turned * kHashBytes > cursor.rest())
        return broken(u"it is cut"_s);
    result.kind = static_cast<FingerprintKind>(kind);
    result.duration = Milliseconds(static_cast<qint64>(duration));
    for (int i = 0; i < turned; ++i)
        result.turned.push_back(cursor.takeHash());
    result.frames.reserve(count);
    for (quint32 i = 0; i < count; ++i) {
        FingerprintFrame frame;
        frame.time = Milliseconds(cursor.take<quint32>());
        frame.frame = cursor.take<quint32>();
        const auto quality = cursor.take<quint8>();
        frame.quality = quality & ~kHasContent;
        frame.hash = cursor.takeHash();
        frame.content = (quality & kHasContent) != 0 ? cursor.takeHash() : frame.hash;
        const bool ordered = result.frames.empty() || result.frames.back().time <= frame.time;
        if (cursor.failed() || frame.quality > 100 || !ordered)
            return broken(u"frame %1"_s.arg(i));
        result.frames.push_back(frame);
    }
    if (cursor.rest() != 0)
        return broken(u"bytes after its end"_s);
    return result;
}

} // namespace vidimus::matching
