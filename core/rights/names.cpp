#include "core/rights/names.h"

#include <array>

namespace vidimus::rights {

namespace {

using View = QLatin1StringView;

// In the order of the enumerators.
constexpr std::array kTitleKinds {
    View("film"), View("series"), View("season"), View("episode"), View("clip"), View("bundle")};
constexpr std::array kTitleLinks {View("part"), View("supplement")};
constexpr std::array kAllowModes {View("extend"), View("replace")};
constexpr std::array kDealStates {View("draft"), View("pending"), View("active"), View("suspended"), View("ended")};
constexpr std::array kRuleStates {View("pending"), View("approved"), View("revoked")};
constexpr std::array kEffects {View("allow"), View("deny")};
constexpr std::array kRestrictionKinds {
    View("takedown"), View("regulatory"), View("blackout"), View("holdback"), View("embargo")};
constexpr std::array kApplies {View("self"), View("descendants"), View("both")};
constexpr std::array kUnratedPolicies {View("adult"), View("allow"), View("block")};
constexpr std::array kQuestions {View("playable"), View("pre_order"), View("announced")};

template<class T, std::size_t N>
QString at(const std::array<View, N>& names, T value)
{
    return QString(names[static_cast<std::size_t>(value)]);
}

template<class T, std::size_t N>
std::optional<T> find(const std::array<View, N>& names, QStringView name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (name == names[i])
            return static_cast<T>(i);
    }
    return std::nullopt;
}

} // namespace

QString nameOf(TitleKind kind)
{
    return at(kTitleKinds, kind);
}
QString nameOf(TitleLink link)
{
    return at(kTitleLinks, link);
}
QString nameOf(AllowMode mode)
{
    return at(kAllowModes, mode);
}
QString nameOf(DealStatus status)
{
    return at(kDealStates, status);
}
QString nameOf(RuleStatus status)
{
    return at(kRuleStates, status);
}
QString nameOf(Effect effect)
{
    return at(kEffects, effect);
}
QString nameOf(RestrictionKind kind)
{
    return at(kRestrictionKinds, kind);
}
QString nameOf(Applies applies)
{
    return at(kApplies, applies);
}
QString nameOf(UnratedPolicy policy)
{
    return at(kUnratedPolicies, policy);
}
QString nameOf(Question question)
{
    return at(kQuestions, question);
}

template<>
std::optional<TitleKind> fromName(QStringView name)
{
    return find<TitleKind>(kTitleKinds, name);
}
template<>
std::optional<TitleLink> fromName(QStringView name)
{
    return find<TitleLink>(kTitleLinks, name);
}
template<>
std::optional<AllowMode> fromName(QStringView name)
{
    return find<AllowMode>(kAllowModes, name);
}
template<>
std::optional<DealStatus> fromName(QStringView name)
{
    return find<DealStatus>(kDealStates, name);
}
template<>
std::optional<RuleStatus> fromName(QStringView name)
{
    return find<RuleStatus>(kRuleStates, name);
}
template<>
std::optional<Effect> fromName(QStringView name)
{
    return find<Effect>(kEffects, name);
}
template<>
std::optional<RestrictionKind> fromName(QStringView name)
{
    return find<RestrictionKind>(kRestrictionKinds, name);
}
template<>
std::optional<Applies> fromName(QStringView name)
{
    return find<Applies>(kApplies, name);
}
template<>
std::optional<UnratedPolicy> fromName(QStringView name)
{
    return find<UnratedPolicy>(kUnratedPolicies, name);
}
template<>
std::optional<Question> fromName(QStringView name)
{
    return find<Question>(kQuestions, name);
}

} // namespace vidimus::rights
