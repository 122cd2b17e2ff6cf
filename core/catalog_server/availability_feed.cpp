#include "core/catalog_server/availability_feed.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/rights/snapshot_compiler.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxFileBytes = 2LL << 30;
constexpr qint64 kMaxListBytes = 16LL << 20;
const QString kList = u"versions.jsonl"_s;

QJsonObject toJson(const FeedFile& file)
{
    return {{u"name"_s, file.name}, {u"bytes"_s, file.bytes}, {u"sha256"_s, file.sha256}};
}

FeedFile fileFrom(const QJsonObject& json)
{
    return {json.value("name"_L1).toString(), json.value("bytes"_L1).toInteger(), json.value("sha256"_L1).toString()};
}

QByteArray lineOf(const FeedVersion& version)
{
    return vidimus::toJson({{u"id"_s, version.id}, {u"version"_s, version.version}, {u"from"_s, version.from},
               {u"state"_s, version.state}, {u"file"_s, toJson(version.file)}, {u"reverse"_s, toJson(version.reverse)},
               {u"stamp"_s, version.stamp}, {u"compiler"_s, version.compiler}, {u"at"_s, toRfc3339(version.at)}})
        + '\n';
}

/// Nothing for a line that was cut off or that we did not write.
std::optional<FeedVersion> versionFrom(const QByteArray& line)
{
    const auto json = parseJsonObject(line);
    if (!json)
        return std::nullopt;
    const auto at = parseRfc3339(json->value("at"_L1).toString());
    FeedVersion version {.id = json->value("id"_L1).toInteger(),
        .version = json->value("version"_L1).toInteger(),
        .from = json->value("from"_L1).toInteger(),
        .state = json->value("state"_L1).toString(),
        .file = fileFrom(json->value("file"_L1).toObject()),
        .reverse = fileFrom(json->value("reverse"_L1).toObject()),
        .stamp = json->value("stamp"_L1).toString(),
        .compiler = json->value("compiler"_L1).toString(),
        .at = at.value_or(Instant {})};
    const bool good = version.id > 0 && version.state.size() == 32 && !version.file.name.contains(u'/')
        && !version.file.name.isEmpty() && !version.reverse.name.contains(u'/');
    return good ? std::optional(version) : std::nullopt;
}

} // namespace

AvailabilityFeed::AvailabilityFeed(QString folder)
    : m_folder(std::move(folder))
{
}

Result<std::unique_ptr<AvailabilityFeed>> AvailabilityFeed::open(const QString& folder)
{
    if (auto made = makeFolderDurably(folder); !made)
        return std::move(made).error();
    std::unique_ptr<AvailabilityFeed> feed(new AvailabilityFeed(folder));
    QSet<QString> named {kList};
    if (QFile::exists(feed->pathOf(kList))) {
        const auto list = readFile(feed->pathOf(kList), kMaxListBytes);
        if (!list)
            return list.error();
        for (const QByteArray& line : list->split('\n')) {
            const auto version = versionFrom(line);
            const auto isThere = [&feed](const FeedFile& file) {
                return file.name.isEmpty() || QFile(feed->pathOf(file.name)).size() == file.bytes;
            };
            const bool follows = version && isThere(version->file) && isThere(version->reverse)
                && (version->from == 0 || (!feed->m_versions.empty() && feed->m_versions.back().id == version->from));
            if (!follows)
                continue;
            named << version->file.name << version->reverse.name;
            feed->m_versions.push_back(*version);
        }
    }
    for (const QString& name : QDir(folder).entryList(QDir::Files)) {
        if (!named.contains(name))
            QFile::remove(feed->pathOf(name));
    }
    return feed;
}

Result<FeedFile> AvailabilityFeed::store(const QString& name, const QByteArray& bytes) const
{
    if (auto written = writeFileDurably(pathOf(name), bytes); !written)
        return std::move(written).error();
    return FeedFile {name, bytes.size(), QString::fromLatin1(sha256(bytes).toHex())};
}

Result<void> AvailabilityFeed::append(const FeedVersion& version)
{
    // An id that was announced never comes again for something else, also after a power cut.
    QFile list(pathOf(kList));
    const bool isNew = !list.exists();
    const QByteArray line = lineOf(version);
    if (!list.open(QIODevice::WriteOnly | QIODevice::Append) || list.write(line) != line.size() || !list.flush()
        || fdatasync(list.handle()) != 0)
        return Error {ErrorCode::Io, u"%1: %2"_s.arg(kList, list.errorString()), "feed_not_written"};
    if (auto synced = isNew ? syncFolder(m_folder) : Result<void>(); !synced)
        return synced;
    const std::scoped_lock lock(m_mutex);
    m_versions.push_back(version);
    return {};
}

QString AvailabilityFeed::compiler()
{
    return u"%1/%2"_s.arg(QStringLiteral(VIDIMUS_VERSION)).arg(rights::kCompilerRevision);
}

FeedVersion AvailabilityFeed::next(const FeedState& state, Instant now) const
{
    const auto last = newest();
    return {.id = last ? last->id + 1 : 1,
        .version = state.version,
        .from = 0,
        .state = QString::fromLatin1(state.state.toHex()),
        .file = {},
        .reverse = {},
        .stamp = state.stamp,
        .compiler = compiler(),
        .at = now};
}

