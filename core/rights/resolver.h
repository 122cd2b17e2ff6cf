#pragma once

#include "core/rights/query.h"
#include "core/rights/rule_set.h"

#include <memory>

namespace vidimus::rights {

struct CompiledRules;

/// Answers questions about one rule set, exactly after section 7.2 of the rights reference. Built once in time linear
/// in the rule set, then immutable: any number of threads may ask at once. Copies share the index. Rules that name
/// unknown titles match nothing; grants of unknown deals never pass; restrictions of unknown deals act.
class Resolver {
public:
    explicit Resolver(const RuleSet& rules);

    [[nodiscard]] Answer resolve(const Query& query) const;
    /// resolve().available, without the work of finding reasons.
    [[nodiscard]] bool isAvailable(const Query& query) const;
    [[nodiscard]] bool hasTitle(const TitleId& title) const;
    /// The resolver of one question: it takes every query for that question, and compiled() is about it. Its rules are
    /// looked through once, when the question is first asked.
    [[nodiscard]] Resolver forQuestion(Question question) const;
    [[nodiscard]] Question question() const { return m_question; }
    /// For explain(), findConflicts(), compareAnswers() and compile().
    [[nodiscard]] const CompiledRules& compiled() const { return *m_compiled; }

private:
    struct OtherQuestions;
    std::shared_ptr<const CompiledRules> m_compiled; // shared because copies of a resolver are handed to threads
    std::shared_ptr<OtherQuestions> m_others; // shared for the same reason
    Question m_question = Question::Playable;
};

} // namespace vidimus::rights
