#pragma once

#include "core/rights/name_set.h"
#include "core/rights/query.h"
#include "core/rights/rule_set.h"
#include "core/rights/territory.h"

#include <QHash>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace vidimus::rights {

inline constexpr std::int64_t kAlways = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kOpen = std::numeric_limits<std::int64_t>::max();
inline constexpr int kNoTitle = -1;

/// One rule, ready to be asked.
struct CompiledRule {
    std::int64_t start = kAlways; ///< ms since 1970, clipped to the deal's term (grants) or the event (denies)
    std::int64_t end = kOpen;
    std::uint32_t territory = 0; ///< into CompiledRules::territories
    std::uint32_t sites = 0; ///< into siteSets
    std::uint32_t offers = 0; ///< into offerSets
    std::uint32_t source = 0; ///< into CompiledRules::source.rules
    std::uint32_t idRank = 0; ///< order of the rule's id among all ids
    int priority = 0;
    RestrictionKind kind = RestrictionKind::Takedown;
    Applies applies = Applies::Both;
    bool inForce = false; ///< rule and deal status let it act
    bool hard = true;

    [[nodiscard]] bool isEmpty() const { return start >= end; }
};

/// A title in preorder of the tree of part links, so that what lies below node i is [i + 1, i + 1 + below).
struct CompiledTitle {
    std::uint32_t source = 0; ///< into CompiledRules::source.titles
    int parent = kNoTitle; ///< by a part link
    int below = 0;
    std::uint32_t firstAllow = 0, allowCount = 0; ///< into allows: the best terms first
    std::uint32_t firstDeny = 0, denyCount = 0; ///< into denies: the heaviest first
    bool container = false;
    bool replaces = false;
    std::vector<std::pair<int, int>> ratings; ///< country, minimum age
};

/// How far a rule got against a question; the order is the one that reasons are chosen by.
enum class Reached { Applies, Status, Territory, Site, Offer, EmptyWindow, Expired, NotYet, Matched };

/// A query with its names looked up.
struct Key {
    Place place;
    std::uint32_t site = 0;
    std::uint32_t offer = 0;
    std::int64_t at = 0;
};

struct CompiledRules {
    RuleSet source;
    std::vector<TerritorySet> territories;
    std::vector<NameSet> siteSets, offerSets;
    std::vector<QString> sites, offers; ///< names by index - 1
    QHash<QString, std::uint32_t> siteIndex, offerIndex;
    std::vector<CompiledRule> allows, denies;
    std::vector<CompiledTitle> titles;
    QHash<QString, int> titleIndex;
    QHash<QString, std::uint32_t> dealIndex;
    std::vector<std::pair<int, std::vector<int>>> ratingFallback;
    std::vector<std::pair<int, UnratedPolicy>> unratedPolicy;
    UnratedPolicy otherUnratedPolicy = UnratedPolicy::Adult;

    [[nodiscard]] static CompiledRules from(const RuleSet& rules);

    [[nodiscard]] int findTitle(const TitleId& id) const { return titleIndex.value(id.toString(), kNoTitle); }
    [[nodiscard]] Key keyOf(const Query& query) const;
    [[nodiscard]] std::span<const CompiledRule> allowsOf(const CompiledTitle& title) const
    {
        return std::span(allows).subspan(title.firstAllow, title.allowCount);
    }
    [[nodiscard]] std::span<const CompiledRule> deniesOf(const CompiledTitle& title) const
    {
        return std::span(denies).subspan(title.firstDeny, title.denyCount);
    }
    [[nodiscard]] const Rule& ruleOf(const CompiledRule& rule) const { return source.rules[rule.source]; }
    [[nodiscard]] const Title& titleOf(int title) const
    {
        return source.titles[titles[static_cast<std::size_t>(title)].source];
    }
    [[nodiscard]] bool matches(const CompiledRule& rule, const Key& key, bool self) const
    {
        return rule.start <= key.at && key.at < rule.end && rule.inForce && appliesAt(rule, self)
            && territories[rule.territory].contains(key.place) && siteSets[rule.sites].contains(key.site)
            && offerSets[rule.offers].contains(key.offer);
    }
    [[nodiscard]] Reached reached(const CompiledRule& rule, const Key& key, bool self) const;
    [[nodiscard]] static bool appliesAt(const CompiledRule& rule, bool self)
    {
        return rule.applies == Applies::Both || (rule.applies == Applies::Self) == self;
    }
    /// The rule with the better terms: higher priority, then later start, then smaller id.
    [[nodiscard]] static bool hasBetterTerms(const CompiledRule& a, const CompiledRule& b);
    /// The grants that hold for a title, nearest title first, cut above replace mode; calls \a use(rule, self) for
    /// each.
    template<class Use>
    void forEachAllow(int title, Use use) const
    {
        bool self = true;
        for (int at = title; at != kNoTitle; self = false) {
            const CompiledTitle& node = titles[static_cast<std::size_t>(at)];
            for (const CompiledRule& rule : allowsOf(node))
                use(rule, self);
            if (node.replaces)
                return;
            at = node.parent;
        }
    }
    template<class Use>
    void forEachDeny(int title, Use use) const
    {
        bool self = true;
        for (int at = title; at != kNoTitle; self = false) {
            const CompiledTitle& node = titles[static_cast<std::size_t>(at)];
            for (const CompiledRule& rule : deniesOf(node))
                use(rule, self);
            at = node.parent;
        }
    }
    [[nodiscard]] std::optional<int> ratingFor(int title, int country) const;
    /// The age a viewer must have, in years; nothing when there is no bound. Blocked titles give more than any age.
    [[nodiscard]] std::optional<int> minimumAge(int title, int country) const;
};

/// Without age limit and entitlement.
[[nodiscard]] bool isAvailable(const CompiledRules& rules, int title, const Key& key);

inline constexpr int kBlockedAge = std::numeric_limits<int>::max();

} // namespace vidimus::rights
