#include "core/rights/question.h"

namespace vidimus::rights {

namespace {

/// Whether a restriction hides the title itself, not only its picture.
bool hides(RestrictionKind kind)
{
    return kind == RestrictionKind::Takedown || kind == RestrictionKind::Regulatory || kind == RestrictionKind::Embargo;
}

/// The rule as it bears on the question; nothing when it does not.
std::optional<Rule> asked(const Rule& rule, Question question)
{
    if (rule.effect == Effect::Deny)
        return hides(rule.kind) ? std::optional(rule) : std::nullopt;
    const std::optional<Window>& window = question == Question::PreOrder ? rule.preOrder : rule.announced;
    if (!window)
        return std::nullopt;
    Rule result = rule;
    result.window = *window;
    return result;
}

} // namespace

RuleSet rulesFor(const RuleSet& rules, Question question)
{
    if (question == Question::Playable)
        return rules;
    RuleSet result = rules;
    result.rules.clear();
    for (const Rule& rule : rules.rules) {
        if (auto kept = asked(rule, question))
            result.rules.push_back(*std::move(kept));
    }
    return result;
}

} // namespace vidimus::rights
