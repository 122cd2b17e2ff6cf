#include "core/matching/hash_journal.h"

#include <QtEndian>

namespace vidimus::matching {

namespace {

// kind u32, hashes u32, number u64, length u64 (ms), for each hash: time u32 and the four words of the hash; checksum
// u64. All little-endian.
constexpr qsizetype kHeadBytes = 24;
constexpr qsizetype kHashBytes = 4 + 32;
constexpr qsizetype kChecksumBytes = 8;

template<class T>
void put(QByteArray& out, T value)
{
    const T little = qToLittleEndian(value);
    out.append(reinterpret_cast<const char*>(&little), sizeof little);
}

/// FNV-1a, 64 bits: finds a record that was cut or never reached the disk.
quint64 checksumOf(QByteArrayView bytes)
{
    quint64 sum = 0xcbf2'9ce4'8422'2325;
    for (const char byte : bytes)
        sum = (sum ^ static_cast<quint8>(byte)) * 0x100'0000'01b3;
    return sum;
}

} // namespace

QByteArray toBytes(const JournalRecord& record)
{
    QByteArray out;
    out.reserve(kHeadBytes + qsizetype(record.document.hashes.size()) * kHashBytes + kChecksumBytes);
    put(out, static_cast<quint32>(record.kind));
    put(out, static_cast<quint32>(record.document.hashes.size()));
    put(out, static_cast<quint64>(record.document.number));
    put(out, static_cast<quint64>(record.document.length.count()));
    for (const TimedHash& hash : record.document.hashes) {
        put(out, static_cast<quint32>(hash.time.count()));
        for (const quint64 word : hash.hash.words)
            put(out, word);
    }
    put(out, checksumOf(out));
    return out;
}

std::optional<JournalRecord> takeJournalRecord(QByteArrayView& bytes)
{
    if (bytes.size() < kHeadBytes + kChecksumBytes)
        return std::nullopt;
    const auto kind = qFromLittleEndian<quint32>(bytes.data());
    const auto count = qFromLittleEndian<quint32>(bytes.data() + 4);
    const qsizetype bodyBytes = kHeadBytes + qsizetype(count) * kHashBytes;
    if (kind < 1 || kind > 2 || bytes.size() < bodyBytes + kChecksumBytes)
        return std::nullopt;
    if (checksumOf(bytes.first(bodyBytes)) != qFromLittleEndian<quint64>(bytes.data() + bodyBytes))
        return std::nullopt;
    JournalRecord record {static_cast<JournalRecord::Kind>(kind), {}};
    record.document.number = qFromLittleEndian<quint64>(bytes.data() + 8);
    record.document.length = Milliseconds(qFromLittleEndian<quint32>(bytes.data() + 16));
    record.document.hashes.reserve(count);
    const char* at = bytes.data() + kHeadBytes;
    for (quint32 n = 0; n < count; ++n, at += kHashBytes) {
        TimedHash hash {Milliseconds(qFromLittleEndian<quint32>(at)), {}};
        for (std::size_t word = 0; word < hash.hash.words.size(); ++word)
            hash.hash.words[word] = qFromLittleEndian<quint64>(at + 4 + 8 * word);
        record.document.hashes.push_back(hash);
    }
    bytes = bytes.sliced(bodyBytes + kChecksumBytes);
    return record;
}

} // namespace vidimus::matching
