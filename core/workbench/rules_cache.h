#pragma once

#include "core/base/cancel.h"
#include "core/rights/resolver.h"
#include "core/rights/rule_set.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <thread>
#include <vector>

namespace vidimus::workbench {

class CompiledRights;
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
    /// The same rules compiled for a question; null until that is done.
    [[nodiscard]] std::shared_ptr<const CompiledRights> compiled(rights::Question question) const;
    void setCompiled(rights::Question question, std::shared_ptr<const CompiledRights> compiled) const;

private:
    mutable std::mutex m_compiledMutex;
    mutable std::map<rights::Question, std::shared_ptr<const CompiledRights>> m_compiled; // shared with who asks it
    std::map<TitleId, std::size_t> m_titles;
    std::map<TitleId, std::vector<std::size_t>> m_rules;
};

/// Keeps the last RulesView until the rules change, and in a studio compiles each beside the window. Thread-safe.
class RulesCache {
public:
    ~RulesCache();
    /// From now on each new view is compiled on a thread of the cache's own; \a workspace outlives it.
    void startCompiling(Workspace& workspace);
    [[nodiscard]] bool isCompiling() const;
    /// Compiles one more question of a view, where the thread runs.
    void wantCompiled(const std::shared_ptr<const RulesView>& view, rights::Question question);
    /// Ends the thread; before the store closes.
    void stopCompiling();
    /// Errors: Io, Corrupt.
    [[nodiscard]] Result<std::shared_ptr<const RulesView>> view(Workspace& workspace);
    void forget();

private:
    void compileWhatIsWanted(const std::stop_token& stop);

    mutable std::mutex m_mutex;
    std::shared_ptr<const RulesView> m_view; // shared: readers keep theirs while a new one is built
    Workspace* m_workspace = nullptr; // null: nothing is compiled
    std::set<rights::Question> m_questions {rights::Question::Playable}; // that somebody asked
    quint64 m_forgotten = 0; // how often
    bool m_stale = false; // there is something to compile
    quint64 m_version = 0;
    CancelSource m_compileCancel;
    std::condition_variable_any m_wake;
    std::jthread m_compiler;
};

} // namespace vidimus::workbench
