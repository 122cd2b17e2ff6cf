#include "core/rights/compiled_rules_p.h"
#include "core/rights/territory_set_builder_p.h"
#include "core/rights/validate.h"

#include <algorithm>
#include <chrono>
#include <map>

namespace vidimus::rights {

namespace {

std::int64_t millis(const std::optional<Instant>& instant, std::int64_t fallback)
{
    return instant ? instant->time_since_epoch().count() : fallback;
}

/// Gives each different value one index.
template<class Value, class Compare = std::less<Value>>
class Interner {
public:
    std::uint32_t indexOf(const Value& value, std::vector<Value>& values)
    {
        const auto [it, fresh] = m_known.try_emplace(value, static_cast<std::uint32_t>(values.size()));
        if (fresh)
            values.push_back(value);
        return it->second;
    }

private:
    std::map<Value, std::uint32_t, Compare> m_known;
};

using ExpressionKey = std::pair<bool, std::pair<QStringList, QStringList>>;

class Compiler {
public:
    explicit Compiler(const RuleSet& rules)
        : m_builder(rules)
    {
        m_out.source = rules;
    }

    CompiledRules run()
    {
        nameIndexes();
        for (std::uint32_t i = 0; i < m_out.source.deals.size(); ++i)
            m_out.dealIndex.insert(m_out.source.deals[i].id.toString(), i);
        treeOrder();
        compileRules();
        ageRules();
        return std::move(m_out);
    }

private:
    void nameIndexes()
    {
        QStringList sites = m_out.source.sites;
        QStringList offers = m_out.source.offers;
        for (const Rule& rule : m_out.source.rules) {
            sites += rule.sites.names;
            offers += rule.offers.names;
        }
        const auto number = [](QStringList& names, std::vector<QString>& list, QHash<QString, std::uint32_t>& index) {
            names.removeDuplicates();
            // By UTF-8 bytes, which is the order of a snapshot's tables.
            std::sort(
                names.begin(), names.end(), [](const QString& a, const QString& b) { return a.toUtf8() < b.toUtf8(); });
            for (const QString& name : names) {
                list.push_back(name);
                index.insert(name, static_cast<std::uint32_t>(list.size()));
            }
        };
        number(sites, m_out.sites, m_out.siteIndex);
        number(offers, m_out.offers, m_out.offerIndex);
    }

    /// Parents by part link, with circles and endless chains cut (a validated rule set has none).
    std::vector<int> partParents(const QHash<QString, int>& byId) const
    {
        const auto& titles = m_out.source.titles;
        std::vector<int> parents(titles.size(), kNoTitle);
        for (std::size_t i = 0; i < titles.size(); ++i) {
            if (titles[i].link == TitleLink::Part && !titles[i].parent.isEmpty())
                parents[i] = byId.value(titles[i].parent.toString(), kNoTitle);
        }
        for (std::size_t i = 0; i < titles.size(); ++i) {
            int length = 1;
            for (int at = parents[i]; at != kNoTitle; at = parents[static_cast<std::size_t>(at)]) {
                if (++length > kMaxPathLength) {
                    parents[i] = kNoTitle;
                    break;
                }
            }
        }
        return parents;
    }

    void treeOrder()
    {
        const auto& titles = m_out.source.titles;
        QHash<QString, int> byId;
        for (std::size_t i = 0; i < titles.size(); ++i)
            byId.insert(titles[i].id.toString(), static_cast<int>(i));
        const std::vector<int> parents = partParents(byId);
        std::vector<int> sorted;
        for (const int index : byId)
            sorted.push_back(index);
        std::sort(sorted.begin(), sorted.end(), [&titles](int a, int b) {
            return titles[static_cast<std::size_t>(a)].id < titles[static_cast<std::size_t>(b)].id;
        });
        std::vector<std::vector<int>> children(titles.size());
        std::vector<int> roots;
        for (const int index : sorted) {
            const int parent = parents[static_cast<std::size_t>(index)];
            (parent == kNoTitle ? roots : children[static_cast<std::size_t>(parent)]).push_back(index);
        }
        m_out.titles.reserve(sorted.size());
        for (const int root : roots)
            place(root, kNoTitle, children);
    }

    void place(int index, int parent, const std::vector<std::vector<int>>& children) // at most kMaxPathLength deep
    {
        const Title& title = m_out.source.titles[static_cast<std::size_t>(index)];
        const auto node = m_out.titles.size();
        CompiledTitle compiled;
        compiled.source = static_cast<std::uint32_t>(index);
        compiled.parent = parent;
        compiled.container = isContainer(title.kind);
        compiled.replaces = title.allowMode == AllowMode::Replace;
        for (auto it = title.ratings.begin(); it != title.ratings.end(); ++it)
            compiled.ratings.emplace_back(Place::from(it.key()).country, it.value());
        m_out.titles.push_back(std::move(compiled));
        m_out.titleIndex.insert(title.id.toString(), static_cast<int>(node));
        for (const int child : children[static_cast<std::size_t>(index)])
            place(child, static_cast<int>(node), children);
        m_out.titles[node].below = static_cast<int>(m_out.titles.size() - node - 1);
    }

