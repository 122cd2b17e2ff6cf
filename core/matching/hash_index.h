#pragma once

#include "core/base/unique_fd.h"
#include "core/matching/hash_segment.h"

#include <QStringList>
#include <set>
#include <shared_mutex>

namespace vidimus::matching {

/// All hashes of a library, in a folder of its own: mapped segments and a journal of what came since the last one.
/// Adding costs the new hashes, and now and then the merging of small segments. What it holds can be made again from
/// the fingerprints in the workspace's database. One process at a time; any thread.
class HashIndex {
public:
    /// Makes the folder when it is not there. A journal that ends in the middle of a record ends before it. Errors: Io,
    /// DiskFull, Corrupt (reason "hash_index_damaged": remove the folder and add everything again).
    [[nodiscard]] static Result<std::unique_ptr<HashIndex>> open(const QString& folder);

    /// Numbers ascend and are above all that were ever added. On the disk when it returns. Errors: Invalid (a number
    /// that does not ascend, a time past 49 days), Io, DiskFull; nothing was added then.
    [[nodiscard]] Result<void> add(const IndexedDocument& document);
    /// The same for many, in one piece.
    [[nodiscard]] Result<void> addAll(std::span<const IndexedDocument> documents);
    /// Errors: Io, DiskFull.
    [[nodiscard]] Result<void> remove(std::uint64_t number);

    /// See HashSegment::find().
    void find(const PdqHash& hash, int reach, std::vector<HashHit>& hits) const;
    [[nodiscard]] std::optional<IndexedDocument> document(std::uint64_t number) const;
    [[nodiscard]] std::vector<std::uint64_t> numbers() const; ///< ascending
    [[nodiscard]] std::uint64_t lastNumber() const; ///< 0: nothing was ever added
    [[nodiscard]] std::size_t hashCount() const; ///< with those of removed documents that are not merged away yet

private:
    explicit HashIndex(QString folder);

    /// Documents that are in the journal only.
    struct Tail {
        std::vector<IndexedDocument> documents;
        std::vector<PdqHash> hashes; ///< of all, side by side
        std::vector<std::size_t> ends; ///< of each document in hashes
        void add(const IndexedDocument& document);
    };

    [[nodiscard]] Result<void> load();
    [[nodiscard]] Result<void> replayJournal();
    [[nodiscard]] Result<void> openJournal();
    [[nodiscard]] Result<void> append(const QByteArray& record);
    [[nodiscard]] Result<void> freeze();
    [[nodiscard]] Result<void> freezeTail();
    [[nodiscard]] Result<void> writeManifest(
        const QStringList& segments, const QString& journal, const std::set<std::uint64_t>& removed) const;
    void removeStrangers() const;
    [[nodiscard]] Result<void> check(std::span<const IndexedDocument> documents) const;
    [[nodiscard]] QString pathOf(const QString& name) const { return m_folder + u'/' + name; }

    QString m_folder;
    mutable std::shared_mutex m_mutex;
    QStringList m_names; ///< of m_segments
    std::vector<std::shared_ptr<const HashSegment>> m_segments;
    std::set<std::uint64_t> m_removed;
    Tail m_tail;
    QString m_journalName;
    UniqueFd m_journal;
    qint64 m_journalBytes = 0;
    std::uint64_t m_lastNumber = 0;
    std::uint64_t m_frozenNumber = 0; ///< the last one in a segment
    qint64 m_nextFile = 1;
};

} // namespace vidimus::matching
