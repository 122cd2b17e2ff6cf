#include "core/workbench/pass_journal.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/worker/input_file.h"
#include "core/worker/worker_options.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QtEndian>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kInterval {2000};
constexpr qint64 kMostBytes = 128LL << 20;
constexpr int kMostStates = 32;
constexpr int kDaysKept = 7;
constexpr qsizetype kDigestBytes = 32;
constexpr qsizetype kLengthBytes = 8;

QByteArray digestOf(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256);
}

void removeOld(const QString& folder)
{
    const QFileInfoList states = QDir(folder).entryInfoList({u"*.state"_s}, QDir::Files, QDir::Time);
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-kDaysKept);
    for (qsizetype i = 0; i < states.size(); ++i) {
        if (i >= kMostStates || states[i].lastModified().toUTC() < oldest)
            QFile::remove(states[i].filePath());
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

void PassJournal::save(const worker::PassState& state)
{
    if (m_path.isEmpty() || state.checks.size() + state.fingerprint.size() > kMostBytes - 1024)
        return;
    QByteArray body(kLengthBytes, '\0');
    qToBigEndian(qint64(state.checks.size()), body.data());
    body += state.checks;
    body += state.fingerprint;
    if (!writeFileDurably(m_path, digestOf(body) + body))
        m_path.clear(); // a full disk: the pass goes on, without a state
}

void PassJournal::clear()
{
    if (!m_path.isEmpty())
        QFile::remove(m_path);
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
