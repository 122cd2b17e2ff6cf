#include "core/matching/hash_segment.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/base/unique_fd.h"
#include "core/matching/hash_scan.h"

#include <QFile>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vidimus::matching {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t kMagic = 0x3130'5845'4449'4856; // "VHIDEX01"
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kPieces = 16;
constexpr std::size_t kPieceValues = 1 << 16;
/// Below this many hashes reading all is faster than looking into tables.
constexpr std::size_t kTablesFrom = 1 << 14;
constexpr std::size_t kMaxHashes = std::size_t(1) << 31;

std::uint32_t pieceOf(const PdqHash& hash, std::size_t piece)
{
    return static_cast<std::uint32_t>(hash.words[piece / 4] >> (piece % 4 * 16) & 0xFFFF);
}

constexpr std::size_t aligned(std::size_t bytes)
{
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

Error damaged(const QString& what)
{
    return {ErrorCode::Corrupt, u"hash index: "_s + what, "hash_index_damaged"};
}

} // namespace

struct HashSegment::Header {
    std::uint64_t magic;
    std::uint64_t documents;
    std::uint64_t hashes;
    std::uint64_t hasTables; ///< 0 or 1
    std::uint64_t unused[4];

    struct Sizes {
        std::size_t documents, times, hashes, starts, ids;
        [[nodiscard]] std::size_t total() const { return kAlignment + documents + times + hashes + starts + ids; }
    };
    [[nodiscard]] Sizes sizes() const
    {
        return {aligned(documents * sizeof(DocumentRow)), aligned(hashes * sizeof(std::uint32_t)),
            aligned(hashes * sizeof(PdqHash)), hasTables != 0 ? aligned(kPieces * (kPieceValues + 1) * 4) : 0,
            hasTables != 0 ? aligned(kPieces * hashes * 4) : 0};
    }
};

HashSegment::~HashSegment()
{
    if (m_mapping != nullptr)
        munmap(m_mapping, m_memory.size());
}

/// Finds the parts in m_memory; false when they do not fit together.
bool HashSegment::layOut()
{
    Header header {};
    if (m_memory.size() < sizeof header)
        return false;
    std::memcpy(&header, m_memory.data(), sizeof header);
    if (header.magic != kMagic || header.documents > kMaxHashes || header.hashes > kMaxHashes || header.hasTables > 1)
        return false;
    const Header::Sizes sizes = header.sizes();
    if (m_memory.size() != sizes.total())
        return false;
    const std::byte* at = m_memory.data() + kAlignment;
    const auto take = [&at](auto& part, std::size_t count, std::size_t size) {
        using Element = typename std::remove_reference_t<decltype(part)>::element_type;
        part = {reinterpret_cast<Element*>(at), count};
        at += size;
    };
    take(m_documents, header.documents, sizes.documents);
    take(m_times, header.hashes, sizes.times);
    take(m_hashes, header.hashes, sizes.hashes);
    if (header.hasTables != 0) {
        take(m_starts, kPieces * (kPieceValues + 1), sizes.starts);
        take(m_ids, kPieces * header.hashes, sizes.ids);
    }
    std::uint64_t next = 0;
    for (std::size_t n = 0; n < m_documents.size(); ++n) {
        const DocumentRow& row = m_documents[n];
        if (row.firstHash != next || (n > 0 && row.number <= m_documents[n - 1].number))
            return false;
        next += row.hashCount;
    }
    for (std::size_t piece = 0; piece < kPieces && header.hasTables != 0; ++piece) {
        const auto table = m_starts.subspan(piece * (kPieceValues + 1), kPieceValues + 1);
        if (table.front() != 0 || table.back() != header.hashes || !std::ranges::is_sorted(table))
            return false;
    }
    return next == header.hashes;
}

