#include "core/base/ids.h"
#include "core/base/json.h"
#include "core/catalog_server/rights_log_p.h"

#include <QJsonArray>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

QStringList textsOf(const QJsonValue& value)
{
    QStringList texts;
    for (const QJsonValue& element : value.toArray())
        texts.append(element.toString());
    return texts;
}

QString textOf(const sql::Statement& row)
{
    return row.text(0);
}

} // namespace

Result<QString> logRightsChange(sql::Connection& connection, const TouchedRights& touched)
{
    const QString stamp = newUuid();
    const QJsonObject json {{u"all"_s, touched.all}, {u"titles"_s, QJsonArray::fromStringList(touched.titles)},
        {u"wholes"_s, QJsonArray::fromStringList(touched.wholes)}};
    if (auto added = connection.execute(
            u"INSERT INTO rights_changes (stamp, touched) VALUES (?, ?)"_s, stamp, QString::fromUtf8(toJson(json)));
        !added)
        return std::move(added).error();
    if (auto dropped = connection.execute(u"DELETE FROM rights_changes WHERE sequence <= (SELECT MAX(sequence) FROM"
                                          " rights_changes) - ?"_s,
            kKeptRightsChanges);
        !dropped)
        return std::move(dropped).error();
    return stamp;
}

Result<QString> rightsStamp(sql::Connection& connection)
{
    const auto stamp = connection.one(u"SELECT stamp FROM rights_changes ORDER BY sequence DESC LIMIT 1"_s, textOf);
    return stamp ? Result<QString>(stamp->value_or(QString())) : stamp.error();
}

Result<std::optional<TouchedRights>> touchedSince(sql::Connection& connection, const QString& stamp)
{
    const auto sequence = connection.integer(u"SELECT sequence FROM rights_changes WHERE stamp = ?"_s, stamp);
    if (!sequence)
        return sequence.error();
    if (*sequence == 0)
        return std::optional<TouchedRights>();
    const auto rows = connection.all(
        u"SELECT touched FROM rights_changes WHERE sequence > ? ORDER BY sequence"_s,
        [](const sql::Statement& row) { return parseJsonObject(row.text(0).toUtf8()); }, *sequence);
    if (!rows)
        return rows.error();
    TouchedRights touched;
    for (const QJsonObject& row : *rows) {
        touched.all = touched.all || row.value("all"_L1).toBool();
        touched.titles += textsOf(row.value("titles"_L1));
        touched.wholes += textsOf(row.value("wholes"_L1));
    }
    touched.titles.removeDuplicates();
    touched.wholes.removeDuplicates();
    return std::optional(std::move(touched));
}

std::optional<QString> partOf(const QJsonObject& facts)
{
    const QString parent = facts.value("parent"_L1).toString();
    const bool isPart = facts.value("link"_L1).toString(u"part"_s) == u"part";
    return isPart && !parent.isEmpty() ? std::optional(parent) : std::nullopt;
}

Result<QStringList> partsBelow(sql::Connection& connection, const QStringList& titles)
{
    QStringList below;
    for (const QString& title : titles) {
        const auto rows
            = connection.all(u"WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT t.id FROM titles t JOIN below"
                             " ON t.part_of = below.id) SELECT id FROM below"_s,
                textOf, title);
        if (!rows)
            return rows.error();
        below += QStringList(rows->begin(), rows->end());
    }
    below.removeDuplicates();
    return below;
}

Result<QStringList> wholesAbove(sql::Connection& connection, const QString& title)
{
    const auto rows
        = connection.all(u"WITH RECURSIVE above (id) AS (SELECT part_of FROM titles WHERE id = ? AND part_of IS NOT"
                         " NULL UNION SELECT t.part_of FROM titles t JOIN above ON t.id = above.id WHERE t.part_of IS"
                         " NOT NULL) SELECT id FROM above"_s,
            textOf, title);
    if (!rows)
        return rows.error();
    QStringList above(rows->begin(), rows->end());
    above.removeAll(title);
    return above;
}

Result<QStringList> titlesNaming(sql::Connection& connection, const QStringList& names)
{
    QStringList titles;
    for (const QString& name : names) {
        // As it stands in the stored text, and with the version that a group may be pinned to.
        QString quoted = QString::fromUtf8(toJson({{name, 0}})).sliced(1).chopped(4);
        for (const QLatin1StringView tail : {"\""_L1, "@"_L1}) {
            const auto rows
                = connection.all(u"SELECT DISTINCT title FROM rules WHERE instr(rule, ?) > 0"_s, textOf, quoted + tail);
            if (!rows)
                return rows.error();
            titles += QStringList(rows->begin(), rows->end());
        }
    }
    titles.removeDuplicates();
    return titles;
}

} // namespace vidimus::catalog_server
