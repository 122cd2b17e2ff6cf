#include "core/store/backup.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/posix_error.h"
#include "core/base/sha256.h"
#include "core/store/set_aside.h"
#include "core/store/start_check.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <fcntl.h>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSchema = "vidimus.backup/1"_L1;
constexpr Milliseconds kPatience = std::chrono::hours(1);

Error corruptBackup(const QString& what)
{
    return {ErrorCode::Corrupt, u"the backup %1"_s.arg(what), "backup_damaged"};
}

Result<QByteArray> hashOf(const QString& path)
{
    const UniqueFd file(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!file.isValid())
        return posixError("open", errno, QFileInfo(path).fileName());
    return sha256HexOfFile(file.get());
}

/// Reads a copy from end to end and says what its log is.
Result<BackupManifest> examine(const QString& path)
{
    auto connection = sql::Connection::openSqlite({.path = path, .access = sql::Access::ReadOnly});
    if (!connection)
        return std::move(connection).error();
    const auto sound = sql::checkIntegrity(*connection, sql::IntegrityDepth::Full, kPatience);
    if (!sound)
        return sound.error();
    if (!sound->isSound() || !sound->finished)
        return corruptBackup(u"is damaged: %1"_s.arg(sound->faults.value(0)));
    const UnitOfWork unit(*connection);
    const auto tip = unit.audit.tip();
    if (!tip)
        return tip.error();
    BackupManifest manifest {.file = QFileInfo(path).fileName(),
        .bytes = QFileInfo(path).size(),
        .sha256 = {},
        .at = {},
        .entries = 0,
        .root = audit::MerkleTree().root(),
        .publicKey = {}};
    if (*tip) {
        manifest.entries = (*tip)->size;
        manifest.root = (*tip)->root;
        manifest.publicKey = (*tip)->publicKey;
    }
    return manifest;
}

Result<void> verifyLogOf(const QString& path, const std::vector<QByteArray>& trustedKeys)
{
    auto connection = sql::Connection::openSqlite({.path = path, .access = sql::Access::ReadOnly});
    if (!connection)
        return std::move(connection).error();
    const auto report = UnitOfWork(*connection).audit.verify({}, trustedKeys);
    if (!report)
        return report.error();
    if (!report->isSound())
        return corruptBackup(u"has a changed log: %1"_s.arg(report->detail));
    return {};
}

/// Takes the WAL of a sound database in, so that the file is whole by itself. A damaged one is not touched.
/// The lease comes back unless this fails.
Result<void> emptyWal(const QString& path, std::optional<sql::HandleLease>& lease)
{
    if (!QFileInfo::exists(path))
        return {};
    {
        const UniqueFd file(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
        const auto log = readWalPages(walPathOf(path));
        if (!file.isValid() || !log || !checkDatabase(path, file.get(), *log, kPatience))
            return {};
    }
    // It changes now, and then goes.
    if (auto removed = removePageList(path); !removed)
        return removed;
    auto writer = sql::Connection::openSqlite({.path = path}, *std::move(lease));
    if (!writer)
        return std::move(writer).error();
    auto done = writer->checkpoint();
    lease = sql::Connection::closeKeepingLease(*std::move(writer));
    return done;
}

} // namespace

QJsonObject toJson(const BackupManifest& manifest)
{
    return {{u"schema"_s, QString(kSchema)}, {u"file"_s, manifest.file}, {u"bytes"_s, manifest.bytes},
        {u"sha256"_s, QString::fromLatin1(manifest.sha256)}, {u"at"_s, toRfc3339(manifest.at)},
        {u"entries"_s, static_cast<qint64>(manifest.entries)}, {u"root"_s, QString::fromLatin1(manifest.root.toHex())},
        {u"public_key"_s, QString::fromLatin1(manifest.publicKey.toHex())}};
}

Result<BackupManifest> backupManifestFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    BackupManifest manifest;
    if (reader.string("schema"_L1) != kSchema)
        reader.fail("schema"_L1, u"must be vidimus.backup/1"_s);
    manifest.file = reader.string("file"_L1);
    if (manifest.file.isEmpty() || manifest.file.contains(u'/') || manifest.file.startsWith(u'.'))
        reader.fail("file"_L1, u"must be a name in the same folder"_s);
    manifest.bytes = reader.integer("bytes"_L1);
    manifest.sha256 = reader.string("sha256"_L1).toLatin1();
    manifest.entries = static_cast<std::uint64_t>(std::max(qint64 {0}, reader.integer("entries"_L1)));
    manifest.root = QByteArray::fromHex(reader.string("root"_L1).toLatin1());
    manifest.publicKey = QByteArray::fromHex(reader.string("public_key"_L1).toLatin1());
    const auto at = parseRfc3339(reader.string("at"_L1));
    if (!at)
        reader.fail("at"_L1, u"is not an instant"_s);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    manifest.at = *at;
    return manifest;
}

