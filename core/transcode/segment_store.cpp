#include "core/transcode/segment_store.h"

#include "core/base/json.h"
#include "core/base/posix_error.h"
#include "core/base/sha256.h"
#include "core/transcode/segment_key.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxJournalBytes = 256 * 1024 * 1024;
const QString kJournalName = QStringLiteral("journal.jsonl");

// Manifests cost nothing and are written by every run.
bool isKeptBetweenRuns(OutputKind kind)
{
    switch (kind) {
    case OutputKind::VideoInit:
    case OutputKind::VideoSegment:
    case OutputKind::AudioInit:
    case OutputKind::AudioSegment:
    case OutputKind::Poster:
        return true;
    case OutputKind::VideoPlaylist:
    case OutputKind::AudioPlaylist:
    case OutputKind::MasterPlaylist:
        return false;
    }
    return false;
}

// Of the line itself: the bytes of a file do not show that its noted times were damaged.
QString hashOf(const FinishedOutput& output)
{
    return QString::fromLatin1(sha256Hex(vidimus::toJson(transcode::toJson(output))));
}

Result<bool> holdsWhatWasNoted(const QString& path, const FinishedOutput& output, const CancelToken& cancel)
{
    const UniqueFd fd(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status {};
    if (!fd.isValid() || fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size != output.bytes)
        return false;
    const auto hash = sha256HexOfFile(fd.get(), cancel);
    if (!hash && hash.error().code == ErrorCode::Canceled)
        return hash.error();
    return hash && *hash == output.sha256;
}

// Only names that a transcode gives are touched: a person may have put other files there.
void removeOthers(const QString& folder, const QSet<QString>& keep)
{
    static const QRegularExpression ours(u"\\A(seg_\\d{5}\\.m4s|init\\.mp4|index\\.m3u8)\\z"_s);
    const QDir dir(folder);
    const QStringList names = dir.entryList(QDir::Files | QDir::NoSymLinks);
    for (const QString& name : names) {
        const QString path = dir.filePath(name);
        if (ours.match(name).hasMatch() && !keep.contains(path))
            QFile::remove(path);
    }
}

} // namespace

SegmentStore::SegmentStore(QString folder, Plan plan, QByteArray sourceSha256, QString encoderId)
    : m_folder(std::move(folder))
    , m_plan(std::move(plan))
    , m_sourceSha256(std::move(sourceSha256))
    , m_encoderId(std::move(encoderId))
{
}

SegmentStore::~SegmentStore() = default;

QString SegmentStore::pathOf(const OutputKey& key) const
{
    return m_folder + u'/' + outputPath(m_plan, key);
}

Result<SegmentStore> SegmentStore::open(const QString& folder, const Plan& plan, const QByteArray& sourceSha256,
    const QString& encoderId, const CancelToken& cancel)
{
    SegmentStore store(QDir::cleanPath(QDir(folder).absolutePath()), plan, sourceSha256, encoderId);
    if (auto made = makeFolderDurably(store.m_folder); !made)
        return std::move(made).error();
    // First of all: while a run is unfinished the folder must not look playable.
    QFile::remove(store.pathOf({OutputKind::MasterPlaylist, 0, 0}));
    removeStaleTemporaries(store.m_folder);
    if (auto read = store.readJournal(cancel); !read)
        return std::move(read).error();
    QSet<QString> keep;
    for (const auto& [key, output] : store.m_finished)
        keep.insert(store.pathOf(key));
    for (const QString& name : outputFolders(plan)) {
        const QString path = store.m_folder + u'/' + name;
        if (auto made = makeFolderDurably(path); !made)
            return std::move(made).error();
        removeStaleTemporaries(path);
        removeOthers(path, keep);
    }
    if (auto opened = store.openJournal(); !opened)
        return std::move(opened).error();
    return store;
}

