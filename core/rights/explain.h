#pragma once

#include "core/rights/resolver.h"

#include <QJsonObject>
#include <vector>

namespace vidimus::rights {

/// One thing that would have to change for a rule to let the title through (or to stop holding it back).
/// Codes and values: APPROVE_RULE {status}; ACTIVATE_DEAL {deal, status}; APPLY_TO_TITLE {applies};
/// EXTEND_INSTEAD_OF_REPLACE {title}; ADD_TERRITORY {territory}; ADD_SITE {site}; ADD_OFFER {offer};
/// WAIT_UNTIL {at}; EXTEND_END {end}; EXTEND_DEAL {deal, end}; START_DEAL_EARLIER {deal, start}; CORRECT_WINDOW {start,
/// end}; LIFT_RESTRICTION {rule}; SET_EVENT_DATE {event}; RAISE_AGE_LIMIT {age}; ADD_RATING {country}; ADD_RULE {};
/// ADD_TITLE {title}; MAKE_CHILD_AVAILABLE {title}: the one below that lacks least.
struct Remedy {
    QString code;
    QJsonObject values;
};

/// What one rule had to say. \a outcome: MATCHED, WARNED (soft), or where it stopped: APPLIES, REPLACED, STATUS,
/// TERRITORY, SITE, OFFER, NOT_YET, EXPIRED, EMPTY_WINDOW.
struct TrailStep {
    WindowId rule;
    Effect effect = Effect::Allow;
    TitleId scope;
    QString outcome;
    bool decides = false; ///< this rule gave the answer (the terms, or the reason)
    std::vector<Remedy> remedies;
};

struct Explanation {
    Answer answer;
    std::vector<TrailStep> trail; ///< every rule on the path: restrictions by weight, then grants nearest first
    std::vector<Remedy> remedies; ///< the shortest way to become available; empty when available
    std::optional<int> minimumAge; ///< the rating used, in years; none: unrated
    TitleId through; ///< of a series or season: the title below whose trail this is; else empty
    WindowId grantedBy; ///< the grant that decided a yes; empty: none did (a no; owned)
};

/// Pure; any thread.
[[nodiscard]] Explanation explain(const Resolver& resolver, const Query& query);
/// {"available", "reason", "terms_from", "decided_by" (the restriction of a no, the grant of a yes), "warnings",
/// "minimum_age", "through" (of a series or season), "trail": […], "remedies": […]}.
[[nodiscard]] QJsonObject toJson(const Explanation& explanation);

} // namespace vidimus::rights
