#pragma once

#include "core/base/json.h"
#include "core/sql/statement.h"

namespace vidimus::store {

/// JSON as it is kept in a TEXT column.
[[nodiscard]] inline QString jsonText(const QJsonObject& object)
{
    return QString::fromUtf8(vidimus::toJson(object));
}
/// Reads a JSON column; NULL is an empty object. Errors: Corrupt.
[[nodiscard]] Result<QJsonObject> jsonColumn(const sql::Statement& row, int column);
/// What was stored by a repository but cannot be read back. Errors keep their detail, with the code Corrupt.
[[nodiscard]] Error corruptRow(const Error& error);
/// The three columns error_code, error_reason, error_detail from \a column on.
[[nodiscard]] Error errorColumns(const sql::Statement& row, int column);

} // namespace vidimus::store
