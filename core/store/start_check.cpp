#include "core/store/start_check.h"

#include "core/sql/integrity.h"
#include "core/sql/migrator.h"

#include <QFile>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

Error damaged(const QString& detail)
{
    return {ErrorCode::Corrupt, detail, "database_damaged"};
}

} // namespace

Result<StartFindings> checkDatabase(
    const QString& path, int file, const WalPages& log, Milliseconds budget, const CancelToken& cancel)
{
    const auto pages = checkPages(path, file, log, cancel);
    if (!pages)
        return pages.error();
    if (!pages->isSound())
        return damaged(*pages->damage);
    auto reader = sql::Connection::openSqlite({.path = path, .access = sql::Access::ReadOnly});
    if (!reader)
        return std::move(reader).error();
    const auto report = sql::checkIntegrity(*reader, sql::IntegrityDepth::Quick, budget);
    if (!report)
        return report.error();
    if (!report->isSound())
        return damaged(report->faults.first());
    return StartFindings {.finished = report->finished, .hasPageList = pages->hasList};
}

bool mayBeCheckedLater(const QString& path, int newestVersion)
{
    // SQLite's file format, section 1.3: offsets 18 and 19 are 2 for a file in WAL mode.
    QFile file(path);
    const QByteArray head = file.open(QIODevice::ReadOnly) ? file.read(20) : QByteArray();
    file.close();
    if (head.size() < 20 || !head.startsWith(QByteArrayView("SQLite format 3\0", 16)) || head[18] != 2 || head[19] != 2)
        return false;
    auto reader = sql::Connection::openSqlite({.path = path, .access = sql::Access::ReadOnly});
    const auto state = reader ? sql::Migrator::read(*reader) : Result<sql::SchemaState>(reader.error());
    return state && state->version == newestVersion;
}

StartCheck::StartCheck(QString path, int file, WalPages log, Milliseconds budget, Done done)
    : m_thread([path = std::move(path), file, log = std::move(log), budget, done = std::move(done),
                   cancel = m_cancel.token()] {
        const auto result = checkDatabase(path, file, log, budget, cancel);
        if (result || result.error().code != ErrorCode::Canceled)
            done(result);
    })
{
}

StartCheck::~StartCheck()
{
    stop();
}

void StartCheck::stop()
{
    m_cancel.cancel();
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace vidimus::store