std::shared_ptr<const HashSegment> HashSegment::build(std::span<const IndexedDocument> documents)
{
    Header header {.magic = kMagic, .documents = documents.size(), .hashes = 0, .hasTables = 0, .unused = {}};
    for (const IndexedDocument& document : documents)
        header.hashes += document.hashes.size();
    header.hasTables = header.hashes >= kTablesFrom ? 1 : 0;
    const Header::Sizes sizes = header.sizes();
    const std::shared_ptr<HashSegment> segment(new HashSegment);
    segment->m_owned.resize(sizes.total() / sizeof(std::uint64_t));
    auto* memory = reinterpret_cast<std::byte*>(segment->m_owned.data());
    std::memcpy(memory, &header, sizeof header);
    auto* rows = reinterpret_cast<DocumentRow*>(memory + kAlignment);
    auto* times = reinterpret_cast<std::uint32_t*>(memory + kAlignment + sizes.documents);
    auto* hashes = reinterpret_cast<PdqHash*>(memory + kAlignment + sizes.documents + sizes.times);
    std::uint32_t next = 0;
    for (const IndexedDocument& document : documents) {
        *rows++ = {document.number, next, static_cast<std::uint32_t>(document.hashes.size()),
            static_cast<std::uint32_t>(document.length.count()), 0};
        for (const TimedHash& hash : document.hashes) {
            times[next] = static_cast<std::uint32_t>(hash.time.count());
            hashes[next++] = hash.hash;
        }
    }
    segment->m_hashes = {hashes, header.hashes};
    if (header.hasTables != 0) {
        auto* starts
            = reinterpret_cast<std::uint32_t*>(memory + kAlignment + sizes.documents + sizes.times + sizes.hashes);
        auto* ids = reinterpret_cast<std::uint32_t*>(reinterpret_cast<std::byte*>(starts) + sizes.starts);
        segment->fillTables({starts, kPieces * (kPieceValues + 1)}, {ids, kPieces * header.hashes});
    }
    segment->m_memory = {memory, sizes.total()};
    [[maybe_unused]] const bool fits = segment->layOut();
    assert(fits);
    return segment;
}

/// Sorts the hashes by the value of each piece, by counting.
void HashSegment::fillTables(std::span<std::uint32_t> starts, std::span<std::uint32_t> ids) const
{
    for (std::size_t piece = 0; piece < kPieces; ++piece) {
        const auto table = starts.subspan(piece * (kPieceValues + 1), kPieceValues + 1);
        for (const PdqHash& hash : m_hashes)
            ++table[pieceOf(hash, piece) + 1];
        for (std::size_t value = 0; value < kPieceValues; ++value)
            table[value + 1] += table[value];
        std::vector<std::uint32_t> next(table.begin(), table.end() - 1);
        const auto list = ids.subspan(piece * m_hashes.size(), m_hashes.size());
        for (std::uint32_t id = 0; id < m_hashes.size(); ++id)
            list[next[pieceOf(m_hashes[id], piece)]++] = id;
    }
}

Result<std::shared_ptr<const HashSegment>> HashSegment::open(const QString& path)
{
    const UniqueFd fd(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!fd.isValid())
        return posixError("open", errno, path);
    struct stat status {};
    if (fstat(fd.get(), &status) != 0)
        return posixError("stat", errno, path);
    if (status.st_size < qint64(sizeof(Header)))
        return damaged(u"it is cut"_s);
    void* mapping = mmap(nullptr, std::size_t(status.st_size), PROT_READ, MAP_SHARED, fd.get(), 0);
    if (mapping == MAP_FAILED)
        return posixError("mmap", errno, path);
    const std::shared_ptr<HashSegment> segment(new HashSegment);
    segment->m_mapping = mapping;
    segment->m_memory = {static_cast<const std::byte*>(mapping), std::size_t(status.st_size)};
    if (!segment->layOut())
        return damaged(u"its parts do not fit together"_s);
    segment->fetchHashes();
    return std::shared_ptr<const HashSegment>(segment);
}

/// Every look-up reads hashes all over the file. Page by page, at the first touch, that makes the first ones ten times
/// slower than the later ones (and on a disk a thousand times); in one piece it is done in a moment.
void HashSegment::fetchHashes() const
{
#if defined(MADV_POPULATE_READ)
    if (m_starts.empty())
        return;
    const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const auto first = reinterpret_cast<std::uintptr_t>(m_hashes.data()) / page * page;
    const auto end = reinterpret_cast<std::uintptr_t>(m_hashes.data() + m_hashes.size());
    // A system that cannot, or has no room, reads as it goes.
    static_cast<void>(madvise(reinterpret_cast<void*>(first), end - first, MADV_POPULATE_READ));
#endif
}

Result<void> HashSegment::write(const QString& path) const
{
    auto file = DurableFile::create(path);
    if (!file)
        return std::move(file).error();
    if (auto written = file->write(m_memory); !written)
        return written;
    return file->commit();
}

