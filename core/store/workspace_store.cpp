#include "core/store/workspace_store.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/sql/transaction.h"
#include "core/store/page_list.h"

#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <cerrno>
#include <fcntl.h>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcStore, "vidimus.store")

const audit::HeadPolicy kHeadPolicy;

Error damaged(const char* reason, const QString& detail)
{
    return {ErrorCode::Corrupt, detail, reason};
}

QString reservePathIn(const QString& folder)
{
    return folder + u"/reserve"_s;
}

Result<UniqueFd> openFile(const QString& path)
{
    UniqueFd file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!file.isValid())
        return posixError("open", errno, u"workspace.db"_s);
    return file;
}

} // namespace

QString WorkspaceStore::databasePathIn(const QString& folder)
{
    return folder + u"/workspace.db"_s;
}

QString WorkspaceStore::keysPathIn(const QString& folder)
{
    return folder + u"/keys"_s;
}

Result<sql::Migrator> WorkspaceStore::migrator()
{
    auto steps = sql::loadMigrationSteps(u":/migrations/workspace"_s);
    if (!steps)
        return std::move(steps).error();
    return sql::Migrator(std::move(*steps));
}

WorkspaceStore::WorkspaceStore(StoreOptions options, SigningKey key)
    : m_options(std::move(options))
    , m_clock(m_options.clock ? m_options.clock : std::make_shared<SystemClock>())
    , m_key(std::move(key))
    , m_auditKeys(keysPathIn(m_options.folder))
    , m_reserve(reservePathIn(m_options.folder), m_options.reserveBytes)
    , m_readers(databasePathIn(m_options.folder))
{
    m_startReport.sqlite = sql::sqliteFacts();
}

WorkspaceStore::~WorkspaceStore()
{
    if (m_startCheck)
        m_startCheck->stop();
    // What a reader holds open would keep the writer from emptying the WAL.
    m_readers.closeIdle();
    m_thread.doAndWait([this] {
        if (!m_writer)
            return;
        // Closing takes the log in. Where it cannot be listed it stays, and so does the file.
        auto done = m_isPending ? Result<void>() : listPagesOfLog(*m_writer);
        if (done && !m_isPending)
            done = m_writer->holdCheckpoints(false);
        if (!done)
            qCWarning(lcStore, "the log stays: %s", qUtf8Printable(done.error().detail));
        m_writer.reset();
    });
}

Result<std::unique_ptr<WorkspaceStore>> WorkspaceStore::open(StoreOptions options)
{
    if (auto made = makeFolderDurably(options.folder); !made)
        return std::move(made).error();
    const QString path = databasePathIn(options.folder);
    auto lease = sql::HandleLease::take(path);
    if (!lease)
        return std::move(lease).error();
    Reserve(reservePathIn(options.folder), options.reserveBytes).makeRoomToOpen();
    removeStaleTemporaries(options.folder);
    const AuditKeys keys(keysPathIn(options.folder));
    const auto anchor = keys.anchoredHead();
    if (!anchor)
        return anchor.error();
    const bool exists = QFileInfo(path).size() > 0;
    if (!exists && *anchor)
        return damaged("database_missing", u"the database is gone, but its log had %1 entries"_s.arg((*anchor)->size));
    const auto steps = migrator();
    if (!steps)
        return steps.error();
    const bool isCheckedLater = exists && options.checkInBackground && mayBeCheckedLater(path, steps->newestVersion());
    auto file = exists ? openFile(path) : Result(UniqueFd());
    if (!file)
        return std::move(file).error();
    auto log = exists ? readWalPages(walPathOf(path)) : Result(WalPages {});
    if (!log)
        return std::move(log).error();
    StartFindings findings {.finished = !isCheckedLater, .hasPageList = false};
    if (exists && !isCheckedLater) {
        const auto checked = checkDatabase(path, file->get(), *log, options.integrityBudget);
        if (!checked)
            return checked.error();
        findings = *checked;
    }
    auto key = keys.signingKey();
    if (!key)
        return std::move(key).error();
    std::unique_ptr<WorkspaceStore> store(new WorkspaceStore(std::move(options), std::move(*key)));
    store->m_startReport.integrityFinished = findings.finished;
    // A list of a database that somebody took away is not one of the new one.
    if (auto removed = exists ? Result<void>() : removePageList(path); !removed)
        return std::move(removed).error();
    if (auto opened = store->openWriter(std::move(*lease), *steps); !opened)
        return std::move(opened).error();
    if (!exists)
        file = openFile(path);
    if (!file)
        return std::move(file).error();
    store->m_file = std::move(*file);
    if (isCheckedLater)
        store->checkInBackground(std::move(*log));
    else if (auto trusted = store->trustFile(findings.hasPageList); !trusted)
        return std::move(trusted).error();
    if (auto checked = store->checkAnchor(); !checked)
        return std::move(checked).error();
    const auto reserved = store->m_reserve.ensure();
    store->m_startReport.reserveHeld = store->m_reserve.isHeld();
    if (!reserved)
        qCWarning(lcStore, "no reserve: %s", qUtf8Printable(reserved.error().detail));
    const StartReport& report = store->m_startReport;
    qCInfo(lcStore, "SQLite %s, %s the WAL-reset fix, schema %d", qUtf8Printable(report.sqlite.version),
        report.sqlite.hasWalResetFix ? "with" : "without", report.schema.version);
    return store;
}

