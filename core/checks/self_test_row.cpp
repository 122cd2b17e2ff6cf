#include "core/checks/self_test_row.h"

#include "core/base/json.h"

#include <QJsonArray>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

QJsonObject toJson(const std::vector<SelfTestRow>& rows)
{
    QJsonArray array;
    for (const SelfTestRow& row : rows)
        array.append(QJsonObject {
            {u"check"_s, row.check}, {u"vector"_s, row.vector}, {u"passed"_s, row.passed}, {u"detail"_s, row.detail}});
    return {{u"rows"_s, array}};
}

Result<std::vector<SelfTestRow>> selfTestRowsFromJson(const QJsonObject& object)
{
    constexpr qsizetype kMaxRows = 1000;
    constexpr qsizetype kMaxText = 500;
    JsonReader reader(object);
    const QJsonArray array = reader.array("rows"_L1);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    if (array.size() > kMaxRows)
        return Error {ErrorCode::LimitExceeded, u"rows: too many"_s, "bad_field"};
    std::vector<SelfTestRow> rows;
    for (qsizetype i = 0; i < array.size(); ++i) {
        JsonReader inner(array[i].toObject(), u"rows[%1]"_s.arg(i));
        SelfTestRow row;
        row.check = inner.string("check"_L1).left(kMaxText);
        row.vector = inner.string("vector"_L1).left(kMaxText);
        row.passed = inner.boolean("passed"_L1, false);
        row.detail = inner.string("detail"_L1).left(kMaxText);
        if (auto valid = inner.finish(); !valid)
            return valid.error();
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace vidimus::checks
