#include "core/rights/validate.h"

#include "core/rights/territory.h"

#include <QDateTime>
#include <QHash>
#include <QSet>
#include <QTimeZone>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxNameLength = 200;

Error fault(const QString& place, const QString& what, const char* reason)
{
    return {ErrorCode::Invalid, u"%1: %2"_s.arg(place, what), reason};
}

Error at(const QString& place, Error error)
{
    error.detail.prepend(place);
    return error;
}

Result<void> checkId(const QString& place, const QString& id, QSet<QString>& seen)
{
    if (id.isEmpty() || id.size() > kMaxNameLength || id.contains(QChar(0)) || !id.isValidUtf16())
        return fault(place, u"an id has 1 to %1 characters of text"_s.arg(kMaxNameLength), "bad_id");
    if (seen.contains(id))
        return fault(place, u"the id \"%1\" occurs twice; give each its own"_s.arg(id), "duplicate_id");
    seen.insert(id);
    return {};
}

Result<void> checkYear(const QString& place, const std::optional<Instant>& instant)
{
    if (!instant)
        return {};
    const int year
        = QDateTime::fromMSecsSinceEpoch(instant->time_since_epoch().count(), QTimeZone::utc()).date().year();
    if (year >= kFirstYear && year <= kLastYear)
        return {};
    return fault(place,
        u"the year %1 lies outside %2 to %3; for \"always\" or \"open\" write null"_s.arg(year)
            .arg(kFirstYear)
            .arg(kLastYear),
        "year_out_of_range");
}

Result<void> checkWindow(const QString& place, const Window& window)
{
    if (auto checked = checkYear(place + u".start"_s, window.start); !checked)
        return checked;
    return checkYear(place + u".end"_s, window.end);
}

class Names {
public:
    explicit Names(const RuleSet& rules)
    {
        for (const TerritoryGroup& group : rules.groups) {
            m_groups.insert(group.name);
            m_groups.insert(group.name + u'@' + QString::number(group.version));
        }
    }
    [[nodiscard]] Result<void> checkTerritory(const QString& place, const QString& name) const
    {
        if (name == u"WORLD" || m_groups.contains(name))
            return {};
        const TerritoryAtom atom = atomFromText(name);
        if (atom != kNoAtom && isAssignedCountry(countryOf(atom)))
            return {};
        return fault(place,
            u"\"%1\" is neither a territory group, an ISO 3166 country such as FR, a subdivision such as CA-QC, nor XX"_s
                .arg(name.left(64)),
            "unknown_territory");
    }
    [[nodiscard]] Result<void> checkTerritories(const QString& place, const QStringList& names) const
    {
        for (const QString& name : names) {
            if (auto checked = checkTerritory(place, name); !checked)
                return checked;
        }
        return {};
    }

private:
    QSet<QString> m_groups;
};

Result<void> checkGroups(const RuleSet& rules)
{
    QSet<QString> seen;
    const Names atomsOnly {RuleSet {}};
    for (const TerritoryGroup& group : rules.groups) {
        const QString place = u"context.groups.%1"_s.arg(group.name);
        if (auto checked = checkId(place, group.name + u'@' + QString::number(group.version), seen); !checked)
            return checked;
        if (group.name.contains(u'@'))
            return fault(place, u"the name of a group may not hold an @; that writes its version"_s, "bad_id");
        if (group.members.contains(u"WORLD"_s))
            return fault(place, u"a group holds countries and subdivisions, not WORLD"_s, "unknown_territory");
        if (auto checked = atomsOnly.checkTerritories(place, group.members); !checked)
            return checked;
    }
    return {};
}

