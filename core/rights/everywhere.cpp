#include "core/rights/everywhere.h"

#include "core/rights/territory.h"

namespace vidimus::rights {

std::optional<QStringList> leftOutOf(const QStringList& countries)
{
    std::bitset<kCountryCodes> rest = assignedCountries();
    for (const QString& name : countries) {
        const TerritoryAtom atom = atomFromText(name);
        if (atom == kNoAtom || isSubdivision(atom)
            || !assignedCountries().test(static_cast<std::size_t>(countryOf(atom))))
            return std::nullopt;
        rest.reset(static_cast<std::size_t>(countryOf(atom)));
    }
    if (rest.count() > kMostExceptions)
        return std::nullopt;
    QStringList names;
    for (std::size_t country = 0; country < rest.size(); ++country) {
        if (rest.test(country))
            names.append(atomToText(static_cast<TerritoryAtom>(country) << 16));
    }
    return names;
}

} // namespace vidimus::rights