IndexedDocument HashSegment::documentAt(std::size_t position) const
{
    const DocumentRow& row = m_documents[position];
    IndexedDocument result {row.number, Milliseconds(row.length), {}};
    result.hashes.reserve(row.hashCount);
    for (std::uint32_t id = row.firstHash; id < row.firstHash + row.hashCount; ++id)
        result.hashes.push_back({Milliseconds(m_times[id]), m_hashes[id]});
    return result;
}

std::optional<std::size_t> HashSegment::positionOf(std::uint64_t number) const
{
    const auto found = std::ranges::lower_bound(m_documents, number, {}, &DocumentRow::number);
    if (found == m_documents.end() || found->number != number)
        return std::nullopt;
    return static_cast<std::size_t>(found - m_documents.begin());
}

void HashSegment::addHit(std::uint32_t id, int apart, std::vector<HashHit>& hits) const
{
    const auto after = std::ranges::upper_bound(m_documents, id, {}, &DocumentRow::firstHash);
    // Documents without hashes begin where the next one does; the last of them owns the hash.
    hits.push_back({(after - 1)->number, Milliseconds(m_times[id]), apart});
}

template<class Hit>
[[gnu::always_inline]] inline void HashSegment::lookUp(const PdqHash& hash, int reach, const Hit& hit) const
{
    constexpr std::size_t kAhead = 24; // fetches under way at once hide the memory's latency
    std::vector<std::uint32_t> near; // of one piece, from all its lists: fetching ahead goes on from list to list
    for (std::size_t piece = 0; piece < kPieces; ++piece) {
        near.clear();
        eachList(hash, piece,
            [&](std::span<const std::uint32_t> list) { near.insert(near.end(), list.begin(), list.end()); });
        // A damaged file's numbers lead nowhere.
        std::erase_if(near, [this](std::uint32_t id) { return id >= m_hashes.size(); });
        for (std::size_t n = 0; n < near.size(); ++n) {
            if (n + kAhead < near.size())
                __builtin_prefetch(m_hashes.data() + near[n + kAhead]);
            const PdqHash& other = m_hashes[near[n]];
            const int apart = distance(hash, other);
            if (apart > reach)
                continue;
            // An earlier piece that is near enough has given this hash already.
            bool seen = false;
            for (std::size_t earlier = 0; earlier < piece && !seen; ++earlier)
                seen = std::popcount(pieceOf(hash, earlier) ^ pieceOf(other, earlier)) <= 1;
            if (!seen)
                hit(near[n], apart);
        }
    }
}

/// The hashes whose piece has this value, and those with each one bit of it changed.
template<class Use>
void HashSegment::eachList(const PdqHash& hash, std::size_t piece, const Use& use) const
{
    const std::uint32_t value = pieceOf(hash, piece);
    const std::uint32_t* table = m_starts.data() + piece * (kPieceValues + 1);
    const auto ids = m_ids.subspan(piece * m_hashes.size(), m_hashes.size());
    for (int flipped = -1; flipped < 16; ++flipped) {
        const std::uint32_t near = flipped < 0 ? value : value ^ (1U << flipped);
        use(ids.subspan(table[near], table[near + 1] - table[near]));
    }
}

/// Reading on is that many times faster than reading here and there: where a hash has very many near pieces (pictures
/// that look alike share them), all hashes are read instead. Both find the same within kPdqMatchDistance.
bool HashSegment::isScanFaster(const PdqHash& hash, int reach) const
{
    constexpr std::size_t kScanGain = 6;
    if (reach > kPdqMatchDistance)
        return false;
    std::size_t near = 0;
    for (std::size_t piece = 0; piece < kPieces; ++piece)
        eachList(hash, piece, [&near](std::span<const std::uint32_t> list) { near += list.size(); });
    return near * kScanGain > m_hashes.size();
}

template<class Hit>
VIDIMUS_POPCNT void HashSegment::lookUpFast(const PdqHash& hash, int reach, const Hit& hit) const
{
    lookUp(hash, reach, hit);
}

void HashSegment::find(const PdqHash& hash, int reach, std::vector<HashHit>& hits) const
{
    const auto hit = [&](std::size_t id, int apart) { addHit(static_cast<std::uint32_t>(id), apart, hits); };
    if (m_starts.empty() || isScanFaster(hash, reach))
        scanHashes(m_hashes, hash, reach, hit);
    else if (hasPopcnt())
        lookUpFast(hash, reach, hit);
    else
        lookUp(hash, reach, hit);
}

} // namespace vidimus::matching