Result<void> checkParents(const RuleSet& rules)
{
    QHash<QString, const Title*> byId;
    for (const Title& title : rules.titles)
        byId.insert(title.id.toString(), &title);
    for (const Title& title : rules.titles) {
        const QString place = u"context.titles.%1.parent"_s.arg(title.id.toString());
        int length = 1;
        for (const Title* at = &title; !at->parent.isEmpty(); ++length) {
            at = byId.value(at->parent.toString());
            if (!at)
                return fault(place, u"names a title that is not there"_s, "unknown_title");
            if (at == &title)
                return fault(place, u"the parents make a circle; take one of the links out"_s, "parent_cycle");
            if (length >= kMaxPathLength)
                return fault(place,
                    u"more than %1 titles from here to the root; look for a circle among the parents"_s.arg(
                        kMaxPathLength),
                    "too_deep");
        }
    }
    return {};
}

Result<void> checkRule(
    const QString& place, const Rule& rule, const Names& names, const QSet<QString>& titles, const QSet<QString>& deals)
{
    if (!titles.contains(rule.scope.toString()))
        return fault(place + u".scope"_s,
            u"there is no title \"%1\"; add it or correct the id"_s.arg(rule.scope.toString().left(64)),
            "unknown_title");
    if (!rule.deal.isEmpty() && !deals.contains(rule.deal.toString()))
        return fault(
            place + u".deal"_s, u"there is no deal \"%1\""_s.arg(rule.deal.toString().left(64)), "unknown_deal");
    if (auto checked = names.checkTerritories(place + u".territory.include"_s, rule.territory.include); !checked)
        return checked;
    if (auto checked = names.checkTerritories(place + u".territory.exclude"_s, rule.territory.exclude); !checked)
        return checked;
    if (rule.after) {
        if (auto checked = checkYear(place + u".after.event_at"_s, rule.after->eventAt); !checked)
            return checked;
    }
    for (const auto& [name, window] : {std::pair(u".pre_order"_s, rule.preOrder), {u".announced"_s, rule.announced}}) {
        if (auto checked = checkWindow(place + name, window.value_or(Window {})); !checked)
            return checked;
    }
    return checkWindow(place, rule.window);
}

} // namespace

Result<void> validateTerritory(const RuleSet& rules, const QString& name)
{
    return Names(rules).checkTerritory(u"territory"_s, name);
}

Result<void> validate(const RuleSet& rules)
{
    if (rules.rules.size() > kMaxRules || rules.titles.size() > kMaxTitles || rules.sites.size() > kMaxSites
        || rules.offers.size() > kMaxOffers)
        return Error {ErrorCode::LimitExceeded,
            u"at most %1 rules, %2 titles, %3 sites and %4 offers"_s.arg(kMaxRules)
                .arg(kMaxTitles)
                .arg(kMaxSites)
                .arg(kMaxOffers),
            "too_many"};
    if (auto checked = checkGroups(rules); !checked)
        return checked;
    const Names names(rules);
    QSet<QString> titles;
    for (const Title& title : rules.titles) {
        const QString place = u"context.titles.%1"_s.arg(title.id.toString().left(64));
        if (auto checked = checkId(place, title.id.toString(), titles); !checked)
            return checked;
        if (auto checked = names.checkTerritories(place + u".ratings"_s, title.ratings.keys()); !checked)
            return checked;
    }
    if (auto checked = checkParents(rules); !checked)
        return checked;
    QSet<QString> deals;
    for (const Deal& deal : rules.deals) {
        const QString place = u"deals.%1"_s.arg(deal.id.toString().left(64));
        if (auto checked = checkId(place, deal.id.toString(), deals); !checked)
            return checked;
        if (auto checked = checkWindow(place, deal.term); !checked)
            return checked;
    }
    QSet<QString> ids;
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        const Rule& rule = rules.rules[i];
        // The place is only put before a fault: there may be millions of rules, and each save looks at them all.
        const QString none;
        if (auto checked = checkId(none, rule.id.toString(), ids); !checked)
            return at(u"rules[%1].id"_s.arg(i), std::move(checked).error());
        // With its id: who stages a rule does not know its place among all of them.
        if (auto checked = checkRule(none, rule, names, titles, deals); !checked)
            return at(u"rules[%1] (%2)"_s.arg(i).arg(rule.id.toString()), std::move(checked).error());
    }
    return {};
}

} // namespace vidimus::rights
