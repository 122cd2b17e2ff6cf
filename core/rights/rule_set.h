#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"

#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

/// Titles, deals and rules as people write them (reference "Rights and availability", section 7.1). Plain values; the
/// answers come from Resolver.
namespace vidimus::rights {

enum class TitleKind { Film, Series, Season, Episode, Clip, Bundle };
enum class TitleLink { Part, Supplement };
enum class AllowMode { Extend, Replace };
enum class DealStatus { Draft, Pending, Active, Suspended, Ended };
enum class RuleStatus { Pending, Approved, Revoked };
enum class Effect { Allow, Deny };
/// In order of weight: where several deny, the first one gives the reason.
enum class RestrictionKind { Takedown, Regulatory, Blackout, Holdback, Embargo };
enum class Applies { Self, Descendants, Both };
enum class UnratedPolicy { Adult, Allow, Block };
/// Three questions with windows of their own: may it be played, ordered before it can be played, spoken of at all?
enum class Question { Playable, PreOrder, Announced };

/// Half-open [start, end) in UTC; no start = always, no end = open.
struct Window {
    std::optional<Instant> start;
    std::optional<Instant> end;

    [[nodiscard]] bool isEmpty() const { return start && end && *start >= *end; }
    [[nodiscard]] bool contains(Instant at) const { return (!start || *start <= at) && (!end || at < *end); }
    [[nodiscard]] Window intersected(const Window& other) const;
    [[nodiscard]] bool covers(const Window& other) const;
    friend bool operator==(const Window&, const Window&) = default;
};

/// A series and a season are never playable themselves.
[[nodiscard]] constexpr bool isContainer(TitleKind kind)
{
    return kind == TitleKind::Series || kind == TitleKind::Season;
}

struct Title {
    TitleId id;
    QString name; ///< for people; may be empty
    TitleKind kind = TitleKind::Film;
    TitleId parent; ///< empty: none
    TitleLink link = TitleLink::Part;
    AllowMode allowMode = AllowMode::Extend;
    std::optional<int> number; ///< of the season or episode
    QMap<QString, int> ratings; ///< country → minimum age in years
    QMap<QString, QString> ids; ///< "alid", "content_id", "title_id" (EIDR), "edit_id", …
    friend bool operator==(const Title&, const Title&) = default;
};

struct Deal {
    DealId id;
    QString licensor;
    DealStatus status = DealStatus::Active;
    Window term;
    QStringList territories; ///< for people and checks; rules carry their own
    friend bool operator==(const Deal&, const Deal&) = default;
};

/// Names as written: "WORLD", a group ("EU4", or "EU4@2" to pin version 2), a country, a subdivision, "XX".
struct TerritoryExpression {
    QStringList include;
    QStringList exclude;
    friend bool operator==(const TerritoryExpression&, const TerritoryExpression&) = default;
};

/// "*" (all, also future ones) or a list; an empty list matches nothing.
struct NameList {
    bool all = false;
    QStringList names;

    [[nodiscard]] bool matches(const QString& name) const { return all || names.contains(name); }
    friend bool operator==(const NameList&, const NameList&) = default;
};

/// Denies until \a days days after the event; with no date known the deny does not end.
struct AfterEvent {
    QString event; ///< "theatrical", "est", "broadcast", …
    std::optional<Instant> eventAt;
    int days = 0;
    friend bool operator==(const AfterEvent&, const AfterEvent&) = default;
};

/// Where a rule came from.
struct Provenance {
    QString file;
    QString sheet;
    int row = 0; ///< 1-based
    QString timeZones; ///< version of the zone database that local times were read with ("2025b"); empty: not known
    QString licensor; ///< whose file it was; empty: nobody said
    friend bool operator==(const Provenance&, const Provenance&) = default;
};

/// A grant (allow) or a restriction (deny).
struct Rule {
    WindowId id;
    Effect effect = Effect::Allow;
    RestrictionKind kind = RestrictionKind::Takedown; ///< of a deny
    TitleId scope;
    Applies applies = Applies::Both;
    DealId deal; ///< empty: none
    TerritoryExpression territory;
    NameList sites;
    NameList offers;
    Window window;
    std::optional<Window> preOrder; ///< of an allow: may be ordered before it plays; none: never
    std::optional<Window> announced; ///< of an allow: may be shown as coming or there; none: never
    int priority = 0;
    bool exclusive = false;
    RuleStatus status = RuleStatus::Approved;
    bool hard = true; ///< of a deny; a soft one only warns
    std::optional<AfterEvent> after; ///< of a deny
    QJsonObject terms; ///< licence type, format, price, …; kept as they are
    std::optional<Provenance> provenance;
    friend bool operator==(const Rule&, const Rule&) = default;
};

/// One version of a named group of countries and subdivisions.
struct TerritoryGroup {
    QString name;
    int version = 1;
    QStringList members;
    friend bool operator==(const TerritoryGroup&, const TerritoryGroup&) = default;
};

/// Everything an answer depends on.
struct RuleSet {
    std::vector<TerritoryGroup> groups; ///< by name, then version; WORLD is every assigned country unless listed here
    QStringList sites;
    QStringList coarseSites; ///< those of the sites that learn a viewer's country, but no subdivision
    QStringList offers;
    std::vector<Title> titles;
    std::vector<Deal> deals;
    std::vector<Rule> rules;
    QMap<QString, QStringList> ratingFallback; ///< country → countries whose ratings stand in for its own, in order
    QMap<QString, UnratedPolicy> unratedPolicy; ///< by country; "*" for the others; Adult where nothing is said
    friend bool operator==(const RuleSet&, const RuleSet&) = default;
};

inline constexpr int kAdultAge = 18; ///< the age that the policy "adult" stands for, in years

} // namespace vidimus::rights
