#pragma once

#include "core/avails/import_plan.h"
#include "core/rights/grant_places.h"
#include "core/rights/licensors.h"

#include <QHash>
#include <QSet>

namespace vidimus::avails {

/// What the full extracts of a file replace: what their licensor gave before, title by title and country by country.
class FullExtracts {
public:
    explicit FullExtracts(const rights::RuleSet& existing);

    /// A row of a full extract. A row without a contract speaks of all contracts of its licensor.
    void add(const QString& licensor, const rights::Rule& rule);
    [[nodiscard]] bool isEmpty() const { return m_places.isEmpty(); }
    /// Plans the removal of what was imported before and is not among \a seen (ids of this file's rules). A grant whose
    /// countries the extracts do not all name stays for the others, with a note.
    void replace(const QSet<QString>& seen, const QString& sheet, ImportPlan& plan) const;

private:
    [[nodiscard]] rights::PlaceUnion placesFor(const QString& licensor, const rights::Rule& rule) const;

    const rights::RuleSet& m_existing;
    rights::Licensors m_licensors;
    rights::GrantPlaces m_territories;
    QHash<QString, QHash<QString, rights::PlaceUnion>> m_places; // licensor and title → contract → places
    QSet<QString> m_titles;
};

} // namespace vidimus::avails
