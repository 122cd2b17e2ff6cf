#include "core/workbench/publishing_facts.h"

#include "core/rights/territory.h"
#include "core/store/unit_of_work.h"
#include "core/workbench/compiled_rights.h"
#include "core/workbench/rules_cache.h"

#include <QJsonArray>
#include <set>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// The title and its parents through part links.
std::vector<TitleId> pathOf(const RulesView& view, TitleId title)
{
    std::vector<TitleId> path;
    while (!title.isEmpty() && std::ranges::find(path, title) == path.end()) {
        path.push_back(title);
        const rights::Title* found = view.findTitle(title);
        if (!found || found->link != rights::TitleLink::Part)
            break;
        title = found->parent;
    }
    return path;
}

void gatherRights(const RulesView& view, const TitleId& title, Instant at, publishing::PublishingFacts& facts)
{
    std::set<QString> sites;
    std::set<QString> offers;
    std::vector<std::size_t> places;
    for (const TitleId& part : pathOf(view, title))
        places.insert(places.end(), view.rulesOf(part).begin(), view.rulesOf(part).end());
    for (const std::size_t place : places) {
        const rights::Rule& rule = view.rules.rules[place];
        if (rule.effect != rights::Effect::Allow)
            continue;
        ++facts.windowCount;
        if (rule.window.start && *rule.window.start > at && (!facts.nextStart || *rule.window.start < *facts.nextStart))
            facts.nextStart = rule.window.start;
        const auto& siteNames = rule.sites.all ? view.rules.sites : rule.sites.names;
        const auto& offerNames = rule.offers.all ? view.rules.offers : rule.offers.names;
        sites.insert(siteNames.begin(), siteNames.end());
        offers.insert(offerNames.begin(), offerNames.end());
    }
    if (facts.windowCount == 0)
        return;
    // As viewers are answered, where the compiled form is ready.
    const auto compiled = view.compiled(rights::Question::Playable);
    const auto& countries = rights::assignedCountries();
    for (int country = 0; country < rights::kCountryCodes; ++country) {
        if (!countries.test(static_cast<std::size_t>(country)))
            continue;
        const QString code = rights::atomToText(static_cast<rights::TerritoryAtom>(country) << 16);
        const auto shown = [&](const QString& site, const QString& offer) {
            const rights::Query query {.title = title, .country = code, .site = site, .offer = offer, .at = at};
            return compiled ? compiled->isAvailable(query) : view.resolver.isAvailable(query);
        };
        const bool anywhere = std::ranges::any_of(sites, [&](const QString& site) {
            return std::ranges::any_of(offers, [&](const QString& offer) { return shown(site, offer); });
        });
        if (anywhere)
            facts.countriesNow.append(code);
    }
    facts.availableSomewhere = !facts.countriesNow.isEmpty();
}

int failedIn(const QJsonObject& report)
{
    const QJsonArray checks = report.value(u"checks"_s).toArray();
    return static_cast<int>(
        std::ranges::count_if(checks, [](const QJsonValue& check) { return check[u"result"].toString() == u"fail"; }));
}

Result<void> gatherAsset(const store::UnitOfWork& unit, const store::Asset& asset, TitleFacts& out)
{
    out.asset = asset.id;
    out.facts.assetSha256 = asset.sha256;
    const auto standing = unit.decisions.standing(asset.id, asset.sha256);
    const auto reports = unit.reports.findAll(asset.id);
    const auto renditions = unit.publications.renditions(asset.id);
    if (!standing || !reports || !renditions)
        return !standing ? standing.error() : !reports ? reports.error() : renditions.error();
    if (*standing) {
        out.facts.decidedSha256 = (*standing)->assetSha256;
        out.facts.verdict = moderation::verdictName((*standing)->verdict);
    }
    if (!reports->empty()) {
        out.facts.checkVerdict = reports->front().verdict.toLatin1();
        out.facts.failedChecks = failedIn(reports->front().report);
    }
    for (const store::Rendition& rendition : *renditions) {
        if (rendition.state != u"made")
            continue;
        out.package = rendition.body.value(u"package"_s).toString();
        out.facts.renditionsOfSha256 = rendition.body.value(u"source_sha256"_s).toString().toLatin1();
        out.facts.renditionCount = static_cast<int>(rendition.body.value(u"renditions"_s).toArray().size());
        out.facts.hasPoster = !rendition.body.value(u"poster"_s).toString().isEmpty();
    }
    return {};
}

} // namespace

Result<TitleFacts> titleFacts(const store::UnitOfWork& unit, const RulesView& rules, const TitleId& title, Instant at)
{
    const rights::Title* known = rules.findTitle(title);
    if (!known)
        return Error {ErrorCode::NotFound, u"there is no title \"%1\""_s.arg(title.toString()), "unknown_title"};
    TitleFacts out {.title = title, .kind = known->kind};
    out.facts.titleName = known->name;
    const auto assets = unit.assets.findByTitle(title);
    if (!assets)
        return assets.error();
    out.versions = static_cast<int>(assets->size());
    if (!assets->empty()) {
        const auto newest = std::ranges::max_element(*assets, {}, &store::Asset::ingestedAt);
        if (auto gathered = gatherAsset(unit, *newest, out); !gathered)
            return std::move(gathered).error();
    }
    gatherRights(rules, title, at, out.facts);
    const auto conflicts = rules.conflictsByTitle.find(title);
    out.facts.rightsConflicts = conflicts == rules.conflictsByTitle.end() ? 0 : conflicts->second;
    return out;
}

} // namespace vidimus::workbench
