#pragma once

#include "core/base/result.h"
#include "core/rights/rule_set.h"

#include <QJsonArray>
#include <QJsonObject>

/// The JSON of rules, which is how they are stored and sent:
///   {"version": 1,
///    "context": {"groups": {"EU4": […], "EU4@2": […]}, "sites": […], "coarse_sites": […], "offers": […],
///                "titles": {id: {…}}, "rating_fallback": {"LU": ["NL"]}, "unrated_policy": {"DE": "block"}},
///    "deals": {id: {…}}, "rules": [{…}]}
/// Members left out have the defaults of rule_set.h; unknown members are refused. All functions are pure; any thread.
namespace vidimus::rights {

[[nodiscard]] QJsonObject toJson(const RuleSet& rules);
/// Shape and references (see validate()). Errors: Invalid with the place ("rules[3].territory.include: …"),
/// LimitExceeded.
[[nodiscard]] Result<RuleSet> ruleSetFromJson(const QJsonObject& json);
/// Shape alone: unknown titles, deals and territory codes stay; the Resolver takes them as matching nothing (grants).
[[nodiscard]] Result<RuleSet> ruleSetShapeFromJson(const QJsonObject& json);

[[nodiscard]] QJsonObject toJson(const Title& title);
[[nodiscard]] QJsonObject toJson(const Deal& deal);
[[nodiscard]] QJsonObject toJson(const Rule& rule);
[[nodiscard]] Result<Title> titleFromJson(const TitleId& id, const QJsonObject& json, const QString& path = {});
[[nodiscard]] Result<Deal> dealFromJson(const DealId& id, const QJsonObject& json, const QString& path = {});
[[nodiscard]] Result<Rule> ruleFromJson(const QJsonObject& json, const QString& path = {});
[[nodiscard]] Result<std::vector<Rule>> rulesFromJson(const QJsonArray& json, const QString& path);
[[nodiscard]] Result<std::vector<Deal>> dealsFromJson(const QJsonObject& json, const QString& path);
/// Fills groups, sites, offers, titles, fallbacks and policies of \a into from a "context" object.
[[nodiscard]] Result<void> readContext(const QJsonObject& context, RuleSet& into);

} // namespace vidimus::rights
