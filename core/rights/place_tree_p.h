#pragma once

#include "core/rights/rule_pairs_p.h"

#include <algorithm>
#include <memory>

namespace vidimus::rights {

/// Rules put together by the places they speak of: territories, in them sites, in them offers. What speaks elsewhere is
/// passed over as a whole. \a Leaf keeps what speaks of the same places. One thread.
template<class Leaf>
class PlaceTree {
public:
    explicit PlaceTree(RulePairs& pairs)
        : m_pairs(pairs)
    {
    }

    /// The leaf of a rule's places; made when there is none. It stays where it is.
    Leaf& leafOf(const CompiledRule& rule)
    {
        return *leafIn(nodeOf(nodeOf(m_territories, rule.territory, rule.end).below, rule.sites, rule.end).below, rule);
    }

    /// Calls \a visit with each leaf whose places have some in common with the rule's and that held something later
    /// than its start. \a steps counts what was looked at.
    template<class Visit>
    void forEachMeeting(const CompiledRule& rule, qint64& steps, Visit visit)
    {
        const CompiledRules& rules = m_pairs.rules();
        for (auto& territory : m_territories) {
            ++steps;
            if (territory.latestEnd <= rule.start || !m_pairs.territoriesMeet(territory.set, rule.territory))
                continue;
            for (auto& sites : territory.below) {
                ++steps;
                if (sites.latestEnd <= rule.start || !rules.siteSets[sites.set].intersects(rules.siteSets[rule.sites]))
                    continue;
                for (auto& offers : sites.below) {
                    ++steps;
                    if (offers.latestEnd > rule.start
                        && rules.offerSets[offers.set].intersects(rules.offerSets[rule.offers]))
                        visit(*offers.leaf);
                }
            }
        }
    }

    /// The same for leaves whose places hold all of the rule's and that held something that ends no earlier.
    template<class Visit>
    void forEachCovering(const CompiledRule& rule, qint64& steps, Visit visit)
    {
        const CompiledRules& rules = m_pairs.rules();
        for (auto& territory : m_territories) {
            ++steps;
            if (territory.latestEnd < rule.end || !m_pairs.territoryCovers(territory.set, rule.territory))
                continue;
            for (auto& sites : territory.below) {
                ++steps;
                if (sites.latestEnd < rule.end || !rules.siteSets[sites.set].covers(rules.siteSets[rule.sites]))
                    continue;
                for (auto& offers : sites.below) {
                    ++steps;
                    if (offers.latestEnd >= rule.end
                        && rules.offerSets[offers.set].covers(rules.offerSets[rule.offers]))
                        visit(*offers.leaf);
                }
            }
        }
    }

private:
    struct Offers {
        std::uint32_t set = 0;
        std::int64_t latestEnd = kAlways;
        std::unique_ptr<Leaf> leaf;
    };
    struct Sites {
        std::uint32_t set = 0;
        std::int64_t latestEnd = kAlways;
        std::vector<Offers> below;
    };
    struct Territory {
        std::uint32_t set = 0;
        std::int64_t latestEnd = kAlways;
        std::vector<Sites> below;
    };

    template<class Node>
    static Node& nodeOf(std::vector<Node>& nodes, std::uint32_t set, std::int64_t end)
    {
        // Sorted by the set's number.
        auto found = std::ranges::lower_bound(nodes, set, {}, &Node::set);
        if (found == nodes.end() || found->set != set)
            found = nodes.insert(found, Node {.set = set});
        found->latestEnd = std::max(found->latestEnd, end);
        return *found;
    }
    static Leaf* leafIn(std::vector<Offers>& nodes, const CompiledRule& rule)
    {
        Offers& node = nodeOf(nodes, rule.offers, rule.end);
        if (!node.leaf)
            node.leaf = std::make_unique<Leaf>();
        return node.leaf.get();
    }

    RulePairs& m_pairs;
    std::vector<Territory> m_territories;
};

} // namespace vidimus::rights
