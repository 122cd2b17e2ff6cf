#include "core/rights/effect.h"

namespace vidimus::rights {

CellChanges compareAnswers(
    const Resolver& before, const Resolver& after, const std::vector<TitleId>& titles, const Universe& universe)
{
    CellChanges changes;
    Query query;
    for (const TitleId& title : titles) {
        query.title = title;
        for (const QString& country : universe.countries) {
            query.country = country.left(2);
            query.subdivision = country.size() > 2 ? country : QString();
            for (const QString& site : universe.sites) {
                query.site = site;
                for (const QString& offer : universe.offers) {
                    query.offer = offer;
                    for (const Instant at : universe.instants) {
                        query.at = at;
                        const bool then = before.isAvailable(query);
                        const bool now = after.isAvailable(query);
                        if (then != now)
                            (now ? changes.gained : changes.lost).push_back({title, country, site, offer, at});
                    }
                }
            }
        }
    }
    return changes;
}

} // namespace vidimus::rights
