#include "core/sql/statement.h"

#include "core/sql/sql_error.h"

#include <QSqlError>

namespace vidimus::sql {

Statement::Statement(QSqlQuery query)
    : m_query(std::move(query))
{
}

void Statement::bindOne(int place, const QVariant& value)
{
    if (m_executed)
        m_query.finish();
    m_executed = false;
    m_query.bindValue(place, value);
}

Statement& Statement::bindRow(const Statement& row, int count)
{
    for (int i = 0; i < count; ++i)
        bindOne(i, row.m_query.value(i));
    return *this;
}

void Statement::forget()
{
    m_query.finish();
    m_executed = false;
    for (qsizetype place = m_query.boundValues().size(); place > 0; --place)
        m_query.bindValue(static_cast<int>(place - 1), QVariant());
}

Result<void> Statement::execute()
{
    if (!m_query.exec())
        return sqlError(m_query.lastError(), "execute", m_query.driver());
    m_executed = true;
    return {};
}

Result<void> Statement::run()
{
    auto done = execute();
    m_rowsChanged = done ? m_query.numRowsAffected() : 0;
    if (done && m_query.isSelect()) {
        // A pragma that answers with rows is stepped to its end, so that it is done and not left open.
        while (m_query.next()) { }
        if (m_query.lastError().isValid())
            done = sqlError(m_query.lastError(), "execute", m_query.driver());
    }
    m_query.finish();
    m_executed = false;
    return done;
}

Result<bool> Statement::next()
{
    if (!m_executed) {
        if (auto done = execute(); !done)
            return std::move(done).error();
    }
    if (m_query.next())
        return true;
    if (m_query.lastError().isValid())
        return sqlError(m_query.lastError(), "read a row", m_query.driver());
    m_query.finish();
    m_executed = false;
    return false;
}

bool Statement::isNull(int column) const
{
    return m_query.isNull(column);
}

qint64 Statement::integer(int column) const
{
    return m_query.value(column).toLongLong();
}

double Statement::real(int column) const
{
    return m_query.value(column).toDouble();
}

bool Statement::boolean(int column) const
{
    return integer(column) != 0;
}

QString Statement::text(int column) const
{
    return m_query.value(column).toString();
}

QByteArray Statement::bytes(int column) const
{
    return m_query.value(column).toByteArray();
}

Instant Statement::instant(int column) const
{
    return Instant(Milliseconds(integer(column)));
}

std::optional<qint64> Statement::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<double> Statement::optionalReal(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(real(column));
}

std::optional<QString> Statement::optionalText(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

std::optional<Instant> Statement::optionalInstant(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(instant(column));
}

} // namespace vidimus::sql
