#include "core/avails/full_extract_p.h"

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const QString& licensor, const rights::Rule& rule)
{
    return licensor.toCaseFolded() + u'\n' + rule.scope.toString();
}

QString written(const rights::TerritoryExpression& territory)
{
    QStringList names = territory.include;
    if (!territory.exclude.isEmpty())
        names += QStringList {u"without"_s} + territory.exclude;
    return names.join(u' ').left(200);
}

} // namespace

FullExtracts::FullExtracts(const rights::RuleSet& existing)
    : m_existing(existing)
    , m_licensors(existing)
    , m_territories(existing)
{
}

void FullExtracts::add(const QString& licensor, const rights::Rule& rule)
{
    m_places[keyOf(licensor, rule)][rule.deal.toString()].add(m_territories.of(rule.territory));
    m_titles.insert(rule.scope.toString());
}

void FullExtracts::replace(const QSet<QString>& seen, const QString& sheet, ImportPlan& plan) const
{
    for (const rights::Rule& rule : m_existing.rules) {
        if (rule.effect != rights::Effect::Allow || !rule.provenance || !m_titles.contains(rule.scope.toString())
            || seen.contains(rule.id.toString()))
            continue;
        const auto note = [&](const QString& code, const QString& text) {
            plan.notes.push_back({sheet, 0, {}, rule.id.toString().left(200), code, text});
        };
        const QString licensor = m_licensors.of(rule);
        const auto rest = m_territories.without(rule.territory, placesFor(licensor, rule));
        if (!rest) {
            if (licensor.isEmpty() && !isEmpty())
                note(u"OWNER_UNKNOWN"_s,
                    u"this grant came without a licensor, so no extract replaces it; remove it by hand if it is over"_s);
        } else if (rest->include.isEmpty()) {
            plan.rules.removed.push_back(rule);
        } else {
            plan.rules.changed.push_back(rule);
            plan.rules.changed.back().territory = *rest;
            note(u"KEPT_ELSEWHERE"_s,
                u"the extract does not name every country of this grant; it stays for %1"_s.arg(written(*rest)));
        }
    }
}

rights::PlaceUnion FullExtracts::placesFor(const QString& licensor, const rights::Rule& rule) const
{
    rights::PlaceUnion places;
    const auto contracts = m_places.constFind(keyOf(licensor, rule));
    if (contracts == m_places.constEnd())
        return places;
    const QString deal = rule.deal.toString();
    for (auto one = contracts->begin(); one != contracts->end(); ++one) {
        if (one.key().isEmpty() || deal.isEmpty() || one.key() == deal)
            places.add(*one);
    }
    return places;
}

} // namespace vidimus::avails
