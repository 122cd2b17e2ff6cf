#include "core/avails/known_events_p.h"

#include <algorithm>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const QString& title, const QString& event)
{
    return event + u'\n' + title;
}

} // namespace

KnownEvents::KnownEvents(const rights::RuleSet& existing)
    : m_places(existing)
{
    for (const rights::Title& title : existing.titles) {
        for (const QString& id : title.ids)
            m_titleOf.insert(id, title.id.toString());
    }
    for (const rights::Title& title : existing.titles)
        m_titleOf.insert(title.id.toString(), title.id.toString());
    for (const rights::Rule& rule : existing.rules)
        add(rule);
}

void KnownEvents::add(const rights::Rule& rule)
{
    if (rule.after && rule.after->eventAt)
        remember(rule.scope, nameOf(rule.after->event), rule, *rule.after->eventAt);
    const bool sold = rule.effect == rights::Effect::Allow && rule.status == rights::RuleStatus::Approved
        && rule.window.start && !rule.window.isEmpty()
        && rule.terms.value("license_type"_L1)
                .toString(rule.offers.names.join(u','))
                .compare("EST"_L1, Qt::CaseInsensitive)
            == 0;
    if (sold)
        remember(rule.scope, u"est"_s, rule, *rule.window.start);
}

std::optional<Instant> KnownEvents::find(const rights::Title& title, const QString& condition,
    const rights::TerritoryExpression& territory, bool isEnd) const
{
    QStringList ids {title.id.toString()};
    ids += title.ids.values();
    const rights::TerritorySet places = m_places.of(territory);
    std::optional<Instant> found;
    for (const QString& id : ids) {
        const auto events = m_events.constFind(keyOf(m_titleOf.value(id, id), nameOf(condition)));
        if (events == m_events.constEnd())
            continue;
        for (const Event& event : *events) {
            if (!event.places.covers(places))
                continue;
            found = !found ? event.at : isEnd ? std::min(*found, event.at) : std::max(*found, event.at);
        }
    }
    return found;
}

/// "ESTStart" and "EST" are one: the first day of sale.
QString KnownEvents::nameOf(const QString& condition)
{
    const QString name = condition.toLower();
    return name == u"eststart" ? u"est"_s : name;
}

void KnownEvents::remember(const TitleId& scope, const QString& event, const rights::Rule& rule, Instant at)
{
    std::vector<Event>& events = m_events[keyOf(scope.toString(), event)];
    rights::TerritorySet places = m_places.of(rule.territory);
    // Of what is sold twice in the same places, the first day is the start of sale.
    const auto same = std::ranges::find(events, places, &Event::places);
    if (same == events.end())
        events.push_back({std::move(places), at});
    else
        same->at = std::min(same->at, at);
}

} // namespace vidimus::avails
