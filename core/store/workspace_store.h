#pragma once

#include "core/sql/integrity.h"
#include "core/sql/migrator.h"
#include "core/sql/sqlite_facts.h"
#include "core/store/audit_keys.h"
#include "core/store/reader_pool.h"
#include "core/store/reserve.h"
#include "core/store/start_check.h"
#include "core/store/unit_of_work.h"
#include "core/store/writer_thread.h"

#include <functional>
#include <memory>
#include <optional>

namespace vidimus::store {

struct StoreOptions {
    QString folder; ///< the workspace; made when it is not there
    std::shared_ptr<const Clock> clock; ///< null: the system's
    qint64 reserveBytes = kReserveBytes;
    Milliseconds integrityBudget {2000}; ///< for the check at the start
    /// Opens at once and checks the file while it is in use; it is not written before it was found sound, what is
    /// committed meanwhile stands in the WAL. For a window that has to be there soon.
    bool checkInBackground = false;
};

/// What was found when the store was opened; for the log, "doctor" and About.
struct StartReport {
    sql::SqliteFacts sqlite;
    sql::SchemaState schema;
    bool integrityFinished = true; ///< false: the file is large; checkIntegrity() should go on in the background
    bool reserveHeld = true;
};

/// The workspace database. Exactly one connection writes, on the store's own thread; up to four read. All functions are
/// safe from any thread, but neither write() nor read() may be called from inside the function given to one of them.
class WorkspaceStore {
public:
    /// Takes the workspace's lock, checks the file, migrates it and makes the reserve. Nothing is changed before the
    /// check has passed. Errors: Conflict (reason "locked": another program has it), Corrupt (reasons
    /// "database_damaged", "database_missing", "log_cut"; salvage() or restore() help), Unsupported ("newer_file",
    /// "network_file_system"), Denied, DiskFull, Io.
    [[nodiscard]] static Result<std::unique_ptr<WorkspaceStore>> open(StoreOptions options);
    ~WorkspaceStore();
    WorkspaceStore(const WorkspaceStore&) = delete;
    WorkspaceStore& operator=(const WorkspaceStore&) = delete;

    /// Calls \a work as Result<T>(UnitOfWork&) in a transaction on the writer's thread. When it returns a value, all is
    /// committed and on the disk before this returns; when it returns an error, or the commit fails, nothing is kept.
    /// On a full disk the reserve is released and \a work is called once more, so it must not have other effects.
    template<class Work>
    auto write(Work work) -> std::invoke_result_t<Work, UnitOfWork&>
    {
        std::optional<std::invoke_result_t<Work, UnitOfWork&>> result;
        auto done = writeAny([&](UnitOfWork& unit) -> Result<void> {
            result.emplace(work(unit));
            return *result ? Result<void>() : Result<void>(result->error());
        });
        if (!done)
            return std::move(done).error();
        return std::move(*result);
    }

    /// Calls \a work as Result<T>(const UnitOfWork&) on the caller's thread, over one consistent moment.
    template<class Work>
    [[nodiscard]] auto read(Work work) -> std::invoke_result_t<Work, const UnitOfWork&>
    {
        std::optional<std::invoke_result_t<Work, const UnitOfWork&>> result;
        auto done = readAny([&](const UnitOfWork& unit) { result.emplace(work(unit)); });
        if (!done)
            return std::move(done).error();
        return std::move(*result);
    }

    [[nodiscard]] const StartReport& startReport() const { return m_startReport; }
    [[nodiscard]] const QString& folder() const { return m_options.folder; }
    [[nodiscard]] QString databasePath() const { return databasePathIn(m_options.folder); }
    [[nodiscard]] Instant now() const { return m_clock->now(); }
    /// The writer's own key, for other signed things of this workspace.
    [[nodiscard]] const SigningKey& signingKey() const { return m_key; }

