#include "core/store/row_json.h"

namespace vidimus::store {

Result<QJsonObject> jsonColumn(const sql::Statement& row, int column)
{
    if (row.isNull(column))
        return QJsonObject();
    auto object = parseJsonObject(row.text(column).toUtf8());
    if (!object)
        return corruptRow(object.error());
    return object;
}

Error corruptRow(const Error& error)
{
    return {ErrorCode::Corrupt, error.detail, "stored_row"};
}

Error errorColumns(const sql::Statement& row, int column)
{
    if (row.isNull(column))
        return {};
    return {errorCodeFromName(row.text(column).toLatin1()), row.text(column + 2), row.text(column + 1).toLatin1()};
}

} // namespace vidimus::store
