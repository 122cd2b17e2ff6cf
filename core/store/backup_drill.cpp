#include "core/store/backup_drill.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <mutex>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSchema = "vidimus.drill/1"_L1;
constexpr qint64 kMaxBytes = 1 << 16;

QString resultPath(const QString& manifestPath)
{
    const QFileInfo manifest(manifestPath);
    return manifest.path() + u'/' + manifest.completeBaseName() + u".drill"_s;
}

Result<void> keep(const QString& manifestPath, const DrillResult& result)
{
    return writeFileDurably(resultPath(manifestPath),
        vidimus::toJson(QJsonObject {{u"schema"_s, QString(kSchema)}, {u"at"_s, toRfc3339(result.at)},
            {u"entries"_s, static_cast<qint64>(result.entries)}, {u"problem"_s, result.problem}}));
}

/// The log's size in the restored workspace. Errors: what a person would be told of it.
Result<std::uint64_t> restoreAndOpen(const QString& manifestPath, const QString& folder, Instant now)
{
    const auto manifest = verifyBackup(manifestPath);
    if (!manifest)
        return manifest.error();
    if (auto restored = restore(manifestPath, folder, now); !restored)
        return std::move(restored).error();
    auto store = WorkspaceStore::open({.folder = folder, .reserveBytes = 0});
    if (!store)
        return std::move(store).error();
    const auto log = (*store)->verifyAudit();
    if (!log)
        return log.error();
    if (!log->isSound())
        return Error {ErrorCode::Corrupt, log->detail, "log_changed"};
    const auto tip = (*store)->read([](const UnitOfWork& unit) { return unit.audit.tip(); });
    if (!tip)
        return tip.error();
    const QByteArray root = *tip ? (*tip)->root : audit::MerkleTree().root();
    if (log->entries != manifest->entries || root != manifest->root)
        return Error {ErrorCode::Corrupt, u"the restored log is not the one that was backed up"_s, "log_changed"};
    return log->entries;
}

/// Whether it says something about the backup, and not about the place where it was tried.
bool isAboutTheBackup(const Error& error)
{
    return error.code != ErrorCode::DiskFull && error.code != ErrorCode::Denied && error.code != ErrorCode::Conflict;
}

} // namespace

Result<DrillResult> drillBackup(const QString& manifestPath, Instant now)
{
    if (!QFileInfo::exists(manifestPath))
        return Error {ErrorCode::NotFound, u"there is no such backup"_s, "no_backup"};
    // One at a time in this process, so what lies there is of one that was killed.
    static std::mutex one;
    const std::lock_guard guard(one);
    const QDir beside = QFileInfo(manifestPath).absoluteDir();
    for (const QString& left : beside.entryList({u".drill-*"_s}, QDir::Dirs | QDir::Hidden))
        QDir(beside.filePath(left)).removeRecursively();
    const QTemporaryDir scratch(beside.filePath(u".drill-XXXXXX"_s));
    if (!scratch.isValid())
        return Error {ErrorCode::Denied, scratch.errorString(), "no_drill_folder"};
    const auto entries = restoreAndOpen(manifestPath, scratch.path(), now);
    if (!entries && !isAboutTheBackup(entries.error()))
        return entries.error();
    const DrillResult result {
        .at = now, .entries = entries ? *entries : 0, .problem = entries ? QString() : entries.error().detail};
    if (auto kept = keep(manifestPath, result); !kept)
        return std::move(kept).error();
    return result;
}

std::optional<DrillResult> lastDrill(const QString& manifestPath)
{
    const auto bytes = readFile(resultPath(manifestPath), kMaxBytes);
    const auto object = bytes ? parseJsonObject(*bytes) : Result<QJsonObject>(bytes.error());
    if (!object)
        return std::nullopt;
    JsonReader reader(*object);
    const bool isOurs = reader.string("schema"_L1) == kSchema;
    const auto at = parseRfc3339(reader.string("at"_L1));
    DrillResult result {.at = {},
        .entries = static_cast<std::uint64_t>(std::max(qint64 {0}, reader.integer("entries"_L1))),
        .problem = reader.string("problem"_L1)};
    if (!reader.finish() || !isOurs || !at)
        return std::nullopt;
    result.at = *at;
    return result;
}

QString nextToDrill(const QString& folder, Instant now)
{
    const QDir dir(folder);
    QString oldest;
    Instant oldestAt = now - kDrillInterval;
    // Names sort by time.
    for (const QString& name : dir.entryList({u"workspace-*.json"_s}, QDir::Files, QDir::Name | QDir::Reversed)) {
        const auto drill = lastDrill(dir.filePath(name));
        if (!drill)
            return dir.filePath(name);
        // One from the future is of a clock that was wrong.
        const Instant at = drill->at > now ? Instant {} : drill->at;
        if (at <= oldestAt) {
            oldest = dir.filePath(name);
            oldestAt = at;
        }
    }
    return oldest;
}

QString failedDrillIn(const QString& folder)
{
    const QDir dir(folder);
    for (const QString& name : dir.entryList({u"workspace-*.json"_s}, QDir::Files, QDir::Name | QDir::Reversed)) {
        const auto drill = lastDrill(dir.filePath(name));
        if (drill && !drill->isGood())
            return dir.filePath(name);
    }
    return {};
}

} // namespace vidimus::store