Result<void> WorkspaceStore::openWriter(sql::HandleLease lease, const sql::Migrator& steps)
{
    Result<void> done;
    m_thread.doAndWait([&] {
        auto opened = sql::Connection::openSqlite({.path = databasePath()}, std::move(lease));
        if (!opened) {
            done = std::move(opened).error();
            return;
        }
        if (auto held = opened->holdCheckpoints(true); !held) {
            done = std::move(held);
            return;
        }
        const auto schema = steps.migrate(*opened);
        if (!schema) {
            done = schema.error();
            return;
        }
        m_startReport.schema = *schema;
        m_writer.emplace(std::move(*opened));
    });
    return done;
}

void WorkspaceStore::checkInBackground(WalPages log)
{
    m_startCheck = std::make_unique<StartCheck>(databasePath(), m_file.get(), std::move(log), m_options.integrityBudget,
        [this](const Result<StartFindings>& checked) {
            if (checked) {
                m_thread.doAndWait([&] {
                    if (const auto done = trustFile(checked->hasPageList); !done)
                        qCWarning(lcStore, "checkpoints stay held: %s", qUtf8Printable(done.error().detail));
                });
                return;
            }
            qCWarning(lcStore, "the database is damaged: %s", qUtf8Printable(checked.error().detail));
            std::function<void(const Error&)> listener;
            {
                const std::lock_guard lock(m_damageMutex);
                m_damage = checked.error();
                listener = m_damageListener;
            }
            if (listener)
                listener(checked.error());
        });
}

Result<void> WorkspaceStore::trustFile(bool hasPageList)
{
    // Until the list is there the file must stay what it is.
    if (auto listed = hasPageList ? Result<void>() : listPages(databasePath(), m_file.get()); !listed)
        return listed;
    m_isPending = false;
    return {};
}

void WorkspaceStore::noteCommit()
{
    ++m_commits;
    const auto log = m_writer->walEnd();
    const qint64 pages = log ? log->frames : 0;
    if (pages < m_logPages) // it was begun anew
        m_logPagesToTakeIn = kLogPages;
    m_logPages = pages;
    if (pages < m_logPagesToTakeIn || m_isPending)
        return;
    // Who waits for this commit need not wait for the checkpoint. One that a reader keeps from the end is tried again
    // when there is as much more to take in.
    m_logPagesToTakeIn = pages + kLogPages;
    m_thread.doLater([this] { takeLogIn(); });
}

void WorkspaceStore::takeLogIn()
{
    auto done = listPagesOfLog(*m_writer);
    if (done)
        done = m_writer->checkpoint(sql::AfterCheckpoint::ReuseTheLog);
    if (!done)
        qCWarning(lcStore, "the log was not taken in: %s", qUtf8Printable(done.error().detail));
}

