#pragma once

#include "core/rights/compiled_rules_p.h"
#include "core/rights/issue.h"

namespace vidimus::rights {

/// The half-open time of a compiled rule, as a Window.
[[nodiscard]] Window windowOf(std::int64_t start, std::int64_t end);

/// findConflicts() and findAdvice() on rules that are compiled already.
[[nodiscard]] Conflicts scanConflicts(const CompiledRules& rules, const CancelToken& cancel);
[[nodiscard]] Conflicts scanAdvice(
    const CompiledRules& rules, const Material* material, Instant now, const CancelToken& cancel);

/// A list of conflicts that stops growing at kMaxConflicts.
class ConflictSink {
public:
    void add(Conflict conflict)
    {
        if (m_conflicts.list.size() < kMaxConflicts)
            m_conflicts.list.push_back(std::move(conflict));
        else
            m_conflicts.truncated = true;
    }
    [[nodiscard]] bool isFull() const { return m_conflicts.truncated; }
    /// In order of code, then rules.
    [[nodiscard]] Conflicts take();

private:
    Conflicts m_conflicts;
};

} // namespace vidimus::rights
