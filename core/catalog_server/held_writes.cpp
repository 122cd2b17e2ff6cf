#include "core/catalog_server/held_writes_p.h"

#include "core/catalog_server/backend.h"
#include "core/catalog_server/live_loading_p.h"
#include "core/catalog_server/problem.h"
#include "core/rights/rule_set_json.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostAsked = 500; // titles, one by one in every cell; of more everything is compiled

/// Nothing when the change may go on; else the answer that holds it, and nothing is changed.
std::optional<ApiResponse> held(Backend& backend, const ApiRequest& request, const QString& what,
    const RightsView& before, std::vector<SiteLoss> losses)
{
    const Instant now = backend.clock.now();
    std::erase_if(losses, [](const SiteLoss& loss) { return loss.lost <= 0; });
    if (losses.empty())
        return std::nullopt;
    countLive(*before.compiled, losses, now);
    const auto hold = backend.guard.check(request.principal.name, what, losses, before.version, now);
    if (!hold)
        return std::nullopt;
    return problem("second_person_needed",
        u"more of a site would go dark than one person may darken in an hour; another person confirms it at "
        "/v1/availability/holds/%1:confirm, then send it again"_s.arg(hold->id),
        {{u"hold"_s, hold->id}, {u"sites"_s, lossesJson(hold->losses)}});
}

} // namespace

Result<std::optional<ApiResponse>> heldWhole(
    Backend& backend, const ApiRequest& request, const QString& what, const std::shared_ptr<const RightsView>& before)
{
    if (!before)
        return std::optional<ApiResponse>();
    const auto context = loadContext(backend);
    const auto rules = context ? loadStanding(backend, *context) : Result<rights::RuleSet>(context.error());
    if (!rules)
        return rules.error();
    const auto after = CompiledAvailability::create(*rules, before->version + 1, backend.feedKey);
    if (!after)
        return after.error();
    return held(backend, request, what, *before, lossOf(*before->compiled, **after, backend.clock.now()));
}

Result<std::optional<ApiResponse>> heldTitles(Backend& backend, const ApiRequest& request, const QStringList& titles,
    const std::shared_ptr<const RightsView>& before)
{
    if (!before)
        return std::optional<ApiResponse>();
    const QString what = u"titles/%1/windows"_s.arg(titles.first());
    const auto below = partsBelow(backend.connection, titles);
    if (!below)
        return below.error();
    if (below->size() > kMostAsked)
        return heldWhole(backend, request, what, before);
    QStringList around = *below;
    for (const QString& title : titles) {
        const auto above = wholesAbove(backend.connection, title);
        if (!above)
            return above.error();
        around += *above;
    }
    around.removeDuplicates();
    const auto part = loadRulesOf(backend, around);
    if (!part)
        return part.error();
    return held(backend, request, what, *before,
        lossOf(*before->compiled, rights::Resolver(*part), *below, backend.clock.now()));
}

} // namespace vidimus::catalog_server
