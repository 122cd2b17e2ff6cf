#include "core/avails/decided_now_p.h"

#include "core/rights/pre_order.h"

#include <algorithm>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostLevels = 16;

/// Names that a list speaks of; one that nobody knows stands for all others of "*".
QStringList namesOf(const rights::NameList& list, const QStringList& known)
{
    return list.all ? known + QStringList {u"*"_s} : list.names;
}

} // namespace

DecidedNow::DecidedNow(const rights::RuleSet& rules, Instant now)
    : m_rules(rules)
    , m_now(now)
    , m_resolver(rules)
    , m_places(rules)
{
    for (const rights::Title& title : rules.titles) {
        m_titles.insert(title.id.toString(), &title);
        if (title.link == rights::TitleLink::Part && !title.parent.isEmpty())
            m_parts.insert(title.parent.toString(), &title);
    }
}

bool DecidedNow::by(const rights::Rule& grant) const
{
    const rights::Window& window = rights::isPreOrderOnly(grant) ? *grant.preOrder : grant.window;
    const rights::Title* title = m_titles.value(grant.scope.toString());
    return title != nullptr && window.contains(m_now) && below(grant, *title, 0);
}

bool DecidedNow::below(const rights::Rule& grant, const rights::Title& title, int depth) const
{
    if (!rights::isContainer(title.kind) && at(grant, title))
        return true;
    if (depth == kMostLevels)
        return false;
    const auto [from, to] = m_parts.equal_range(title.id.toString());
    return std::any_of(from, to, [&](const rights::Title* part) { return below(grant, *part, depth + 1); });
}

bool DecidedNow::at(const rights::Rule& grant, const rights::Title& title) const
{
    rights::Query query {.title = title.id, .country = {}, .at = m_now};
    if (rights::isPreOrderOnly(grant))
        query.question = rights::Question::PreOrder;
    const QStringList sites = namesOf(grant.sites, m_rules.sites);
    const QStringList offers = namesOf(grant.offers, m_rules.offers);
    for (const QString& place : m_places.of(grant.territory).toTexts()) {
        query.country = place.left(2);
        query.subdivision = place.size() > 2 ? place : QString();
        for (const QString& site : sites) {
            query.site = site;
            for (const QString& offer : offers) {
                query.offer = offer;
                if (m_resolver.resolve(query).termsFrom == grant.id)
                    return true;
            }
        }
    }
    return false;
}

} // namespace vidimus::avails
