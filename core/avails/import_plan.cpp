#include "core/avails/import_plan.h"

#include "core/rights/rule_set_json.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

QJsonArray toJson(const std::vector<CellMessage>& messages)
{
    QJsonArray array;
    for (const CellMessage& one : messages) {
        array.append(QJsonObject {{u"sheet"_s, one.sheet}, {u"row"_s, one.row}, {u"column"_s, one.column},
            {u"value"_s, one.value}, {u"code"_s, one.code}, {u"message"_s, one.message}});
    }
    return array;
}

template<class T>
QJsonArray toJson(const std::vector<T>& values)
{
    QJsonArray array;
    for (const T& value : values) {
        QJsonObject json = rights::toJson(value);
        json.insert(u"id"_s, value.id.toString());
        array.append(json);
    }
    return array;
}

template<class T>
QJsonObject toJson(const Changes<T>& changes)
{
    return {{u"added"_s, toJson(changes.added)}, {u"changed"_s, toJson(changes.changed)},
        {u"removed"_s, toJson(changes.removed)}};
}

template<class T>
void apply(const Changes<T>& changes, std::vector<T>& values)
{
    QHash<QString, const T*> changed;
    QSet<QString> removed;
    for (const T& value : changes.changed)
        changed.insert(value.id.toString(), &value);
    for (const T& value : changes.removed)
        removed.insert(value.id.toString());
    std::erase_if(values, [&removed](const T& value) { return removed.contains(value.id.toString()); });
    for (T& value : values) {
        if (const T* now = changed.value(value.id.toString()))
            value = *now;
    }
    values.insert(values.end(), changes.added.begin(), changes.added.end());
}

} // namespace

QJsonObject toJson(const ImportPlan& plan)
{
    return {{u"rows"_s, plan.rows}, {u"accepted"_s, plan.accepted}, {u"rejected"_s, plan.rejected},
        {u"time_zones"_s, plan.timeZones}, {u"errors"_s, toJson(plan.errors)}, {u"notes"_s, toJson(plan.notes)},
        {u"plan"_s, toJson(plan.rules)}, {u"titles"_s, toJson(plan.titles)}, {u"deals"_s, toJson(plan.deals)}};
}

rights::RuleSet applied(const ImportPlan& plan, rights::RuleSet existing)
{
    apply(plan.titles, existing.titles);
    apply(plan.deals, existing.deals);
    apply(plan.rules, existing.rules);
    return existing;
}

} // namespace vidimus::avails
