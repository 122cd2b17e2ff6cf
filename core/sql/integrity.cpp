#include "core/sql/integrity.h"

#include "core/sql/sqlite_facts.h"

#include <sqlite3.h>

namespace vidimus::sql {

using namespace Qt::StringLiterals;

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
/// Virtual machine instructions between two looks at the clock.
constexpr int kInstructionsPerLook = 10'000;

int isTimeUp(void* deadline)
{
    return std::chrono::steady_clock::now() > *static_cast<SteadyTime*>(deadline) ? 1 : 0;
}

/// Stops the statements of a connection at a deadline.
class Deadline {
public:
    Deadline(sqlite3* handle, Milliseconds budget)
        : m_handle(handle)
        , m_time(std::chrono::steady_clock::now() + budget)
    {
        sqlite3_progress_handler(m_handle, kInstructionsPerLook, isTimeUp, &m_time);
    }
    ~Deadline() { sqlite3_progress_handler(m_handle, 0, nullptr, nullptr); }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

private:
    sqlite3* m_handle;
    SteadyTime m_time;
};

/// Adds what a checking pragma found; false when there is nothing more to ask (time is up or the file is unreadable).
Result<bool> collect(Connection& connection, const QString& pragma, IntegrityReport& report)
{
    auto rows = connection.all(pragma, [](const Statement& row) { return row.text(0); });
    if (rows) {
        for (const QString& line : *rows) {
            if (line != u"ok"_s)
                report.faults += line;
        }
        return true;
    }
    switch (rows.error().code) {
    case ErrorCode::Canceled:
        report.finished = false;
        return false;
    case ErrorCode::Corrupt:
        report.faults += rows.error().detail;
        return false;
    default:
        return rows.error();
    }
}

} // namespace

Result<IntegrityReport> checkIntegrity(Connection& connection, IntegrityDepth depth, Milliseconds budget)
{
    const Deadline deadline(connection.sqliteHandle(), budget);
    IntegrityReport report;
    const bool quick = depth == IntegrityDepth::Quick;
    const auto more
        = collect(connection, quick ? u"PRAGMA quick_check(100)"_s : u"PRAGMA integrity_check(100)"_s, report);
    if (!more)
        return more.error();
    if (*more && !quick) {
        if (const auto rest = collect(
                connection, u"SELECT 'broken reference in ' || \"table\" FROM pragma_foreign_key_check"_s, report);
            !rest)
            return rest.error();
    }
    return report;
}

} // namespace vidimus::sql