    /// Called on the writer's thread after each commit; must return at once and not call the store. Set it before use.
    void setCommitListener(std::function<void()> listener) { m_commitListener = std::move(listener); }

    /// What the check in the background found; from then on nothing is read or written. The listener is called once, on
    /// any thread, at once when it is known already; it must not destroy the store.
    [[nodiscard]] std::optional<Error> damage() const;
    void setDamageListener(std::function<void(const Error&)> listener);
    /// Whether the file is still being looked at.
    [[nodiscard]] bool isBeingChecked() const { return m_isPending.load() && !damage(); }

    /// To be called every few seconds: makes a head when one is due by its age and makes the reserve again when there
    /// is room.
    [[nodiscard]] Result<void> maintain();
    [[nodiscard]] bool isReserveHeld() const { return m_reserve.isHeld(); }
    /// See Reserve::checkRoomBeside(); asked before media are written. Any thread.
    [[nodiscard]] Result<void> checkRoomForMedia(qint64 bytes) const { return m_reserve.checkRoomBeside(bytes); }

    /// On a reader, while work goes on.
    [[nodiscard]] Result<sql::IntegrityReport> checkIntegrity(sql::IntegrityDepth depth, Milliseconds budget);
    /// The log against its own heads, the anchored one and \a knownHeads.
    [[nodiscard]] Result<audit::LogReport> verifyAudit(std::vector<audit::SignedHead> knownHeads = {});
    /// A reader for what the repositories do not offer: backup, export.
    [[nodiscard]] Result<ReaderPool::Loan> borrowReader() { return m_readers.borrow(); }
    /// Counts the commits since the store was opened.
    [[nodiscard]] quint64 commitCount() const { return m_commits.load(); }

    [[nodiscard]] static QString databasePathIn(const QString& folder);
    [[nodiscard]] static QString keysPathIn(const QString& folder);
    [[nodiscard]] static Result<sql::Migrator> migrator();

private:
    /// As much of the WAL makes a checkpoint worth its cost; SQLite's own default.
    static constexpr qint64 kLogPages = 1000;

    WorkspaceStore(StoreOptions options, SigningKey key);
    [[nodiscard]] Result<void> openWriter(sql::HandleLease lease, const sql::Migrator& steps);
    void checkInBackground(WalPages log);
    [[nodiscard]] Result<void> trustFile(bool hasPageList); ///< while nobody writes
    void noteCommit(); ///< on the writer's thread
    void takeLogIn(); ///< on the writer's thread
    [[nodiscard]] Result<void> checkAnchor();
    [[nodiscard]] Result<void> writeAny(const std::function<Result<void>(UnitOfWork&)>& work);
    [[nodiscard]] Result<void> commitOnce(const std::function<Result<void>(UnitOfWork&)>& work, bool sealAtAnyRate);
    [[nodiscard]] Result<void> readAny(const std::function<void(const UnitOfWork&)>& work);

    StoreOptions m_options;
    std::shared_ptr<const Clock> m_clock;
    SigningKey m_key;
    AuditKeys m_auditKeys;
    Reserve m_reserve;
    StartReport m_startReport;
    std::function<void()> m_commitListener;
    std::atomic<quint64> m_commits {0};
    std::atomic<bool> m_isPending {true}; ///< the file is not trusted yet and must stay as it is
    mutable std::mutex m_damageMutex; ///< guards the next two
    std::optional<Error> m_damage;
    std::function<void(const Error&)> m_damageListener;
    UniqueFd m_file; ///< the database, for its pages; closing it drops the locks of SQLite's own handles
    std::unique_ptr<StartCheck> m_startCheck;
    std::optional<sql::Connection> m_writer; ///< this and the next two are touched by the writer's thread only
    qint64 m_logPages = 0; ///< of the WAL, after the last commit
    qint64 m_logPagesToTakeIn = kLogPages;
    WriterThread m_thread;
    ReaderPool m_readers; ///< closed before the writer, which then empties the WAL
};

} // namespace vidimus::store
