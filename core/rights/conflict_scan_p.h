#pragma once

#include "core/rights/compiled_rules_p.h"
#include "core/rights/issue.h"

#include <algorithm>

namespace vidimus::rights {

/// The half-open time of a compiled rule, as a Window.
[[nodiscard]] Window windowOf(std::int64_t start, std::int64_t end);

/// How the rules of a title are put beside each other; the outcome is the same.
enum class PairSearch { Quickest, EveryTwo, Sweep };
/// findConflicts() and findAdvice() on rules that are compiled already.
[[nodiscard]] Conflicts scanConflicts(
    const CompiledRules& rules, const CancelToken& cancel, PairSearch search = PairSearch::Quickest);
[[nodiscard]] Conflicts scanAdvice(
    const CompiledRules& rules, const Material* material, Instant now, const CancelToken& cancel);

/// A list of conflicts that stops growing at kMaxConflicts, and for each title at kMaxConflictsOfTitle.
class ConflictSink {
public:
    void add(Conflict conflict)
    {
        if (m_conflicts.list.size() < kMaxConflicts)
            m_conflicts.list.push_back(std::move(conflict));
        else
            m_conflicts.truncated = true;
        ++m_ofTitle;
    }
    /// Of the title that was begun, another one may be listed.
    [[nodiscard]] bool hasRoom() const { return m_ofTitle < static_cast<qint64>(kMaxConflictsOfTitle); }
    void countOnly() { ++m_ofTitle; }
    [[nodiscard]] qint64 countOfTitle() const { return m_ofTitle; }
    void beginTitle(const TitleId& title)
    {
        m_title = title;
        m_ofTitle = 0;
    }
    /// \a whole: all of its pairs were looked at.
    void endTitle(bool whole)
    {
        const qint64 listed = std::min(m_ofTitle, static_cast<qint64>(kMaxConflictsOfTitle));
        if (m_ofTitle > listed || !whole)
            m_conflicts.more.push_back({.title = m_title, .count = m_ofTitle - listed, .atLeast = !whole});
    }
    [[nodiscard]] bool isFull() const { return m_conflicts.truncated; }
    /// In order of code, then rules.
    [[nodiscard]] Conflicts take();

private:
    Conflicts m_conflicts;
    TitleId m_title;
    qint64 m_ofTitle = 0;
};

} // namespace vidimus::rights
