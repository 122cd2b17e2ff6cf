#include "core/store/unit_of_work.h"

namespace vidimus::store {

UnitOfWork::UnitOfWork(sql::Connection& connection)
    : assets(connection)
    , reports(connection)
    , allowances(connection)
    , decisions(connection)
    , outbox(connection)
    , rules(connection)
    , jobs(connection)
    , publications(connection)
    , fingerprints(connection)
    , banks(connection)
    , matches(connection)
    , settings(connection)
    , comments(connection)
    , scrubs(connection)
    , audit(connection)
{
}

UnitOfWork::UnitOfWork(sql::Connection& connection, const SigningKey& key, Instant now)
    : UnitOfWork(connection)
{
    audit = AuditRepository(connection, key, now);
    m_now = now;
}

} // namespace vidimus::store