    std::uint32_t territoryOf(const Rule& rule)
    {
        const ExpressionKey key {rule.effect == Effect::Deny, {rule.territory.include, rule.territory.exclude}};
        const auto [it, fresh] = m_expressions.try_emplace(key, 0);
        if (!fresh)
            return it->second;
        const TerritorySet set = m_builder.build(rule.territory, rule.effect);
        const auto known = std::find(m_out.territories.begin(), m_out.territories.end(), set);
        if (known == m_out.territories.end()) {
            it->second = static_cast<std::uint32_t>(m_out.territories.size());
            m_out.territories.push_back(set);
        } else {
            it->second = static_cast<std::uint32_t>(known - m_out.territories.begin());
        }
        return it->second;
    }

    static NameSet nameSet(const NameList& list, std::size_t known, const QHash<QString, std::uint32_t>& index)
    {
        NameSet set(known, list.all);
        for (const QString& name : list.names)
            set.insert(index.value(name));
        return set;
    }

    CompiledRule compileRule(std::uint32_t source)
    {
        const Rule& rule = m_out.source.rules[source];
        CompiledRule compiled;
        compiled.source = source;
        compiled.territory = territoryOf(rule);
        compiled.sites = m_sites.indexOf(nameSet(rule.sites, m_out.sites.size(), m_out.siteIndex), m_out.siteSets);
        compiled.offers
            = m_offers.indexOf(nameSet(rule.offers, m_out.offers.size(), m_out.offerIndex), m_out.offerSets);
        compiled.priority = rule.priority;
        compiled.kind = rule.kind;
        compiled.applies = rule.applies;
        compiled.hard = rule.hard;
        compiled.inForce = rule.status == RuleStatus::Approved;
        Window window = rule.window;
        if (rule.effect == Effect::Deny && rule.after) {
            window.end.reset();
            if (rule.after->eventAt)
                window.end = *rule.after->eventAt + std::chrono::days(rule.after->days);
        }
        if (!rule.deal.isEmpty()) {
            const auto deal = m_out.dealIndex.constFind(rule.deal.toString());
            const Deal* known = deal == m_out.dealIndex.constEnd() ? nullptr : &m_out.source.deals[*deal];
            if (rule.effect == Effect::Allow) {
                compiled.inForce = compiled.inForce && known && known->status == DealStatus::Active;
                if (known)
                    window = window.intersected(known->term);
            } else if (known && (known->status == DealStatus::Draft || known->status == DealStatus::Ended)) {
                compiled.inForce = false;
            }
        }
        compiled.start = millis(window.start, kAlways);
        compiled.end = millis(window.end, kOpen);
        return compiled;
    }

    void compileRules()
    {
        const auto& rules = m_out.source.rules;
        std::vector<std::uint32_t> byId(rules.size());
        for (std::uint32_t i = 0; i < byId.size(); ++i)
            byId[i] = i;
        std::sort(byId.begin(), byId.end(), [&rules](std::uint32_t a, std::uint32_t b) {
            return rules[a].id != rules[b].id ? rules[a].id < rules[b].id : a < b;
        });
        std::vector<std::vector<CompiledRule>> allows(m_out.titles.size()), denies(m_out.titles.size());
        for (std::uint32_t rank = 0; rank < byId.size(); ++rank) {
            const Rule& rule = rules[byId[rank]];
            const int title = m_out.findTitle(rule.scope);
            if (title == kNoTitle)
                continue;
            CompiledRule compiled = compileRule(byId[rank]);
            compiled.idRank = rank;
            (rule.effect == Effect::Allow ? allows : denies)[static_cast<std::size_t>(title)].push_back(compiled);
        }
        for (std::size_t i = 0; i < m_out.titles.size(); ++i) {
            CompiledTitle& title = m_out.titles[i];
            std::sort(allows[i].begin(), allows[i].end(), CompiledRules::hasBetterTerms);
            std::stable_sort(denies[i].begin(), denies[i].end(),
                [](const CompiledRule& a, const CompiledRule& b) { return a.kind < b.kind; });
            title.firstAllow = static_cast<std::uint32_t>(m_out.allows.size());
            title.allowCount = static_cast<std::uint32_t>(allows[i].size());
            title.firstDeny = static_cast<std::uint32_t>(m_out.denies.size());
            title.denyCount = static_cast<std::uint32_t>(denies[i].size());
            m_out.allows.insert(m_out.allows.end(), allows[i].begin(), allows[i].end());
            m_out.denies.insert(m_out.denies.end(), denies[i].begin(), denies[i].end());
        }
    }

    void ageRules()
    {
        for (auto it = m_out.source.ratingFallback.begin(); it != m_out.source.ratingFallback.end(); ++it) {
            std::vector<int> others;
            for (const QString& other : it.value())
                others.push_back(Place::from(other).country);
            m_out.ratingFallback.emplace_back(Place::from(it.key()).country, std::move(others));
        }
        for (auto it = m_out.source.unratedPolicy.begin(); it != m_out.source.unratedPolicy.end(); ++it) {
            if (it.key() == u"*")
                m_out.otherUnratedPolicy = it.value();
            else
                m_out.unratedPolicy.emplace_back(Place::from(it.key()).country, it.value());
        }
    }

    CompiledRules m_out;
    TerritorySetBuilder m_builder;
    std::map<ExpressionKey, std::uint32_t> m_expressions;
    Interner<NameSet> m_sites, m_offers;
};

} // namespace

CompiledRules CompiledRules::from(const RuleSet& rules)
{
    return Compiler(rules).run();
}

} // namespace vidimus::rights
