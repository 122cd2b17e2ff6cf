#include "core/base/block_file.h"

#include "core/base/read_at.h"

#include <QByteArray>
#include <QHash>
#include <array>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace vidimus {

namespace {

std::atomic<BlockFile*> s_inUse = nullptr;
std::atomic<quint64> s_files = 0;

quint64 digestOf(QByteArrayView bytes)
{
    return qHashBits(bytes.data(), static_cast<std::size_t>(bytes.size()), 0);
}

bool writeAll(int fd, QByteArrayView bytes, qint64 offset)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = pwrite(fd, bytes.data(), static_cast<std::size_t>(bytes.size()), offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = bytes.sliced(written);
        offset += written;
    }
    return true;
}

} // namespace

struct BlockFile::Cached {
    quint64 serial = 0;
    qint64 offset = -1;
    QByteArray bytes;
};

BlockFile::BlockFile(int fd)
    : m_fd(fd)
    , m_serial(++s_files)
{
    const off_t end = lseek(fd, 0, SEEK_END); // a sandbox forbids what glibc makes of fstat()
    m_end = end >= 0 ? qint64(end) : kMostBytes;
    s_inUse = this;
}

BlockFile::~BlockFile()
{
    s_inUse = nullptr;
}

BlockFile* BlockFile::inUse()
{
    return s_inUse;
}

std::optional<BlockFile::Place> BlockFile::put(QByteArrayView bytes)
{
    const qint64 offset = m_end.fetch_add(bytes.size());
    if (offset + bytes.size() > kMostBytes || !writeAll(m_fd, bytes, offset)) {
        m_end = kMostBytes; // what failed once is not tried again for every block
        return std::nullopt;
    }
    return Place {offset, bytes.size(), digestOf(bytes)};
}

// Several lists are read side by side, number by number: each thread keeps the blocks that it read last.
const BlockFile::Cached* BlockFile::fetch(const Place& place)
{
    thread_local std::array<Cached, 64> cache;
    constexpr quint64 kSpread = 0x9e3779b97f4a7c15; // the golden ratio's fraction (Knuth, TAOCP 6.4)
    Cached& cached = cache[(static_cast<quint64>(place.offset) * kSpread) >> 58];
    if (cached.serial == m_serial && cached.offset == place.offset && cached.bytes.size() == place.bytes)
        return &cached;
    cached.serial = 0;
    if (place.offset < 0 || place.bytes < 0 || place.bytes > kMostBytes || place.offset > kMostBytes - place.bytes)
        return nullptr;
    cached.bytes.resize(place.bytes);
    const auto got = readAt(m_fd, {cached.bytes.data(), static_cast<std::size_t>(place.bytes)}, place.offset, {});
    if (!got || *got != place.bytes || digestOf(cached.bytes) != place.digest)
        return nullptr;
    cached.serial = m_serial;
    cached.offset = place.offset;
    return &cached;
}

void BlockFile::read(const Place& place, qsizetype from, std::span<char> to)
{
    const auto length = static_cast<qsizetype>(to.size());
    const Cached* cached = fetch(place);
    if (cached == nullptr || from < 0 || from + length > cached->bytes.size()) {
        m_isSound = false;
        std::memset(to.data(), 0, to.size());
        return;
    }
    std::memcpy(to.data(), cached->bytes.constData() + from, to.size());
}

bool BlockFile::holds(const Place& place)
{
    return fetch(place) != nullptr;
}

} // namespace vidimus
