#include "core/store/allowance_repository.h"

#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

Result<checks::Allowance> readAllowance(const sql::Statement& row)
{
    auto body = jsonColumn(row, 0);
    if (!body)
        return std::move(body).error();
    auto allowance = checks::allowanceFromJson(*body);
    if (!allowance)
        return Error {ErrorCode::Corrupt, allowance.error().detail, "stored_allowance"};
    return allowance;
}

} // namespace

Result<void> AllowanceRepository::add(const checks::Allowance& allowance)
{
    auto done = m_connection->execute(
        u"INSERT INTO allowances (id, sha256, check_id, author, at, expires, body) VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
        allowance.id, QString::fromLatin1(allowance.sha256), allowance.checkId, allowance.author, allowance.at,
        allowance.expires, jsonText(checks::toJson(allowance)));
    if (!done)
        return std::move(done).error();
    return {};
}

Result<void> AllowanceRepository::remove(const checks::AllowanceId& id)
{
    auto done = m_connection->execute(u"DELETE FROM allowances WHERE id = ?"_s, id);
    if (!done)
        return std::move(done).error();
    if (*done == 0)
        return Error {ErrorCode::NotFound, u"There is no such allowance."_s, "no_allowance"};
    return {};
}

Result<std::optional<checks::Allowance>> AllowanceRepository::find(const checks::AllowanceId& id) const
{
    return m_connection->one(u"SELECT body FROM allowances WHERE id = ?"_s, readAllowance, id);
}

Result<std::vector<checks::Allowance>> AllowanceRepository::ofContent(const QByteArray& sha256) const
{
    return m_connection->all(
        u"SELECT body FROM allowances WHERE sha256 = ? ORDER BY at, id"_s, readAllowance, QString::fromLatin1(sha256));
}

Result<std::vector<checks::Allowance>> AllowanceRepository::all() const
{
    return m_connection->all(u"SELECT body FROM allowances ORDER BY at DESC, id"_s, readAllowance);
}

} // namespace vidimus::store
