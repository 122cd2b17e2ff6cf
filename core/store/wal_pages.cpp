#include "core/store/wal_pages.h"

#include "core/base/posix_error.h"
#include "core/base/read_at.h"
#include "core/base/unique_fd.h"

#include <QFile>
#include <QtEndian>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

const QString kName = u"workspace.db-wal"_s;
constexpr qint64 kHeaderBytes = 32;
constexpr qint64 kFrameHeaderBytes = 24;
constexpr qsizetype kSaltsAt = 16; // in the header; in a frame's they stand at 8
constexpr qsizetype kSaltBytes = 8;
/// The lowest bit says in which byte order the checksums are computed.
constexpr quint32 kMagic = 0x377f0682;

using Checksum = std::array<quint32, 2>;

quint32 number(const char* bytes)
{
    return qFromBigEndian<quint32>(bytes);
}

template<class Word>
Checksum addedInOrder(Checksum sum, QByteArrayView bytes, Word word)
{
    for (qsizetype at = 0; at + 8 <= bytes.size(); at += 8) {
        sum[0] += word(bytes.data() + at) + sum[1];
        sum[1] += word(bytes.data() + at + 4) + sum[0];
    }
    return sum;
}

Checksum added(Checksum sum, QByteArrayView bytes, bool isBigEndian)
{
    if (isBigEndian)
        return addedInOrder(sum, bytes, [](const char* word) { return qFromBigEndian<quint32>(word); });
    return addedInOrder(sum, bytes, [](const char* word) { return qFromLittleEndian<quint32>(word); });
}

Checksum checksumAt(const char* bytes)
{
    return {number(bytes), number(bytes + 4)};
}

/// Reads \a bytes wholly; false at the end of the file.
Result<bool> readWhole(int file, QByteArray& bytes, qint64 place)
{
    const auto got = readAt(file, std::span(bytes.data(), static_cast<std::size_t>(bytes.size())), place, kName);
    if (!got)
        return got.error();
    return *got == bytes.size();
}

Result<UniqueFd> openLog(const QString& path)
{
    UniqueFd file(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!file.isValid() && errno != ENOENT)
        return posixError("open", errno, kName);
    return file;
}

/// The page size that a log's header says; 0 for what is no header.
quint32 pageSizeOf(const QByteArray& header)
{
    const quint32 magic = number(header.constData());
    const quint32 size = number(header.constData() + 8);
    const bool isOne = (magic & ~1U) == kMagic && size >= 512 && size <= 65536 && (size & (size - 1)) == 0
        && added({}, QByteArrayView(header).first(24), (magic & 1U) != 0) == checksumAt(header.constData() + 24);
    return isOne ? size : 0;
}

/// Follows the frames one by one.
class FrameWalk {
public:
    FrameWalk(const QByteArray& header, WalPages& found)
        : m_isBigEndian((number(header.constData()) & 1U) != 0)
        , m_salts(header.sliced(kSaltsAt, kSaltBytes))
        , m_sum(checksumAt(header.constData() + 24))
        , m_found(&found)
    {
    }

    /// How many frames there were up to the first that is broken.
    [[nodiscard]] qint64 wholeFrames() const { return m_wholeFrames; }

    void add(const QByteArray& frame, qint64 place)
    {
        const bool isOfThisLog = frame.sliced(8, kSaltBytes) == m_salts;
        Checksum sum = added(m_sum, QByteArrayView(frame).first(8), m_isBigEndian);
        sum = added(sum, QByteArrayView(frame).sliced(kFrameHeaderBytes), m_isBigEndian);
        const bool isNext = isOfThisLog && sum == checksumAt(frame.constData() + 16);
        m_isWhole = m_isWhole && isNext;
        const bool isCommit = number(frame.constData() + 4) != 0;
        m_wholeFrames += m_isWhole ? 1 : 0;
        if (m_isWhole)
            keep(number(frame.constData()), place + kFrameHeaderBytes, isCommit);
        else if (isNext && m_wasCommit)
            m_found->isDamaged = true;
        // Behind a broken frame, the chain is taken up again from what the frame says of itself.
        m_wasCommit = isOfThisLog && isCommit;
        m_sum = checksumAt(frame.constData() + 16);
    }

private:
    void keep(quint32 page, qint64 place, bool isCommit)
    {
        m_pending[page] = place;
        if (!isCommit)
            return;
        for (const auto& [number, where] : m_pending)
            m_found->places[number] = where;
        m_pending.clear();
    }

    bool m_isBigEndian;
    QByteArray m_salts;
    Checksum m_sum;
    WalPages* m_found;
    std::map<quint32, qint64> m_pending; ///< of a transaction whose commit was not seen yet
    qint64 m_wholeFrames = 0;
    bool m_isWhole = true;
    bool m_wasCommit = false;
};

Result<WalPages> readPages(const QString& walPath, const std::optional<sql::WalEnd>& end)
{
    WalPages found;
    const auto file = openLog(walPath);
    if (!file)
        return file.error();
    QByteArray header(kHeaderBytes, '\0');
    if (file->isValid()) {
        if (const auto there = readWhole(file->get(), header, 0); !there)
            return there.error();
    }
    const quint32 pageSize = pageSizeOf(header);
    qint64 frames = 0;
    if (pageSize != 0 && (!end || end->salts == header.sliced(kSaltsAt, kSaltBytes))) {
        found.pageSize = pageSize;
        FrameWalk walk(header, found);
        QByteArray frame(kFrameHeaderBytes + pageSize, Qt::Uninitialized);
        for (qint64 place = kHeaderBytes; !end || walk.wholeFrames() < end->frames; place += frame.size()) {
            const auto read = readWhole(file->get(), frame, place);
            if (!read)
                return read.error();
            if (!*read)
                break;
            walk.add(frame, place);
        }
        frames = walk.wholeFrames();
    }
    if (end && frames != end->frames)
        return Error {ErrorCode::Corrupt, u"the log of the database is not what was written"_s, "database_damaged"};
    return found;
}

} // namespace

QString walPathOf(const QString& databasePath)
{
    return databasePath + u"-wal"_s;
}

Result<WalPages> readWalPages(const QString& walPath)
{
    return readPages(walPath, std::nullopt);
}

Result<WalPages> readPagesToCheckpoint(const sql::Connection& writer)
{
    const auto end = writer.walEnd();
    return end ? readPages(walPathOf(writer.path()), *end) : Result<WalPages>(end.error());
}

Result<void> forEachPage(const QString& walPath, const WalPages& pages,
    const std::function<Result<void>(quint32 number, QByteArrayView content)>& each)
{
    if (pages.places.empty())
        return {};
    const auto file = openLog(walPath);
    if (!file)
        return file.error();
    QByteArray content(pages.pageSize, Qt::Uninitialized);
    for (const auto& [number, place] : pages.places) {
        const auto read = readWhole(file->get(), content, place);
        if (!read)
            return read.error();
        if (!*read)
            return Error {ErrorCode::Io, u"the log of the database became shorter"_s, "wal_shorter"};
        if (auto done = each(number, content); !done)
            return done;
    }
    return {};
}

} // namespace vidimus::store