Result<BackupManifest> backup(WorkspaceStore& store, const QString& folder)
{
    if (auto made = makeFolderDurably(folder); !made)
        return std::move(made).error();
    const Instant now = store.now();
    const QString name = u"workspace-"_s + timeStamp(now);
    const QString path = folder + u'/' + name + u".db"_s;
    {
        auto loan = store.borrowReader();
        if (!loan)
            return std::move(loan).error();
        if (auto copied = loan->connection().copyTo(path); !copied)
            return std::move(copied).error();
    }
    auto manifest = examine(path);
    if (!manifest)
        return manifest;
    const auto trusted = AuditKeys(WorkspaceStore::keysPathIn(store.folder())).trustedKeys();
    if (!trusted)
        return trusted.error();
    if (auto verified = verifyLogOf(path, *trusted); !verified)
        return std::move(verified).error();
    auto hash = hashOf(path);
    if (!hash)
        return std::move(hash).error();
    manifest->sha256 = *hash;
    manifest->at = now;
    if (auto written = writeFileDurably(folder + u'/' + name + u".json"_s, vidimus::toJson(toJson(*manifest)));
        !written)
        return std::move(written).error();
    return manifest;
}

Result<BackupManifest> verifyBackup(const QString& path)
{
    const auto bytes = readFile(path, 1 << 16);
    if (!bytes)
        return bytes.error();
    const auto object = parseJsonObject(*bytes);
    if (!object)
        return corruptBackup(u"has no readable manifest"_s);
    auto manifest = backupManifestFromJson(*object);
    if (!manifest)
        return corruptBackup(u"has a wrong manifest: %1"_s.arg(manifest.error().detail));
    const QString copy = QFileInfo(path).absolutePath() + u'/' + manifest->file;
    const auto hash = hashOf(copy);
    if (!hash)
        return hash.error();
    if (*hash != manifest->sha256)
        return corruptBackup(u"is not the file that was written"_s);
    const auto found = examine(copy);
    if (!found)
        return found.error();
    if (found->entries != manifest->entries || found->root != manifest->root)
        return corruptBackup(u"has another log than its manifest says"_s);
    if (auto verified = verifyLogOf(copy, {manifest->publicKey}); !verified)
        return std::move(verified).error();
    return manifest;
}

Result<QString> restore(const QString& manifestPath, const QString& workspaceFolder, Instant now)
{
    if (auto made = makeFolderDurably(workspaceFolder); !made)
        return std::move(made).error();
    auto lease = sql::HandleLease::take(WorkspaceStore::databasePathIn(workspaceFolder));
    if (!lease)
        return std::move(lease).error();
    return restore(manifestPath, workspaceFolder, now, *std::move(lease));
}

Result<QString> restore(
    const QString& manifestPath, const QString& workspaceFolder, Instant now, sql::HandleLease given)
{
    const auto manifest = verifyBackup(manifestPath);
    if (!manifest)
        return manifest.error();
    const QString path = WorkspaceStore::databasePathIn(workspaceFolder);
    std::optional<sql::HandleLease> lease(std::move(given));
    if (auto emptied = emptyWal(path, lease); !emptied)
        return std::move(emptied).error();
    // The whole copy is on the disk under a passing name before anything that stands is touched.
    const QString copy = QFileInfo(manifestPath).absolutePath() + u'/' + manifest->file;
    const QString temporary = workspaceFolder + u"/.tmp-restore-"_s + newUuid();
    if (auto copied = copyFileDurably(copy, temporary); !copied)
        return std::move(copied).error();
    const AuditKeys keys(WorkspaceStore::keysPathIn(workspaceFolder));
    if (auto trusted = manifest->publicKey.isEmpty() ? Result<void>() : keys.trust(manifest->publicKey); !trusted)
        return std::move(trusted).error();
    return replaceDatabase(workspaceFolder, temporary, u"replaced-"_s + timeStamp(now));
}

BackupSchedule::BackupSchedule(QString folder, int keep)
    : m_folder(std::move(folder))
    , m_keep(keep)
{
}

Result<std::optional<BackupManifest>> BackupSchedule::backupIfDue(WorkspaceStore& store)
{
    const Instant now = store.now();
    const quint64 commits = store.commitCount();
    const bool changed = !m_last || commits != m_lastCommits;
    // A clock that jumped back must not put backups off.
    const bool isTime = !m_last || now - *m_last >= kInterval || now < *m_last;
    if (!changed || !isTime)
        return std::optional<BackupManifest>();
    auto made = backup(store, m_folder);
    if (!made)
        return std::move(made).error();
    m_last = now;
    m_lastCommits = commits;
    removeOld();
    return std::optional(std::move(*made));
}

void BackupSchedule::removeOld() const
{
    const QDir dir(m_folder);
    const QStringList manifests = dir.entryList({u"workspace-*.json"_s}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString& manifest : manifests.mid(m_keep)) {
        QFile::remove(dir.filePath(manifest));
        QFile::remove(dir.filePath(manifest.chopped(5) + u".db"_s));
        QFile::remove(dir.filePath(manifest.chopped(5) + u".drill"_s));
    }
}

} // namespace vidimus::store
