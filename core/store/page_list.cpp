#include "core/store/page_list.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/base/read_at.h"
#include "core/base/sha256.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

/// The list: 12 bytes of name, the page size as four bytes (big-endian), then 16 bytes a page, the beginning of its
/// SHA-256; zeros where nothing is known of it.
constexpr QByteArrayView kName("vidimusPage1", 12);
constexpr qsizetype kHeaderBytes = 16;
constexpr qsizetype kDigestBytes = 16;
/// For pages of 4 KiB, a database of 256 GiB.
constexpr qint64 kMaxListBytes = qint64 {1} << 30;

QString listPath(const QString& databasePath)
{
    return databasePath + u".pages"_s;
}

QByteArray digestOf(QByteArrayView page)
{
    return sha256(page).first(kDigestBytes);
}

QByteArray headerFor(quint32 pageSize)
{
    QByteArray header = kName.toByteArray() + QByteArray(4, '\0');
    qToBigEndian(pageSize, header.data() + kName.size());
    return header;
}

/// The page size of a list; 0 for what is no list.
quint32 pageSizeOf(QByteArrayView list)
{
    if (list.size() < kHeaderBytes || !list.startsWith(kName))
        return 0;
    const auto size = qFromBigEndian<quint32>(list.data() + kName.size());
    return size >= 512 && size <= 65536 && (size & (size - 1)) == 0 ? size : 0;
}

Result<qsizetype> read(int database, QByteArray& piece, qint64 place)
{
    return readAt(database, std::span(piece.data(), static_cast<std::size_t>(piece.size())), place, u"workspace.db"_s);
}

Result<void> writeAt(int file, QByteArrayView bytes, qint64 place)
{
    while (!bytes.isEmpty()) {
        const ssize_t some = pwrite(file, bytes.data(), static_cast<std::size_t>(bytes.size()), place);
        if (some < 0 && errno == EINTR)
            continue;
        if (some <= 0)
            return posixError("write", some < 0 ? errno : EIO, u"workspace.db.pages"_s);
        bytes = bytes.sliced(some);
        place += some;
    }
    return {};
}

PageCheck damaged(const QString& what)
{
    return {.hasList = true, .damage = what};
}

} // namespace

Result<PageCheck> checkPages(const QString& databasePath, int database, const WalPages& log, const CancelToken& cancel)
{
    const auto list = readFile(listPath(databasePath), kMaxListBytes);
    if (!list && list.error().code != ErrorCode::NotFound)
        return list.error();
    if (log.isDamaged)
        return damaged(u"the log of the database is broken in the middle"_s);
    if (!list)
        return PageCheck {};
    const quint32 pageSize = pageSizeOf(*list);
    if (pageSize == 0 || (log.pageSize != 0 && log.pageSize != pageSize))
        return damaged(u"the list of the pages is not one"_s);
    QByteArray page(pageSize, Qt::Uninitialized);
    const QByteArray unknown(kDigestBytes, '\0');
    const qsizetype count = (list->size() - kHeaderBytes) / kDigestBytes;
    for (qsizetype index = 0; index < count; ++index) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"the check was cancelled"_s, {}};
        const QByteArrayView digest = QByteArrayView(*list).sliced(kHeaderBytes + index * kDigestBytes, kDigestBytes);
        if (digest == unknown || log.places.contains(static_cast<quint32>(index + 1)))
            continue;
        const auto got = read(database, page, index * static_cast<qint64>(pageSize));
        if (!got)
            return got.error();
        if (*got < page.size() || digestOf(page) != digest)
            return damaged(u"page %1 of the database is not what was written"_s.arg(index + 1));
    }
    return PageCheck {.hasList = true, .damage = {}};
}

Result<void> listPages(const QString& databasePath, int database)
{
    QByteArray head(18, '\0');
    if (const auto got = read(database, head, 0); !got)
        return got.error();
    // SQLite's file format, section 1.3.2: two bytes at 16, where 1 stands for 65,536.
    const auto stored = qFromBigEndian<quint16>(head.constData() + 16);
    const quint32 pageSize = stored == 1 ? 65536 : stored;
    QByteArray list = headerFor(pageSize);
    if (pageSizeOf(list) == 0)
        return Error {ErrorCode::Corrupt, u"the database has no page size"_s, "database_damaged"};
    QByteArray page(pageSize, Qt::Uninitialized);
    for (qint64 place = 0;; place += pageSize) {
        const auto got = read(database, page, place);
        if (!got)
            return got.error();
        if (*got < page.size())
            return writeFileDurably(listPath(databasePath), list);
        list += digestOf(page);
    }
}

Result<void> listPagesOfLog(const sql::Connection& writer)
{
    const QString& databasePath = writer.path();
    const auto log = readPagesToCheckpoint(writer);
    if (!log)
        return log.error();
    if (log->places.empty())
        return {};
    const UniqueFd list(open(QFile::encodeName(listPath(databasePath)).constData(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!list.isValid())
        return posixError("open", errno, u"workspace.db.pages"_s);
    auto put = forEachPage(walPathOf(databasePath), *log, [&](quint32 number, QByteArrayView content) {
        return writeAt(list.get(), digestOf(content), kHeaderBytes + (number - qint64 {1}) * kDigestBytes);
    });
    if (!put)
        return put;
    if (fdatasync(list.get()) != 0)
        return posixError("fdatasync", errno, u"workspace.db.pages"_s);
    return {};
}

Result<void> removePageList(const QString& databasePath)
{
    if (unlink(QFile::encodeName(listPath(databasePath)).constData()) != 0) {
        if (errno == ENOENT)
            return {};
        return posixError("remove the list of pages", errno);
    }
    return syncFolder(QFileInfo(databasePath).absolutePath());
}

} // namespace vidimus::store