Result<void> AvailabilityFeed::addSnapshot(const QByteArray& bytes, const FeedState& state, Instant now)
{
    FeedVersion entry = next(state, now);
    const auto last = newest();
    if (last && last->from == 0 && last->state == entry.state && last->version == entry.version
        && last->stamp == entry.stamp && last->compiler == entry.compiler)
        return {};
    auto stored = store(u"%1.snapshot"_s.arg(entry.id), bytes);
    if (!stored)
        return std::move(stored).error();
    entry.file = *stored;
    return append(entry);
}

Result<void> AvailabilityFeed::addDelta(const rights::DeltaPair& delta, const FeedState& state, Instant now)
{
    FeedVersion entry = next(state, now);
    if (entry.id == 1)
        return Error {ErrorCode::Internal, u"a delta without a snapshot"_s, "feed_empty"};
    entry.from = entry.id - 1;
    auto forward = store(u"%1.delta"_s.arg(entry.id), delta.forward);
    auto reverse = store(u"%1.reverse"_s.arg(entry.id), delta.reverse);
    if (!forward || !reverse)
        return forward ? reverse.error() : forward.error();
    entry.file = *forward;
    entry.reverse = *reverse;
    return append(entry);
}

void AvailabilityFeed::dropOld(std::optional<qint64> keptVersion)
{
    std::vector<FeedVersion> dropped;
    {
        const std::scoped_lock lock(m_mutex);
        // A generation is a snapshot and the deltas behind it; it goes as a whole.
        std::vector<std::size_t> starts;
        for (std::size_t i = 0; i < m_versions.size(); ++i) {
            if (m_versions[i].from == 0)
                starts.push_back(i);
        }
        while (starts.size() > 1 && (starts.size() > kMostSnapshots || m_versions.size() > kMostVersions)) {
            const auto first = m_versions.begin() + static_cast<std::ptrdiff_t>(starts[0]);
            const auto end = m_versions.begin() + static_cast<std::ptrdiff_t>(starts[1]);
            if (keptVersion
                && std::any_of(first, end, [&](const FeedVersion& one) { return one.version == *keptVersion; }))
                break;
            dropped.insert(dropped.end(), first, end);
            const auto count = starts[1] - starts[0];
            m_versions.erase(first, end);
            starts.erase(starts.begin());
            for (std::size_t& start : starts)
                start -= count;
        }
    }
    if (dropped.empty() || !writeList())
        return;
    for (const FeedVersion& version : dropped) {
        QFile::remove(pathOf(version.file.name));
        if (!version.reverse.name.isEmpty())
            QFile::remove(pathOf(version.reverse.name));
    }
}

Result<void> AvailabilityFeed::writeList()
{
    QByteArray list;
    for (const FeedVersion& version : versions())
        list += lineOf(version);
    return writeFileDurably(pathOf(kList), list);
}

std::vector<FeedVersion> AvailabilityFeed::versions() const
{
    const std::scoped_lock lock(m_mutex);
    return m_versions;
}

std::optional<FeedVersion> AvailabilityFeed::newest() const
{
    const std::scoped_lock lock(m_mutex);
    return m_versions.empty() ? std::nullopt : std::optional(m_versions.back());
}

qint64 AvailabilityFeed::oldestId() const
{
    const std::scoped_lock lock(m_mutex);
    return m_versions.empty() ? 0 : m_versions.front().id;
}

bool AvailabilityFeed::isSnapshotDue() const
{
    const std::scoped_lock lock(m_mutex);
    const auto snapshot = std::find_if(
        m_versions.rbegin(), m_versions.rend(), [](const FeedVersion& version) { return version.from == 0; });
    return static_cast<std::size_t>(snapshot - m_versions.rbegin()) >= m_deltasPerSnapshot;
}

Result<FeedVersion> AvailabilityFeed::find(qint64 version) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = std::find_if(
        m_versions.rbegin(), m_versions.rend(), [version](const FeedVersion& one) { return one.version == version; });
    if (found == m_versions.rend())
        return Error {ErrorCode::NotFound, u"version %1 is not kept"_s.arg(version), "unknown_version"};
    return *found;
}

Result<QByteArray> AvailabilityFeed::load(const FeedFile& file) const
{
    auto bytes = readFile(pathOf(file.name), kMaxFileBytes);
    if (!bytes)
        return bytes;
    if (QString::fromLatin1(sha256(*bytes).toHex()) != file.sha256)
        return Error {ErrorCode::Corrupt, u"%1 is not what was written"_s.arg(file.name), "feed_damaged"};
    return bytes;
}

Result<FeedWay> AvailabilityFeed::wayTo(qint64 version) const
{
    auto at = find(version);
    if (!at)
        return std::move(at).error();
    const std::vector<FeedVersion> known = versions();
    FeedWay way;
    while (at->from != 0) {
        auto delta = load(at->file);
        if (!delta)
            return std::move(delta).error();
        way.deltas.insert(way.deltas.begin(), *std::move(delta));
        const auto before
            = std::ranges::find(known, at->from, &FeedVersion::id); // versions follow each other without a hole
        if (before == known.end())
            return Error {ErrorCode::Corrupt, u"the way to version %1 has a hole"_s.arg(version), "feed_damaged"};
        at = *before;
    }
    auto snapshot = load(at->file);
    if (!snapshot)
        return std::move(snapshot).error();
    way.snapshot = *std::move(snapshot);
    return way;
}

Result<UniqueFd> AvailabilityFeed::read(const FeedFile& file) const
{
    UniqueFd fd(::open(QFile::encodeName(pathOf(file.name)).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!fd.isValid())
        return Error {ErrorCode::NotFound, u"%1 is not kept"_s.arg(file.name), "unknown_version"};
    return fd;
}

} // namespace vidimus::catalog_server
