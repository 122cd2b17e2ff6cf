#include "core/store/decision_repository.h"

#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;
using moderation::Decision;

namespace {

Result<Decision> readDecision(const sql::Statement& row)
{
    const auto body = jsonColumn(row, 0);
    if (!body)
        return body.error();
    auto decision = moderation::decisionFromJson(*body);
    if (!decision)
        return corruptRow(decision.error());
    return decision;
}

QString text(const char* name)
{
    return QString::fromLatin1(name);
}

Error noDecision(const DecisionId& id)
{
    return {ErrorCode::NotFound, u"there is no decision %1"_s.arg(id.toString()), "decision_not_found"};
}

} // namespace

Result<void> DecisionRepository::add(const Decision& decision)
{
    auto done = m_connection->execute(
        u"INSERT INTO decisions (id, asset_id, asset_sha256, verdict, reason, author, at, state, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        decision.id, decision.asset, QString::fromLatin1(decision.assetSha256),
        text(moderation::verdictName(decision.verdict)), decision.reason, decision.author.toString(), decision.at,
        text(moderation::decisionStateName(decision.state)), jsonText(toJson(decision)));
    if (!done)
        return std::move(done).error();
    return {};
}

Result<void> DecisionRepository::update(const Decision& decision)
{
    const auto done = m_connection->execute(
        u"UPDATE decisions SET verdict = ?, reason = ?, author = ?, at = ?, state = ?, body = ? WHERE id = ?"_s,
        text(moderation::verdictName(decision.verdict)), decision.reason, decision.author.toString(), decision.at,
        text(moderation::decisionStateName(decision.state)), jsonText(toJson(decision)), decision.id);
    if (!done)
        return done.error();
    return *done == 1 ? Result<void>() : noDecision(decision.id);
}

Result<Decision> DecisionRepository::find(const DecisionId& id) const
{
    auto found = m_connection->one(u"SELECT body FROM decisions WHERE id = ?"_s, readDecision, id);
    if (!found)
        return std::move(found).error();
    if (!*found)
        return noDecision(id);
    return std::move(**found);
}

Result<std::optional<Decision>> DecisionRepository::standing(const AssetId& asset, const QByteArray& sha256) const
{
    return m_connection->one(
        u"SELECT body FROM decisions WHERE asset_id = ? AND asset_sha256 = ? AND state IN ('committed', 'sent')"_s,
        readDecision, asset, QString::fromLatin1(sha256));
}

Result<std::vector<Decision>> DecisionRepository::history(const AssetId& asset) const
{
    return m_connection->all(
        u"SELECT body FROM decisions WHERE asset_id = ? ORDER BY sequence DESC"_s, readDecision, asset);
}

Result<std::vector<Decision>> DecisionRepository::latestOf(const PersonId& author, int limit) const
{
    return m_connection->all(
        u"SELECT body FROM decisions WHERE author = ? ORDER BY sequence DESC LIMIT ?"_s, readDecision, author, limit);
}

Result<qint64> DecisionRepository::count() const
{
    return m_connection->integer(u"SELECT count(*) FROM decisions"_s);
}

} // namespace vidimus::store
