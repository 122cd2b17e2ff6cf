#include "core/store/audit_repository.h"

#include "core/audit/merkle_hash.h"
#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;
using audit::SignedHead;
using sql::Statement;

namespace {

constexpr qsizetype kHashBytes = 32;

Result<SignedHead> readHead(const Statement& row)
{
    const auto body = jsonColumn(row, 0);
    if (!body)
        return body.error();
    auto head = audit::signedHeadFromJson(*body);
    if (!head)
        return corruptRow(head.error());
    return head;
}

Result<audit::MerkleTree> readTree(const Statement& row)
{
    const QByteArray bytes = row.bytes(1);
    std::vector<QByteArray> peaks;
    for (qsizetype at = 0; at < bytes.size(); at += kHashBytes)
        peaks.push_back(bytes.mid(at, kHashBytes));
    return audit::MerkleTree::restore(static_cast<std::uint64_t>(row.integer(0)), std::move(peaks));
}

} // namespace

AuditRepository::AuditRepository(sql::Connection& connection, const SigningKey& key, Instant now)
    : m_connection(&connection)
    , m_key(&key)
    , m_now(now)
{
}

Result<void> AuditRepository::load()
{
    auto tree = m_connection->one(u"SELECT size, peaks FROM audit_tip"_s, readTree);
    if (!tree)
        return std::move(tree).error();
    m_tree = tree->value_or(audit::MerkleTree());
    return {};
}

Result<void> AuditRepository::append(const QString& actor, const QString& action, const QString& subject,
    const QJsonValue& before, const QJsonValue& after)
{
    Q_ASSERT(m_key);
    if (!m_tree) {
        if (auto loaded = load(); !loaded)
            return loaded;
    }
    const std::uint64_t sequence = m_tree->size() + 1;
    const QByteArray leaf = audit::leafBytes({.sequence = sequence,
        .at = m_now,
        .actor = actor,
        .action = action,
        .subject = subject,
        .before = before,
        .after = after});
    const QByteArray hash = audit::leafHash(leaf);
    auto done = m_connection->execute(
        u"INSERT INTO audit_entries (sequence, entry, leaf_hash, subject) VALUES (?, ?, ?, ?)"_s, sequence,
        QString::fromUtf8(leaf), hash, subject);
    if (!done)
        return std::move(done).error();
    m_tree->addHash(hash);
    return {};
}

Result<std::optional<SignedHead>> AuditRepository::seal(const audit::HeadPolicy& policy, bool atAnyRate)
{
    if (!m_tree && !atAnyRate)
        return std::optional<SignedHead>();
    if (!m_tree) {
        if (auto loaded = load(); !loaded)
            return std::move(loaded).error();
    }
    const auto last = m_connection->one(u"SELECT size, at FROM audit_heads ORDER BY size DESC LIMIT 1"_s,
        [](const Statement& row) { return std::pair(static_cast<std::uint64_t>(row.integer(0)), row.instant(1)); });
    if (!last)
        return last.error();
    const auto [lastSize, lastAt] = last->value_or(std::pair(std::uint64_t {0}, Instant {}));
    const SignedHead head = audit::signHead(m_tree->size(), m_tree->root(), m_now, *m_key);
    const QString body = jsonText(toJson(head));
    QByteArray peaks;
    for (const QByteArray& peak : m_tree->peaks())
        peaks += peak;
    auto done = m_connection->execute(u"INSERT INTO audit_tip (id, size, peaks, head) VALUES (1, ?, ?, ?) ON CONFLICT "
                                      "(id) DO UPDATE SET size = excluded.size, peaks = excluded.peaks, "
                                      "head = excluded.head"_s,
        head.size, peaks, body);
    if (!done)
        return std::move(done).error();
    if (!policy.isDue(head.size, m_now, lastSize, lastAt))
        return std::optional<SignedHead>();
    done = m_connection->execute(
        u"INSERT INTO audit_heads (size, at, body) VALUES (?, ?, ?)"_s, head.size, head.at, body);
    if (!done)
        return std::move(done).error();
    return std::optional(head);
}

Result<std::optional<SignedHead>> AuditRepository::tip() const
{
    return m_connection->one(u"SELECT head FROM audit_tip"_s, readHead);
}

Result<std::vector<SignedHead>> AuditRepository::heads() const
{
    return m_connection->all(u"SELECT body FROM audit_heads ORDER BY size"_s, readHead);
}

Result<std::vector<audit::LogEntry>> AuditRepository::page(const QString& subject, quint64 before, int limit) const
{
    const auto read = [](const Statement& row) -> Result<audit::LogEntry> {
        auto entry = audit::logEntryFromLeaf(row.text(0).toUtf8());
        if (!entry)
            return corruptRow(entry.error());
        return entry;
    };
    const qint64 below = before == 0 ? std::numeric_limits<qint64>::max() : static_cast<qint64>(before);
    if (subject.isEmpty())
        return m_connection->all(
            u"SELECT entry FROM audit_entries WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"_s, read, below, limit);
    return m_connection->all(u"SELECT entry FROM audit_entries WHERE subject = ? AND sequence < ? "
                             "ORDER BY sequence DESC LIMIT ?"_s,
        read, subject, below, limit);
}

Result<void> AuditRepository::forEach(
    const std::function<bool(const QByteArray& leaf, const QByteArray& leafHash)>& each) const
{
    auto statement = m_connection->prepare(u"SELECT entry, leaf_hash FROM audit_entries ORDER BY sequence"_s);
    if (!statement)
        return std::move(statement).error();
    for (;;) {
        const auto there = statement->next();
        if (!there)
            return there.error();
        if (!*there || !each(statement->text(0).toUtf8(), statement->bytes(1)))
            return {};
    }
}

Result<audit::LogReport> AuditRepository::verify(
    std::vector<SignedHead> knownHeads, std::vector<QByteArray> trustedKeys) const
{
    auto heads = this->heads();
    if (!heads)
        return std::move(heads).error();
    const auto last = tip();
    if (!last)
        return last.error();
    if (*last)
        heads->push_back(**last);
    audit::LogVerifier verifier({std::move(*heads), std::move(knownHeads), std::move(trustedKeys)});
    auto read = forEach([&](const QByteArray& leaf, const QByteArray& hash) {
        verifier.add(leaf, hash);
        return true;
    });
    if (!read)
        return std::move(read).error();
    audit::LogReport report = verifier.finish();
    if (!report.isSound())
        return report;
    // The column by which entries are found must say what the signed entry says.
    const auto hidden = m_connection->integer(
        u"SELECT min(sequence) FROM audit_entries WHERE subject <> json_extract(entry, '$.subject')"_s);
    if (!hidden)
        return hidden.error();
    if (*hidden != 0) {
        report.result = audit::LogResult::BadEntry;
        report.firstBad = static_cast<std::uint64_t>(*hidden);
        report.detail = u"entry %1 is filed under another subject"_s.arg(*hidden);
    }
    return report;
}

} // namespace vidimus::store
