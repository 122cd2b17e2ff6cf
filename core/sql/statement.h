#pragma once

#include "core/base/result.h"
#include "core/sql/value.h"

#include <QSqlQuery>

namespace vidimus::sql {

/// A prepared statement with "?" places. Values are bound, never pasted into the text. Owned by the thread of its
/// connection and must not outlive it. Reading a column without a row, or outside the row, is the programmer's fault.
///
///     auto statement = connection.prepare(u"SELECT name FROM people WHERE role = ?"_s);
///     statement->bind(role);
///     for (auto row = statement->next(); ...; row = statement->next()) — or Connection::all(), one(), execute()
class Statement {
public:
    explicit Statement(QSqlQuery query);

    /// Binds all places in order, and rewinds: the next next() or run() executes afresh.
    template<class... Values>
    Statement& bind(const Values&... values)
    {
        int place = 0;
        (bindOne(place++, toBound(values)), ...);
        m_executed = false;
        return *this;
    }
    /// Binds the first \a count columns of another statement's row, as they are.
    Statement& bindRow(const Statement& row, int count);
    /// Ends what was begun and lets go of the values, so that it can lie and wait.
    void forget();
    /// Executes a statement that gives no rows. Errors: see sqlError().
    Result<void> run();
    /// Executes if needed and steps to the next row; false after the last one. A failed read in the middle is an
    /// error, never a silent end.
    Result<bool> next();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const; ///< NULL reads as 0
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] bool boolean(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] Instant instant(int column) const;
    template<class IdType>
    [[nodiscard]] IdType id(int column) const
    {
        return IdType(text(column));
    }
    [[nodiscard]] std::optional<qint64> optionalInteger(int column) const;
    [[nodiscard]] std::optional<double> optionalReal(int column) const;
    [[nodiscard]] std::optional<QString> optionalText(int column) const;
    [[nodiscard]] std::optional<Instant> optionalInstant(int column) const;
    [[nodiscard]] qint64 rowsChanged() const { return m_rowsChanged; } ///< by the last run()

private:
    void bindOne(int place, const QVariant& value);
    Result<void> execute();

    QSqlQuery m_query;
    qint64 m_rowsChanged = 0;
    bool m_executed = false;
};

} // namespace vidimus::sql
