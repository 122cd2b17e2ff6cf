#include "core/matching/hash_index.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/posix_error.h"
#include "core/matching/hash_journal.h"
#include "core/matching/hash_scan.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <mutex>
#include <unistd.h>

namespace vidimus::matching {

using namespace Qt::StringLiterals;

namespace {

const QString kManifest = u"index.json"_s;
/// The journal becomes a segment when it holds this many hashes: reading them all takes less than a millisecond.
constexpr std::size_t kFreezeAt = 1 << 16;
/// Segments with more hashes are not merged again: it would take seconds and a gigabyte.
constexpr std::size_t kMergeUpTo = 1 << 22;
constexpr qint64 kMaxManifestBytes = 64 << 20;
constexpr qint64 kMaxJournalBytes = qint64(1) << 31;

Error damaged(const QString& what)
{
    return {ErrorCode::Corrupt, u"hash index: "_s + what, "hash_index_damaged"};
}

bool isPlainName(const QString& name)
{
    return !name.isEmpty() && !name.contains(u'/') && !name.startsWith(u'.');
}

} // namespace

HashIndex::HashIndex(QString folder)
    : m_folder(std::move(folder))
{
}

void HashIndex::Tail::add(const IndexedDocument& document)
{
    documents.push_back(document);
    for (const TimedHash& hash : document.hashes)
        hashes.push_back(hash.hash);
    ends.push_back(hashes.size());
}

Result<std::unique_ptr<HashIndex>> HashIndex::open(const QString& folder)
{
    if (auto made = makeFolderDurably(folder); !made)
        return std::move(made).error();
    std::unique_ptr<HashIndex> index(new HashIndex(folder));
    if (auto loaded = index->load(); !loaded)
        return std::move(loaded).error();
    return index;
}

Result<void> HashIndex::load()
{
    const auto text = readFile(pathOf(kManifest), kMaxManifestBytes);
    if (!text && text.error().code != ErrorCode::NotFound)
        return text.error();
    if (text) {
        const auto manifest = parseJsonObject(*text);
        if (!manifest || manifest->value("format"_L1).toInt() != 1)
            return damaged(u"its manifest cannot be read"_s);
        m_journalName = manifest->value("journal"_L1).toString();
        m_nextFile = manifest->value("next_file"_L1).toInteger();
        m_frozenNumber = manifest->value("last_number"_L1).toString().toULongLong();
        m_lastNumber = m_frozenNumber;
        for (const QJsonValue& number : manifest->value("removed"_L1).toArray())
            m_removed.insert(number.toString().toULongLong());
        for (const QJsonValue& name : manifest->value("segments"_L1).toArray()) {
            if (!isPlainName(name.toString()))
                return damaged(u"a segment's name"_s);
            auto segment = HashSegment::open(pathOf(name.toString()));
            if (!segment)
                return damaged(segment.error().detail);
            m_names.append(name.toString());
            m_segments.push_back(*std::move(segment));
        }
        if (!isPlainName(m_journalName) || m_nextFile < 1)
            return damaged(u"its manifest has no journal"_s);
        if (auto replayed = replayJournal(); !replayed)
            return replayed;
    } else {
        m_journalName = u"%1.journal"_s.arg(m_nextFile++);
        if (auto written = writeManifest({}, m_journalName, {}); !written)
            return written;
    }
    removeStrangers();
    return openJournal();
}

Result<void> HashIndex::replayJournal()
{
    const auto bytes = readFile(pathOf(m_journalName), kMaxJournalBytes);
    if (!bytes)
        return bytes.error().code == ErrorCode::NotFound ? Result<void>() : Result<void>(bytes.error());
    QByteArrayView rest(*bytes);
    while (auto record = takeJournalRecord(rest)) {
        if (record->kind == JournalRecord::Kind::Remove) {
            m_removed.insert(record->document.number);
        } else if (record->document.number > m_lastNumber) {
            m_lastNumber = record->document.number;
            m_tail.add(record->document);
        }
    }
    m_journalBytes = bytes->size() - rest.size();
    return {};
}

Result<void> HashIndex::openJournal()
{
    m_journal
        = UniqueFd(::open(QFile::encodeName(pathOf(m_journalName)).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    if (!m_journal.isValid())
        return posixError("open", errno, m_journalName);
    // What stands after the last whole record was never promised.
    if (ftruncate(m_journal.get(), m_journalBytes) != 0)
        return posixError("ftruncate", errno, m_journalName);
    return syncFolder(m_folder);
}

/// Files that a crash left behind: the manifest names all that count.
void HashIndex::removeStrangers() const
{
    const QStringList known = QStringList(m_names) << m_journalName << kManifest;
    for (const QString& name : QDir(m_folder).entryList(QDir::Files | QDir::Hidden)) {
        if (!known.contains(name))
            QFile::remove(pathOf(name));
    }
}

Result<void> HashIndex::writeManifest(
    const QStringList& segments, const QString& journal, const std::set<std::uint64_t>& removed) const
{
    QJsonArray removedNumbers;
    for (const std::uint64_t number : removed)
        removedNumbers.append(QString::number(number));
    const QJsonObject manifest {{u"format"_s, 1}, {u"journal"_s, journal}, {u"next_file"_s, m_nextFile},
        {u"last_number"_s, QString::number(m_lastNumber)}, {u"removed"_s, removedNumbers},
        {u"segments"_s, QJsonArray::fromStringList(segments)}};
    return writeFileDurably(pathOf(kManifest), toJson(manifest));
}

Result<void> HashIndex::append(const QByteArray& record)
{
    qsizetype done = 0;
    while (done < record.size()) {
        const ssize_t wrote = pwrite(m_journal.get(), record.constData() + done,
            static_cast<std::size_t>(record.size() - done), m_journalBytes + done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return posixError("write", errno, m_journalName);
        done += wrote;
    }
    if (fdatasync(m_journal.get()) != 0)
        return posixError("fdatasync", errno, m_journalName);
    m_journalBytes += record.size();
    return {};
}

Result<void> HashIndex::check(std::span<const IndexedDocument> documents) const
{
    const auto fits = [](Milliseconds time) {
        return time.count() >= 0 && time.count() <= std::numeric_limits<std::uint32_t>::max();
    };
    std::uint64_t last = m_lastNumber;
    for (const IndexedDocument& document : documents) {
        if (document.number <= last)
            return Error {ErrorCode::Invalid, u"hash index: %1 is not above %2"_s.arg(document.number).arg(last), {}};
        last = document.number;
        if (!fits(document.length) || !std::ranges::all_of(document.hashes, fits, &TimedHash::time))
            return Error {ErrorCode::Invalid, u"hash index: a time past 49 days"_s, {}};
    }
    return {};
}

Result<void> HashIndex::add(const IndexedDocument& document)
{
    return addAll({&document, 1});
}

Result<void> HashIndex::addAll(std::span<const IndexedDocument> documents)
{
    const std::unique_lock lock(m_mutex);
    if (auto fine = check(documents); !fine)
        return fine;
    std::size_t hashes = 0;
    for (const IndexedDocument& document : documents)
        hashes += document.hashes.size();
    const bool many = hashes >= kFreezeAt; // they go into a segment at once
    if (!many) {
        QByteArray records;
        for (const IndexedDocument& document : documents)
            records += toBytes({JournalRecord::Kind::Add, document});
        if (auto appended = append(records); !appended)
            return appended;
    }
    for (const IndexedDocument& document : documents) {
        m_tail.add(document);
        m_lastNumber = document.number;
    }
    if (many)
        return freeze();
    // What was added is on the disk: when there is no room for a segment now, the next one tries again.
    if (m_tail.hashes.size() >= kFreezeAt)
        static_cast<void>(freeze());
    return {};
}

Result<void> HashIndex::remove(std::uint64_t number)
{
    const std::unique_lock lock(m_mutex);
    if (auto appended = append(toBytes({JournalRecord::Kind::Remove, {number, {}}})); !appended)
        return appended;
    m_removed.insert(number);
    return {};
}

/// Makes a segment of the journal's documents and of the small segments before it, and begins a new journal.
Result<void> HashIndex::freeze()
{
    auto done = freezeTail();
    if (!done) { // back to what the journal holds
        m_tail = {};
        m_lastNumber = m_frozenNumber;
        if (auto replayed = replayJournal(); !replayed)
            return replayed;
    }
    return done;
}

Result<void> HashIndex::freezeTail()
{
    std::size_t keep = m_segments.size();
    std::size_t hashes = m_tail.hashes.size();
    while (keep > 0 && m_segments[keep - 1]->hashCount() <= 2 * hashes
        && m_segments[keep - 1]->hashCount() + hashes <= kMergeUpTo)
        hashes += m_segments[--keep]->hashCount();
    std::vector<IndexedDocument> documents;
    std::set<std::uint64_t> stillRemoved = m_removed;
    const auto take = [&](IndexedDocument document) {
        if (m_removed.contains(document.number))
            stillRemoved.erase(document.number);
        else
            documents.push_back(std::move(document));
    };
    for (std::size_t n = keep; n < m_segments.size(); ++n) {
        for (std::size_t position = 0; position < m_segments[n]->documentCount(); ++position)
            take(m_segments[n]->documentAt(position));
    }
    for (IndexedDocument& document : m_tail.documents)
        take(std::move(document));
    const auto built = HashSegment::build(documents);
    const QString name = u"%1.segment"_s.arg(m_nextFile++);
    if (auto written = built->write(pathOf(name)); !written)
        return written;
    auto segment = HashSegment::open(pathOf(name));
    if (!segment)
        return segment.error();
    const QString journal = u"%1.journal"_s.arg(m_nextFile++);
    QStringList names = m_names.first(static_cast<qsizetype>(keep)) << name;
    if (auto written = writeManifest(names, journal, stillRemoved); !written)
        return written;
    m_removed = std::move(stillRemoved);
    m_frozenNumber = m_lastNumber;
    m_tail = {};
    m_names = std::move(names);
    m_segments.resize(keep);
    m_segments.push_back(*std::move(segment));
    m_journalName = journal;
    m_journalBytes = 0;
    removeStrangers();
    return openJournal();
}

void HashIndex::find(const PdqHash& hash, int reach, std::vector<HashHit>& hits) const
{
    const std::shared_lock lock(m_mutex);
    const std::size_t before = hits.size();
    for (const auto& segment : m_segments)
        segment->find(hash, reach, hits);
    scanHashes(m_tail.hashes, hash, reach, [&](std::size_t position, int apart) {
        const auto owner
            = static_cast<std::size_t>(std::ranges::upper_bound(m_tail.ends, position) - m_tail.ends.begin());
        const IndexedDocument& document = m_tail.documents[owner];
        const std::size_t start = owner == 0 ? 0 : m_tail.ends[owner - 1];
        hits.push_back({document.number, document.hashes[position - start].time, apart});
    });
    if (!m_removed.empty()) {
        hits.erase(std::remove_if(hits.begin() + static_cast<std::ptrdiff_t>(before), hits.end(),
                       [this](const HashHit& hit) { return m_removed.contains(hit.document); }),
            hits.end());
    }
}

std::optional<IndexedDocument> HashIndex::document(std::uint64_t number) const
{
    const std::shared_lock lock(m_mutex);
    if (m_removed.contains(number))
        return std::nullopt;
    for (const auto& segment : m_segments) {
        if (const auto position = segment->positionOf(number))
            return segment->documentAt(*position);
    }
    const auto found = std::ranges::lower_bound(m_tail.documents, number, {}, &IndexedDocument::number);
    if (found == m_tail.documents.end() || found->number != number)
        return std::nullopt;
    return *found;
}

std::vector<std::uint64_t> HashIndex::numbers() const
{
    const std::shared_lock lock(m_mutex);
    std::vector<std::uint64_t> result;
    for (const auto& segment : m_segments) {
        for (std::size_t position = 0; position < segment->documentCount(); ++position)
            result.push_back(segment->numberAt(position));
    }
    for (const IndexedDocument& document : m_tail.documents)
        result.push_back(document.number);
    std::erase_if(result, [this](std::uint64_t number) { return m_removed.contains(number); });
    return result;
}

std::uint64_t HashIndex::lastNumber() const
{
    const std::shared_lock lock(m_mutex);
    return m_lastNumber;
}

std::size_t HashIndex::hashCount() const
{
    const std::shared_lock lock(m_mutex);
    std::size_t count = m_tail.hashes.size();
    for (const auto& segment : m_segments)
        count += segment->hashCount();
    return count;
}

} // namespace vidimus::matching
