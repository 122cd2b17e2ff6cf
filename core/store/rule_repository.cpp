#include "core/store/rule_repository.h"

#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

const QString kColumns = u"kind, id, title_id, body, version, changed_at"_s;

Result<RulePiece> readPiece(const sql::Statement& row)
{
    auto body = jsonColumn(row, 3);
    if (!body)
        return std::move(body).error();
    return RulePiece {.kind = row.text(0),
        .id = row.text(1),
        .title = row.id<TitleId>(2),
        .body = std::move(*body),
        .version = static_cast<int>(row.integer(4)),
        .changedAt = row.instant(5)};
}

} // namespace

Result<int> RuleRepository::put(const RulePiece& piece)
{
    const auto stored
        = m_connection->integer(u"SELECT version FROM rules WHERE kind = ? AND id = ?"_s, piece.kind, piece.id);
    if (!stored)
        return stored.error();
    if (*stored != piece.version) {
        return Error {ErrorCode::Conflict,
            u"%1 %2 was edited from version %3, but version %4 is stored"_s.arg(piece.kind, piece.id)
                .arg(piece.version)
                .arg(*stored),
            "stale"};
    }
    const int version = piece.version + 1;
    auto done = m_connection->execute(
        u"INSERT INTO rules (kind, id, title_id, body, version, changed_at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (kind, id) DO UPDATE SET title_id = excluded.title_id, body = excluded.body, "
        "version = excluded.version, changed_at = excluded.changed_at"_s,
        piece.kind, piece.id, piece.title, jsonText(piece.body), version, piece.changedAt);
    if (!done)
        return std::move(done).error();
    return version;
}

Result<void> RuleRepository::remove(const QString& kind, const QString& id)
{
    const auto done = m_connection->execute(u"DELETE FROM rules WHERE kind = ? AND id = ?"_s, kind, id);
    if (!done)
        return done.error();
    if (*done == 0)
        return Error {ErrorCode::NotFound, u"there is no %1 %2"_s.arg(kind, id), "rule_not_found"};
    return {};
}

Result<std::optional<RulePiece>> RuleRepository::find(const QString& kind, const QString& id) const
{
    return m_connection->one(u"SELECT %1 FROM rules WHERE kind = ? AND id = ?"_s.arg(kColumns), readPiece, kind, id);
}

Result<std::vector<RulePiece>> RuleRepository::findByTitle(const TitleId& title) const
{
    return m_connection->all(
        u"SELECT %1 FROM rules WHERE title_id = ? ORDER BY kind, id"_s.arg(kColumns), readPiece, title);
}

Result<std::vector<RulePiece>> RuleRepository::findAll(const QString& kind) const
{
    return m_connection->all(u"SELECT %1 FROM rules WHERE kind = ? ORDER BY id"_s.arg(kColumns), readPiece, kind);
}

Result<qint64> RuleRepository::mostPieces() const
{
    return m_connection->integer(u"SELECT MAX(rowid) FROM rules"_s);
}

} // namespace vidimus::store
