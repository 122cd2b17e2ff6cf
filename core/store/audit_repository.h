#pragma once

#include "core/audit/log_entry.h"
#include "core/audit/log_verifier.h"
#include "core/audit/merkle_tree.h"
#include "core/audit/signed_head.h"
#include "core/sql/connection.h"

#include <functional>
#include <optional>

namespace vidimus::store {

/// The audit log in the workspace database: entries are written in the transaction of the change they tell of, and the
/// head over all of them is signed anew with each transaction. Part of a transaction; const functions only read.
class AuditRepository {
public:
    /// For reading.
    explicit AuditRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// For writing; \a key must outlive it.
    AuditRepository(sql::Connection& connection, const SigningKey& key, Instant now);

    /// Adds an entry; the sequence number is given here. \a before and \a after are the subject's JSON, null where it
    /// did not exist or is gone.
    [[nodiscard]] Result<void> append(const QString& actor, const QString& action, const QString& subject,
        const QJsonValue& before, const QJsonValue& after);
    /// Signs what was added; called by the store before COMMIT. Returns a head to be anchored elsewhere, if one is due.
    /// Without additions it only makes a head that has become due by its age, and only when \a atAnyRate.
    [[nodiscard]] Result<std::optional<audit::SignedHead>> seal(
        const audit::HeadPolicy& policy, bool atAnyRate = false);

    /// The signed head over the whole log; none when it is empty. Errors: Corrupt.
    [[nodiscard]] Result<std::optional<audit::SignedHead>> tip() const;
    [[nodiscard]] Result<std::vector<audit::SignedHead>> heads() const;
    /// Newest first: entries with a sequence below \a before (0: from the end), of one subject if it is not empty.
    [[nodiscard]] Result<std::vector<audit::LogEntry>> page(const QString& subject, quint64 before, int limit) const;
    /// All entries in order, as stored: the leaf's bytes and its hash. \a each returns false to stop.
    [[nodiscard]] Result<void> forEach(
        const std::function<bool(const QByteArray& leaf, const QByteArray& leafHash)>& each) const;
    /// Holds the log against its heads and those kept elsewhere.
    [[nodiscard]] Result<audit::LogReport> verify(
        std::vector<audit::SignedHead> knownHeads, std::vector<QByteArray> trustedKeys) const;

private:
    [[nodiscard]] Result<void> load();

    sql::Connection* m_connection;
    const SigningKey* m_key = nullptr;
    Instant m_now {};
    std::optional<audit::MerkleTree> m_tree; ///< while writing, once something was added
};

} // namespace vidimus::store
