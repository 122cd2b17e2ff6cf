#include "core/rights/issue.h"
#include "core/rights/json_fields_p.h"
#include "core/rights/rule_set_json.h"

#include <QHash>
#include <QSet>
#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

/// Puts items over those of the same id, the others behind. An import brings ten thousand at once.
template<class T>
void replaceAll(std::vector<T>& list, const std::vector<T>& items)
{
    if (items.empty())
        return;
    QHash<QString, std::size_t> places;
    places.reserve(static_cast<qsizetype>(list.size()));
    for (std::size_t i = 0; i < list.size(); ++i)
        places.insert(list[i].id.toString(), i);
    for (const T& item : items) {
        const auto place = places.constFind(item.id.toString());
        if (place != places.constEnd()) {
            list[*place] = item;
            continue;
        }
        places.insert(item.id.toString(), list.size());
        list.push_back(item);
    }
}

void addNames(QStringList& known, QSet<QString>& set, const QStringList& names)
{
    for (const QString& name : names) {
        if (set.contains(name))
            continue;
        set.insert(name);
        known.append(name);
    }
}

} // namespace

RuleSet applied(const RuleEdit& edit, RuleSet rules)
{
    replaceAll(rules.titles, edit.titles);
    replaceAll(rules.deals, edit.deals);
    replaceAll(rules.rules, edit.put);
    QSet<QString> sites(rules.sites.begin(), rules.sites.end());
    QSet<QString> offers(rules.offers.begin(), rules.offers.end());
    for (const Rule& rule : edit.put) {
        addNames(rules.sites, sites, rule.sites.names);
        addNames(rules.offers, offers, rule.offers.names);
    }
    const std::set<WindowId> removed(edit.remove.begin(), edit.remove.end());
    if (!removed.empty())
        std::erase_if(rules.rules, [&removed](const Rule& rule) { return removed.contains(rule.id); });
    return rules;
}

Result<RuleEdit> ruleEditFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    const QJsonValue put = reader.value("put"_L1);
    if (!put.isUndefined() && !put.isArray())
        reader.fail("put"_L1, u"must be a list of rules"_s);
    const QStringList remove = fields::strings(reader, "remove"_L1);
    const QJsonObject titles = fields::optionalObject(reader, "titles"_L1);
    const QJsonObject deals = fields::optionalObject(reader, "deals"_L1);
    // The "fix" of an issue is an edit with its name and sentence.
    (void)reader.value("code"_L1);
    (void)reader.value("sentence"_L1);
    if (const auto read = reader.finish(); !read)
        return read.error();
    RuleEdit edit;
    auto rules = rulesFromJson(put.toArray(), u"put"_s);
    if (!rules)
        return std::move(rules).error();
    edit.put = *std::move(rules);
    for (const QString& id : remove)
        edit.remove.push_back(WindowId(id));
    for (auto title = titles.begin(); title != titles.end(); ++title) {
        auto made = titleFromJson(TitleId(title.key()), title.value().toObject(), u"titles."_s + title.key());
        if (!made)
            return std::move(made).error();
        edit.titles.push_back(*std::move(made));
    }
    auto dealList = dealsFromJson(deals, u"deals"_s);
    if (!dealList)
        return std::move(dealList).error();
    edit.deals = *std::move(dealList);
    return edit;
}

QJsonObject toJson(const RuleEdit& edit)
{
    QJsonArray put, remove;
    for (const Rule& rule : edit.put)
        put.append(toJson(rule));
    for (const WindowId& id : edit.remove)
        remove.append(id.toString());
    QJsonObject titles, deals;
    for (const Title& title : edit.titles)
        titles.insert(title.id.toString(), toJson(title));
    for (const Deal& deal : edit.deals)
        deals.insert(deal.id.toString(), toJson(deal));
    return {{u"put"_s, put}, {u"remove"_s, remove}, {u"titles"_s, titles}, {u"deals"_s, deals}};
}

} // namespace vidimus::rights
