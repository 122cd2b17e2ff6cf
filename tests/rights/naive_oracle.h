#pragma once

#include "core/rights/query.h"
#include "core/rights/rule_set.h"

/// Section 7.2 of the rights reference word by word: no index, no interning, every rule looked at for every question.
/// Shares nothing with the resolver but the value types.
class NaiveOracle {
public:
    explicit NaiveOracle(vidimus::rights::RuleSet rules)
        : m_rules(std::move(rules))
    {
    }
    [[nodiscard]] vidimus::rights::Answer answer(const vidimus::rights::Query& query) const;

private:
    using Rule = vidimus::rights::Rule;
    using Title = vidimus::rights::Title;
    using Query = vidimus::rights::Query;

    [[nodiscard]] const Title* find(const vidimus::TitleId& id) const;
    [[nodiscard]] std::vector<const Title*> path(const Title& title) const;
    [[nodiscard]] const vidimus::rights::Deal* dealOf(const Rule& rule) const;
    [[nodiscard]] bool names(const QString& name, const QString& country, const QString& subdivision) const;
    [[nodiscard]] bool isThere(const Rule& rule, const Query& query) const;
    [[nodiscard]] bool applies(const Rule& rule, const Title& title) const;
    [[nodiscard]] bool isInForce(const Rule& rule) const;
    [[nodiscard]] vidimus::rights::Window windowOf(const Rule& rule) const;
    [[nodiscard]] bool denies(const Rule& rule, const Title& title, const Query& query) const;
    [[nodiscard]] std::vector<const Rule*> candidates(const Title& title) const;
    [[nodiscard]] int stage(const Rule& rule, const Query& query) const;
    [[nodiscard]] int minimumAge(const Title& title, const QString& country) const;

    vidimus::rights::RuleSet m_rules;
};
