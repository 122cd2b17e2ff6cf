#pragma once

#include "core/base/instant.h"
#include "core/matching/pdq_hash.h"

#include <QByteArray>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace vidimus::matching {

/// A hash and when it is seen.
struct TimedHash {
    Milliseconds time {0};
    PdqHash hash;

    friend bool operator==(const TimedHash&, const TimedHash&) = default;
};

/// The hashes of one video or image under a number that the caller gives; numbers are never used twice.
struct IndexedDocument {
    std::uint64_t number = 0;
    Milliseconds length {0}; ///< of the video; 0 for an image
    std::vector<TimedHash> hashes; ///< in the order of their times

    friend bool operator==(const IndexedDocument&, const IndexedDocument&) = default;
};

/// A hash that is near to the one asked for.
struct HashHit {
    std::uint64_t document = 0;
    Milliseconds time {0};
    int distance = 0;

    friend bool operator==(const HashHit&, const HashHit&) = default;
};

/// An immutable set of documents in one piece of memory or one mapped file (docs/hash-index-format.md). Every hash
/// within kPdqMatchDistance of the one asked for is found: 256 bits are 16 pieces, and of 31 differing bits at least
/// one piece has at most one. Small segments have no tables and are read from end to end. Const functions from any
/// thread.
class HashSegment {
public:
    /// \a documents with ascending numbers; together at most 2^31 hashes.
    [[nodiscard]] static std::shared_ptr<const HashSegment> build(std::span<const IndexedDocument> documents);
    /// Maps a file that write() made. Its structure is checked; what it holds is taken as it is. Errors: NotFound, Io,
    /// Corrupt (reason "hash_index_damaged").
    [[nodiscard]] static Result<std::shared_ptr<const HashSegment>> open(const QString& path);
    ~HashSegment();
    HashSegment(const HashSegment&) = delete;
    HashSegment& operator=(const HashSegment&) = delete;

    /// Durable when it returns. Errors: Io, DiskFull.
    [[nodiscard]] Result<void> write(const QString& path) const;

    [[nodiscard]] std::size_t documentCount() const { return m_documents.size(); }
    [[nodiscard]] std::size_t hashCount() const { return m_hashes.size(); }
    [[nodiscard]] qint64 bytes() const { return static_cast<qint64>(m_memory.size()); }
    [[nodiscard]] std::uint64_t numberAt(std::size_t position) const { return m_documents[position].number; }
    [[nodiscard]] IndexedDocument documentAt(std::size_t position) const;
    [[nodiscard]] std::optional<std::size_t> positionOf(std::uint64_t number) const;

    /// Adds every hash within \a reach, each once. All of them up to kPdqMatchDistance; beyond it those that share a
    /// piece but for one bit, which most of the nearer ones do.
    void find(const PdqHash& hash, int reach, std::vector<HashHit>& hits) const;

private:
    struct DocumentRow {
        std::uint64_t number;
        std::uint32_t firstHash;
        std::uint32_t hashCount;
        std::uint32_t length; ///< milliseconds
        std::uint32_t unused;
    };
    struct Header;

    HashSegment() = default;
    [[nodiscard]] bool layOut();
    void fillTables(std::span<std::uint32_t> starts, std::span<std::uint32_t> ids) const;
    template<class Hit>
    void lookUp(const PdqHash& hash, int reach, const Hit& hit) const;
    template<class Hit>
    void lookUpFast(const PdqHash& hash, int reach, const Hit& hit) const;
    template<class Use>
    void eachList(const PdqHash& hash, std::size_t piece, const Use& use) const;
    [[nodiscard]] bool isScanFaster(const PdqHash& hash, int reach) const;
    void fetchHashes() const;
    void addHit(std::uint32_t id, int apart, std::vector<HashHit>& hits) const;

    std::vector<std::uint64_t> m_owned; ///< the memory of a segment that was built
    void* m_mapping = nullptr; ///< of one that was opened
    std::span<const std::byte> m_memory;
    std::span<const DocumentRow> m_documents;
    std::span<const PdqHash> m_hashes;
    std::span<const std::uint32_t> m_times;
    std::span<const std::uint32_t> m_starts; ///< 16 tables of 65,537 places in m_ids
    std::span<const std::uint32_t> m_ids; ///< 16 lists of all hashes, by the value of one piece
};

} // namespace vidimus::matching