Result<void> SegmentStore::readJournal(const CancelToken& cancel)
{
    const auto bytes = readFile(m_folder + u'/' + kJournalName, kMaxJournalBytes);
    if (!bytes)
        return bytes.error().code == ErrorCode::NotFound ? Result<void>() : bytes.error();
    const QList<QByteArray> lines = bytes->split('\n');
    for (const QByteArray& line : lines) {
        const auto object = parseJsonObject(line);
        if (!object)
            continue; // the last line of a killed run may be torn; what it named is made again
        const auto output = finishedOutputFromJson(object->value("output"_L1).toObject());
        if (!output || !isOutputOf(m_plan, output->key) || !isKeptBetweenRuns(output->key.kind))
            continue;
        if (object->value("output_sha256"_L1).toString() != hashOf(*output))
            continue;
        const QByteArray noted = object->value("segment_key"_L1).toString().toLatin1();
        if (noted != segmentKey(m_sourceSha256, m_encoderId, m_plan, output->key))
            continue;
        const auto whole = holdsWhatWasNoted(pathOf(output->key), *output, cancel);
        if (!whole)
            return whole.error();
        if (*whole)
            m_finished.insert_or_assign(output->key, *output);
    }
    return {};
}

QByteArray SegmentStore::journalLine(const FinishedOutput& output) const
{
    const QByteArray key = segmentKey(m_sourceSha256, m_encoderId, m_plan, output.key);
    return vidimus::toJson(QJsonObject {{u"segment_key"_s, QString::fromLatin1(key)},
               {u"output"_s, transcode::toJson(output)}, {u"output_sha256"_s, hashOf(output)}})
        + '\n';
}

Result<void> SegmentStore::openJournal()
{
    QByteArray kept;
    for (const auto& [key, output] : m_finished)
        kept += journalLine(output);
    const QString path = m_folder + u'/' + kJournalName;
    if (auto written = writeFileDurably(path, kept); !written)
        return written;
    m_journal = UniqueFd(::open(QFile::encodeName(path).constData(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
    if (!m_journal.isValid())
        return posixError("open", errno, kJournalName);
    return {};
}

QList<FinishedOutput> SegmentStore::finished() const
{
    QList<FinishedOutput> list;
    for (const auto& [key, output] : m_finished)
        list.append(output);
    return list;
}

bool SegmentStore::isComplete() const
{
    return m_finished.contains({OutputKind::MasterPlaylist, 0, 0});
}

Result<int> SegmentStore::open(const OutputKey& key)
{
    if (!isOutputOf(m_plan, key) || m_open.contains(key) || m_finished.contains(key))
        return Error {ErrorCode::Denied,
            u"%1 %2/%3 is not wanted."_s.arg(outputKindName(key.kind)).arg(key.rendition).arg(key.segment),
            "output_refused"};
    auto file = DurableFile::create(pathOf(key));
    if (!file)
        return std::move(file).error();
    return m_open.emplace(key, *std::move(file)).first->second.fd();
}

Result<void> SegmentStore::finish(const FinishedOutput& output)
{
    auto node = m_open.extract(output.key);
    if (node.empty())
        return Error {ErrorCode::Denied, u"An output that was not opened was finished."_s, "output_refused"};
    DurableFile& file = node.mapped();
    struct stat status {};
    if (fstat(file.fd(), &status) != 0)
        return posixError("stat", errno);
    const auto hash = sha256HexOfFile(file.fd());
    if (!hash)
        return hash.error();
    if (status.st_size != output.bytes || *hash != output.sha256)
        return Error {ErrorCode::Corrupt, u"%1 is not what was reported."_s.arg(outputPath(m_plan, output.key)),
            "output_differs"};
    if (auto committed = file.commit(); !committed)
        return committed;
    const QByteArray line = journalLine(output);
    for (qsizetype done = 0; done < line.size();) {
        const ssize_t written
            = write(m_journal.get(), line.constData() + done, static_cast<std::size_t>(line.size() - done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return posixError("write", written < 0 ? errno : EIO, kJournalName);
        done += written;
    }
    if (fdatasync(m_journal.get()) != 0)
        return posixError("fsync", errno, kJournalName);
    m_finished.insert_or_assign(output.key, output);
    return {};
}

} // namespace vidimus::transcode
