#pragma once

#include "core/rights/grant_places.h"

#include <QHash>
#include <vector>

namespace vidimus::avails {

/// When something happened that a window may count from: the events with a date of relative holdbacks (theatrical,
/// broadcast, …), and for EST the starts of what is sold already.
class KnownEvents {
public:
    explicit KnownEvents(const rights::RuleSet& existing);

    /// A grant of the file that is being read; \a scope is its title.
    void add(const rights::Rule& rule);
    /// The date of a condition of the Avails vocabulary ("Theatrical", "ESTStart", …) for a title everywhere in
    /// \a territory. Where several are known, the later one for a start and the earlier one for an end, so that nothing
    /// plays outside the licence. \a title: by its own id or one that it is known by.
    [[nodiscard]] std::optional<Instant> find(const rights::Title& title, const QString& condition,
        const rights::TerritoryExpression& territory, bool isEnd) const;

private:
    struct Event {
        rights::TerritorySet places;
        Instant at;
    };
    [[nodiscard]] static QString nameOf(const QString& condition);
    void remember(const TitleId& scope, const QString& event, const rights::Rule& rule, Instant at);

    rights::GrantPlaces m_places;
    QHash<QString, QString> m_titleOf; // foreign id → title
    QHash<QString, std::vector<Event>> m_events; // title and event
};

} // namespace vidimus::avails
