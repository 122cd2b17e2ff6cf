#pragma once

#include "core/audit/merkle_tree.h"
#include "core/audit/signed_head.h"
#include "core/base/signature.h"
#include "core/sql/connection.h"

#include <QJsonArray>
#include <QJsonValue>
#include <optional>

namespace vidimus::catalog_server {

/// The audit log in the catalog's database: each entry is written in the transaction of the change it tells of. On the
/// database's thread.
class AuditTrail {
public:
    /// Reads the log to the end. Errors: Corrupt (an entry is missing), Io.
    [[nodiscard]] static Result<AuditTrail> load(sql::Connection& connection, SigningKey key);

    /// Inside a transaction; settle() or revert() must follow it.
    [[nodiscard]] Result<void> append(sql::Connection& connection, Instant now, const QString& actor,
        const QString& action, const QString& subject, const QJsonValue& before, const QJsonValue& after);
    void settle(); ///< after the commit
    void revert(); ///< after the rollback

    /// The newest head, signed now.
    [[nodiscard]] audit::SignedHead head(Instant now) const;
    /// Entries from sequence number \a from (1 is the first), at most \a limit.
    [[nodiscard]] static Result<QJsonArray> entries(sql::Connection& connection, qint64 from, int limit);

private:
    AuditTrail(SigningKey key, audit::MerkleTree tree);

    SigningKey m_key;
    audit::MerkleTree m_tree;
    audit::MerkleTree m_settledTree;
    std::uint64_t m_headSize = 0; ///< of the last head kept in the database
    std::uint64_t m_settledHeadSize = 0;
    Instant m_headAt {};
};

} // namespace vidimus::catalog_server
