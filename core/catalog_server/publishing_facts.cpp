#include "core/catalog_server/publishing_facts_p.h"

#include "core/base/json.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

struct Package {
    QString titleName;
    QString assetSha256;
    QString sourceSha256;
    int renditions = 0;
    bool hasPoster = false;
};

Result<std::optional<Package>> findPackage(Backend& backend, const PublicationRequest& request)
{
    return backend.connection.one(
        u"SELECT t.name, a.sha256, k.source_sha256, k.rendition_count, k.poster <> '' FROM packages k"
        " JOIN assets a ON a.id = k.asset JOIN titles t ON t.id = a.title"
        " WHERE k.id = ? AND a.id = ? AND t.id = ? AND t.deleted_at IS NULL"_s,
        [](const sql::Statement& row) {
            return Package {row.text(0), row.text(1), row.text(2), static_cast<int>(row.integer(3)), row.boolean(4)};
        },
        request.package, request.asset, request.title);
}

/// The countries in which any site and offer plays the title at that moment.
QStringList countriesAt(const RightsView& view, const QString& title, Instant at)
{
    QStringList countries;
    const CompiledAvailability::State state = view.compiled->state();
    for (const QString& country : view.countries) {
        const bool plays = std::any_of(view.sites.begin(), view.sites.end(), [&](const QString& site) {
            return std::any_of(view.offers.begin(), view.offers.end(), [&](const QString& offer) {
                return state
                    .answer({.title = TitleId(title),
                        .country = country,
                        .subdivision = {},
                        .site = site,
                        .offer = offer,
                        .at = at,
                        .viewerMaxAge = {},
                        .entitlement = {}})
                    .available;
            });
        });
        if (plays)
            countries.append(country);
    }
    return countries;
}

} // namespace

Result<publishing::PublishingFacts> gatherFacts(Backend& backend, const PublicationRequest& request)
{
    const auto package = findPackage(backend, request);
    if (!package)
        return package.error();
    if (!*package)
        return Error {ErrorCode::NotFound, u"title, asset and package do not belong together"_s, "unknown_package"};
    publishing::PublishingFacts facts;
    facts.titleName = (*package)->titleName;
    facts.assetSha256 = (*package)->assetSha256.toLatin1();
    facts.renditionsOfSha256 = (*package)->sourceSha256.toLatin1();
    facts.renditionCount = (*package)->renditions;
    facts.hasPoster = (*package)->hasPoster;
    const auto verdict = backend.connection.one(
        u"SELECT verdict FROM decisions d WHERE asset = ? AND asset_sha256 = ? AND NOT EXISTS"
        " (SELECT 1 FROM decisions later WHERE later.supersedes = d.id)"_s,
        [](const sql::Statement& row) { return row.text(0); }, request.asset, (*package)->assetSha256);
    if (!verdict)
        return verdict.error();
    if (*verdict) {
        facts.decidedSha256 = facts.assetSha256;
        facts.verdict = (*verdict)->toLatin1();
    }
    const auto windows = backend.connection.integer(
        u"WITH RECURSIVE path (id) AS (SELECT ? UNION SELECT json_extract(t.rights, '$.parent') FROM titles t"
        " JOIN path ON t.id = path.id WHERE json_extract(t.rights, '$.parent') IS NOT NULL)"
        " SELECT count(*) FROM rules WHERE title IN (SELECT id FROM path) AND json_extract(rule, '$.effect') = 'allow'"_s,
        request.title);
    if (!windows)
        return windows.error();
    facts.windowCount = static_cast<int>(*windows);
    const auto rights = backend.freshRights();
    if (!rights)
        return rights.error();
    facts.countriesNow = countriesAt(**rights, request.title, request.liveFrom.value_or(backend.clock.now()));
    facts.availableSomewhere = !facts.countriesNow.isEmpty();
    return facts;
}

} // namespace vidimus::catalog_server
