#include "core/catalog_server/audit_trail.h"

#include "core/audit/log_entry.h"
#include "core/base/json.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

AuditTrail::AuditTrail(SigningKey key, audit::MerkleTree tree)
    : m_key(std::move(key))
    , m_tree(tree)
    , m_settledTree(std::move(tree))
{
}

Result<AuditTrail> AuditTrail::load(sql::Connection& connection, SigningKey key)
{
    auto statement = connection.prepare(u"SELECT sequence, leaf FROM audit_entries ORDER BY sequence"_s);
    if (!statement)
        return std::move(statement).error();
    audit::MerkleTree tree;
    for (;;) {
        const auto there = statement->next();
        if (!there)
            return there.error();
        if (!*there)
            break;
        if (statement->integer(0) != static_cast<qint64>(tree.size()) + 1)
            return Error {ErrorCode::Corrupt, u"audit entry %1 is missing"_s.arg(tree.size() + 1), "audit_gap"};
        tree.add(statement->bytes(1));
    }
    const auto headSize = connection.integer(u"SELECT max(size) FROM audit_heads"_s);
    if (!headSize)
        return headSize.error();
    AuditTrail trail(std::move(key), std::move(tree));
    trail.m_headSize = trail.m_settledHeadSize = static_cast<std::uint64_t>(*headSize);
    return trail;
}

Result<void> AuditTrail::append(sql::Connection& connection, Instant now, const QString& actor, const QString& action,
    const QString& subject, const QJsonValue& before, const QJsonValue& after)
{
    const audit::LogEntry entry {m_tree.size() + 1, now, actor, action, subject, before, after};
    const QByteArray leaf = audit::leafBytes(entry);
    if (auto added = connection.execute(
            u"INSERT INTO audit_entries (sequence, leaf) VALUES (?, ?)"_s, static_cast<qint64>(entry.sequence), leaf);
        !added)
        return std::move(added).error();
    m_tree.add(leaf);
    if (!audit::HeadPolicy().isDue(m_tree.size(), now, m_headSize, m_headAt))
        return {};
    const QByteArray signedHead = toJson(audit::toJson(head(now)));
    if (auto added = connection.execute(u"INSERT INTO audit_heads (size, head) VALUES (?, ?)"_s,
            static_cast<qint64>(m_tree.size()), QString::fromUtf8(signedHead));
        !added)
        return std::move(added).error();
    m_headSize = m_tree.size();
    m_headAt = now;
    return {};
}

void AuditTrail::settle()
{
    m_settledTree = m_tree;
    m_settledHeadSize = m_headSize;
}

void AuditTrail::revert()
{
    m_tree = m_settledTree;
    m_headSize = m_settledHeadSize;
}

audit::SignedHead AuditTrail::head(Instant now) const
{
    return audit::signHead(m_tree.size(), m_tree.root(), now, m_key);
}

Result<QJsonArray> AuditTrail::entries(sql::Connection& connection, qint64 from, int limit)
{
    const auto rows = connection.all(
        u"SELECT leaf FROM audit_entries WHERE sequence >= ? ORDER BY sequence LIMIT ?"_s,
        [](const sql::Statement& row) { return parseJsonObject(row.bytes(0)); }, from, limit);
    if (!rows)
        return rows.error();
    QJsonArray entries;
    for (const QJsonObject& row : *rows)
        entries.append(row);
    return entries;
}

} // namespace vidimus::catalog_server
