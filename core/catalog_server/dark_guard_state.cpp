#include "core/base/json.h"
#include "core/catalog_server/dark_guard.h"

#include <QJsonObject>

/// What a restart must not forget: who is held, who was allowed, and what went dark within the hour.
namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

Instant instantOf(const QJsonObject& json, QLatin1StringView name)
{
    return parseRfc3339(json.value(name).toString()).value_or(Instant {});
}

} // namespace

QJsonObject DarkGuard::saved() const
{
    QJsonArray dark, holds, allowances;
    for (const Dark& one : m_dark)
        dark.append(QJsonObject {
            {u"site"_s, one.site}, {u"cells"_s, one.cells}, {u"picture"_s, one.picture}, {u"at"_s, toRfc3339(one.at)}});
    for (const DarkHold& hold : m_holds)
        holds.append(QJsonObject {{u"id"_s, hold.id}, {u"by"_s, hold.principal}, {u"what"_s, hold.what},
            {u"sites"_s, lossesJson(hold.losses)}, {u"at"_s, toRfc3339(hold.at)}});
    for (const Allowance& one : m_allowances)
        allowances.append(QJsonObject {{u"by"_s, one.principal}, {u"until"_s, toRfc3339(one.until)}});
    return {{u"dark"_s, dark}, {u"holds"_s, holds}, {u"allowances"_s, allowances}};
}

void DarkGuard::restore(const QJsonObject& json)
{
    m_dark.clear();
    m_holds.clear();
    m_allowances.clear();
    for (const QJsonValue& value : json.value("dark"_L1).toArray()) {
        const QJsonObject one = value.toObject();
        m_dark.push_back({one.value("site"_L1).toString(), one.value("cells"_L1).toInteger(),
            one.value("picture"_L1).toInteger(), instantOf(one, "at"_L1)});
    }
    for (const QJsonValue& value : json.value("holds"_L1).toArray()) {
        const QJsonObject one = value.toObject();
        DarkHold hold {one.value("id"_L1).toString(), one.value("by"_L1).toString(), one.value("what"_L1).toString(),
            {}, instantOf(one, "at"_L1)};
        for (const QJsonValue& site : one.value("sites"_L1).toArray())
            hold.losses.push_back(
                {site["site"_L1].toString(), site["live"_L1].toInteger(), site["lost"_L1].toInteger()});
        m_holds.push_back(std::move(hold));
    }
    for (const QJsonValue& value : json.value("allowances"_L1).toArray()) {
        const QJsonObject one = value.toObject();
        m_allowances.push_back({one.value("by"_L1).toString(), instantOf(one, "until"_L1)});
    }
    m_changed = false;
}

} // namespace vidimus::catalog_server