std::optional<Error> WorkspaceStore::damage() const
{
    const std::lock_guard lock(m_damageMutex);
    return m_damage;
}

void WorkspaceStore::setDamageListener(std::function<void(const Error&)> listener)
{
    std::optional<Error> known;
    {
        const std::lock_guard lock(m_damageMutex);
        m_damageListener = listener;
        known = m_damage;
    }
    if (known && listener)
        listener(*known);
}

Result<void> WorkspaceStore::checkAnchor()
{
    const auto anchor = m_auditKeys.anchoredHead();
    if (!anchor)
        return anchor.error();
    if (!*anchor)
        return {};
    const auto tip = read([](const UnitOfWork& unit) { return unit.audit.tip(); });
    if (!tip)
        return tip.error();
    const std::uint64_t size = *tip ? (*tip)->size : 0;
    if (size < (*anchor)->size) {
        return damaged("log_cut", u"the log has %1 entries, but %2 were signed"_s.arg(size).arg((*anchor)->size));
    }
    return {};
}

Result<void> WorkspaceStore::commitOnce(const std::function<Result<void>(UnitOfWork&)>& work, bool sealAtAnyRate)
{
    auto transaction = sql::Transaction::begin(*m_writer);
    if (!transaction)
        return std::move(transaction).error();
    UnitOfWork unit(*m_writer, m_key, m_clock->now());
    if (auto done = work(unit); !done)
        return done;
    const auto head = unit.audit.seal(kHeadPolicy, sealAtAnyRate);
    if (!head)
        return head.error();
    if (auto committed = transaction->commit(); !committed)
        return committed;
    noteCommit();
    if (*head) {
        // The change is saved whatever happens here; the next head is due soon.
        if (const auto anchored = m_auditKeys.anchor(**head); !anchored)
            qCWarning(lcStore, "the head was not anchored: %s", qUtf8Printable(anchored.error().detail));
    }
    if (m_commitListener)
        m_commitListener();
    return {};
}

Result<void> WorkspaceStore::writeAny(const std::function<Result<void>(UnitOfWork&)>& work)
{
    if (auto found = damage())
        return *std::move(found);
    Result<void> done;
    m_thread.doAndWait([&] {
        done = commitOnce(work, false);
        if (!done && done.error().code == ErrorCode::DiskFull && m_reserve.release()) {
            qCWarning(lcStore, "the disk is full: the reserve was released");
            done = commitOnce(work, false);
        }
    });
    return done;
}

Result<void> WorkspaceStore::readAny(const std::function<void(const UnitOfWork&)>& work)
{
    if (auto found = damage())
        return *std::move(found);
    auto loan = m_readers.borrow();
    if (!loan)
        return std::move(loan).error();
    auto transaction = sql::Transaction::begin(loan->connection());
    if (!transaction)
        return std::move(transaction).error();
    work(UnitOfWork(loan->connection()));
    return {};
}

Result<void> WorkspaceStore::maintain()
{
    if (auto found = damage())
        return *std::move(found);
    Result<void> done;
    m_thread.doAndWait([&] {
        done = commitOnce([](UnitOfWork&) { return Result<void>(); }, true);
        // Without room it stays as it is, which isReserveHeld() says.
        (void)m_reserve.ensure();
    });
    return done;
}

Result<sql::IntegrityReport> WorkspaceStore::checkIntegrity(sql::IntegrityDepth depth, Milliseconds budget)
{
    auto loan = m_readers.borrow();
    if (!loan)
        return std::move(loan).error();
    return sql::checkIntegrity(loan->connection(), depth, budget);
}

Result<audit::LogReport> WorkspaceStore::verifyAudit(std::vector<audit::SignedHead> knownHeads)
{
    const auto anchor = m_auditKeys.anchoredHead();
    if (!anchor)
        return anchor.error();
    if (*anchor)
        knownHeads.push_back(**anchor);
    auto trusted = m_auditKeys.trustedKeys();
    if (!trusted)
        return std::move(trusted).error();
    return read([&](const UnitOfWork& unit) { return unit.audit.verify(std::move(knownHeads), std::move(*trusted)); });
}

} // namespace vidimus::store
