#pragma once

#include "core/rights/rule_set.h"

#include <optional>

/// The words of the JSON format for each choice ("film", "part", "active"), both ways.
namespace vidimus::rights {

[[nodiscard]] QString nameOf(TitleKind kind);
[[nodiscard]] QString nameOf(TitleLink link);
[[nodiscard]] QString nameOf(AllowMode mode);
[[nodiscard]] QString nameOf(DealStatus status);
[[nodiscard]] QString nameOf(RuleStatus status);
[[nodiscard]] QString nameOf(Effect effect);
[[nodiscard]] QString nameOf(RestrictionKind kind);
[[nodiscard]] QString nameOf(Applies applies);
[[nodiscard]] QString nameOf(UnratedPolicy policy);
[[nodiscard]] QString nameOf(Question question);

/// The value with that name; nothing when there is none.
template<class T>
[[nodiscard]] std::optional<T> fromName(QStringView name);
template<>
std::optional<TitleKind> fromName<TitleKind>(QStringView name);
template<>
std::optional<TitleLink> fromName<TitleLink>(QStringView name);
template<>
std::optional<AllowMode> fromName<AllowMode>(QStringView name);
template<>
std::optional<DealStatus> fromName<DealStatus>(QStringView name);
template<>
std::optional<RuleStatus> fromName<RuleStatus>(QStringView name);
template<>
std::optional<Effect> fromName<Effect>(QStringView name);
template<>
std::optional<RestrictionKind> fromName<RestrictionKind>(QStringView name);
template<>
std::optional<Applies> fromName<Applies>(QStringView name);
template<>
std::optional<UnratedPolicy> fromName<UnratedPolicy>(QStringView name);
template<>
std::optional<Question> fromName<Question>(QStringView name);

} // namespace vidimus::rights
