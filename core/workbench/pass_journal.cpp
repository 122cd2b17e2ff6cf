#include "core/workbench/pass_journal.h"

#include "core/base/block_file.h"
#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/sql/disk_room.h"
#include "core/worker/input_file.h"
#include "core/worker/worker_options.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QtEndian>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kInterval {2000};
constexpr qint64 kMostBytes = 128LL << 20;
constexpr int kMostStates = 32;
constexpr qint64 kLeastFree = 2 * BlockFile::kMostBytes; // of the disk, before measurements are put away there
constexpr int kDaysKept = 7;
constexpr qsizetype kDigestBytes = 32;
constexpr qsizetype kLengthBytes = 8;

QByteArray digestOf(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256);
}

/// No other pass over the same file is writing there. A worker whose parent was killed goes at once, not sooner.
bool isOurs(int fd)
{
    for (int attempt = 0; attempt < 100; ++attempt) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

QString scratchOf(const QString& state)
{
    return state + u".gathered"_s;
}

void removeOld(const QString& folder)
{
    const QFileInfoList states = QDir(folder).entryInfoList({u"*.state"_s}, QDir::Files, QDir::Time);
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-kDaysKept);
    for (qsizetype i = 0; i < states.size(); ++i) {
        if (i >= kMostStates || states[i].lastModified().toUTC() < oldest) {
            QFile::remove(states[i].filePath());
            QFile::remove(scratchOf(states[i].filePath()));
        }
    }
    // Of passes that ended before their first state.
    const QFileInfoList gathered = QDir(folder).entryInfoList({u"*.gathered"_s}, QDir::Files);
    for (const QFileInfo& file : gathered) {
        if (file.lastModified().toUTC() < oldest)
            QFile::remove(file.filePath());
    }
    removeStaleTemporaries(folder);
}

} // namespace

PassJournal::PassJournal(const QString& folder, int input, const checks::Profile& profile, Kind kind)
{
    const auto file = worker::InputFile::reopen(input);
    const auto executable = worker::findWorkerExecutable();
    if (!file || !executable || !makeFolderDurably(folder))
        return;
    const worker::FileIdentity& identity = file->identity();
    const QFileInfo program(*executable);
    QJsonObject key {{u"device"_s, QString::number(identity.device)}, {u"inode"_s, QString::number(identity.inode)},
        {u"bytes"_s, identity.bytes}, {u"changed"_s, QString::number(identity.changedNanoseconds)},
        {u"profile"_s, checks::toJson(profile)}, {u"kind"_s, int(kind)}, {u"worker_bytes"_s, program.size()},
        {u"worker_changed"_s, program.lastModified().toMSecsSinceEpoch()}};
    removeOld(folder);
    m_path = u"%1/%2.state"_s.arg(folder, QString::fromLatin1(digestOf(canonicalJson(key)).toHex().left(32)));
}

PassJournal::~PassJournal()
{
    if (m_scratch.isValid() && !hasState())
        QFile::remove(scratchOf(m_path));
}

bool PassJournal::hasState() const
{
    return !m_path.isEmpty() && QFile::exists(m_path);
}

std::chrono::milliseconds PassJournal::interval() const
{
    return kInterval;
}

worker::PassState PassJournal::load()
{
    const auto bytes = m_path.isEmpty() ? Result<QByteArray>(QByteArray()) : readFile(m_path, kMostBytes);
    if (!bytes || bytes->size() < kDigestBytes + kLengthBytes)
        return {};
    const QByteArrayView body = QByteArrayView(*bytes).sliced(kDigestBytes);
    if (QByteArrayView(*bytes).first(kDigestBytes) != digestOf(body))
        return {};
    const auto length = qFromBigEndian<qint64>(body.data());
    if (length < 0 || length > body.size() - kLengthBytes)
        return {};
    return {body.sliced(kLengthBytes, length).toByteArray(), body.sliced(kLengthBytes + length).toByteArray()};
}

int PassJournal::scratch(bool keep)
{
    if (m_scratch.isValid()) // for a worker in place of one that crashed
        return keep || ftruncate(m_scratch.get(), 0) == 0 ? m_scratch.get() : -1;
    const auto room = m_path.isEmpty() ? Result<sql::DiskRoom>(sql::DiskRoom()) : sql::roomIn(QFileInfo(m_path).path());
    if (!room || (room->freeBytes < kLeastFree && !keep))
        return -1;
    constexpr int kFlags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    UniqueFd file(::open(QFile::encodeName(scratchOf(m_path)).constData(), kFlags, 0600));
    if (!file.isValid() || !isOurs(file.get()) || (!keep && ftruncate(file.get(), 0) != 0))
        return -1;
    m_scratch = std::move(file);
    return m_scratch.get();
}

void PassJournal::save(const worker::PassState& state)
{
    if (m_isFull || m_path.isEmpty() || state.checks.size() + state.fingerprint.size() > kMostBytes - 1024)
        return;
    if (m_scratch.isValid() && fdatasync(m_scratch.get()) != 0) {
        m_isFull = true; // a state needs what stands there
        return;
    }
    QByteArray body(kLengthBytes, '\0');
    qToBigEndian(qint64(state.checks.size()), body.data());
    body += state.checks;
    body += state.fingerprint;
    m_isFull = !writeFileDurably(m_path, digestOf(body) + body);
}

void PassJournal::clear()
{
    if (m_path.isEmpty())
        return;
    QFile::remove(m_path);
    QFile::remove(scratchOf(m_path));
    m_scratch.reset();
}

QString passFolder(const WorkspacePaths& paths)
{
    return paths.cache() + u"/passes"_s;
}

QString passFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/vidimus/passes"_s;
}

} // namespace vidimus::workbench
