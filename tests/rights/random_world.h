#pragma once

#include "core/rights/query.h"
#include "core/rights/rule_set.h"

#include <random>

/// Rule sets and questions drawn from a seed, small enough that everything meets everything.
class RandomWorld {
public:
    explicit RandomWorld(quint32 seed)
        : m_random(seed)
    {
    }
    [[nodiscard]] vidimus::rights::RuleSet rules();
    [[nodiscard]] vidimus::rights::Query query();
    [[nodiscard]] int below(int bound) { return static_cast<int>(m_random() % static_cast<quint32>(bound)); }
    /// Day \a day of a span in which all windows lie.
    [[nodiscard]] static vidimus::Instant day(int day);
    /// The same rules with one of them changed, taken away or added, or a deal, a title or a group that changed.
    [[nodiscard]] vidimus::rights::RuleSet edited(vidimus::rights::RuleSet rules);

private:
    [[nodiscard]] vidimus::rights::Rule rule(int number);
    [[nodiscard]] vidimus::rights::Window window();
    [[nodiscard]] vidimus::rights::NameList names(const QStringList& known);
    [[nodiscard]] QString pick(const QStringList& list) { return list[below(static_cast<int>(list.size()))]; }

    std::mt19937 m_random;
};
