#pragma once

#include "core/rights/resolver.h"
#include "core/rights/rule_set.h"

#include <map>
#include <memory>
#include <mutex>

namespace vidimus::workbench {

class Workspace;

/// The workspace's rules with their index. Immutable; any thread.
struct RulesView {
    explicit RulesView(rights::RuleSet ruleSet);
    rights::RuleSet rules;
    rights::Resolver resolver;
    std::map<TitleId, int> conflictsByTitle; ///< titles without a conflict are left out
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
