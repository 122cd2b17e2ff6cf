#pragma once

#include "core/rights/resolver.h"
#include "core/rights/rule_set.h"

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace vidimus::workbench {

class Workspace;

/// The workspace's rules with their index. Immutable; any thread.
struct RulesView {
    explicit RulesView(rights::RuleSet ruleSet);
    rights::RuleSet rules;
    rights::Resolver resolver;
    std::map<TitleId, int> conflictsByTitle; ///< titles without a conflict are left out

    /// Null when there is no such title. Cost does not grow with the number of titles.
    [[nodiscard]] const rights::Title* findTitle(const TitleId& id) const;
    /// Places in rules.rules of those whose scope is this title.
    [[nodiscard]] std::span<const std::size_t> rulesOf(const TitleId& title) const;
    /// Place in rules.titles of the first that comes after \a id; of the first of all when \a id is empty or unknown.
    [[nodiscard]] std::size_t placeAfter(const TitleId& id) const;

private:
    std::map<TitleId, std::size_t> m_titles;
    std::map<TitleId, std::vector<std::size_t>> m_rules;
};

/// Keeps the last RulesView until the rules change. Thread-safe.
class RulesCache {
public:
    /// Errors: Io, Corrupt.
    [[nodiscard]] Result<std::shared_ptr<const RulesView>> view(Workspace& workspace);
    void forget();

private:
    std::mutex m_mutex;
    std::shared_ptr<const RulesView> m_view; // shared: readers keep theirs while a new one is built
};

} // namespace vidimus::workbench
