#include "core/rights/effect_axes_p.h"

#include <algorithm>
#include <map>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

using Signature = std::vector<bool>;

std::vector<AxisClass> grouped(std::map<Signature, AxisClass>&& classes)
{
    std::vector<AxisClass> list;
    for (auto& [signature, axisClass] : classes) {
        if (std::find(signature.begin(), signature.end(), true) != signature.end())
            list.push_back(std::move(axisClass));
    }
    return list;
}

template<class Contains>
std::vector<AxisClass> nameClasses(const std::vector<QString>& before, const std::vector<QString>& after,
    const QHash<QString, std::uint32_t>& beforeIndex, const QHash<QString, std::uint32_t>& afterIndex,
    const std::vector<Bearing>& bearings, Contains contains)
{
    QStringList names(before.begin(), before.end());
    names += QStringList(after.begin(), after.end());
    names.sort();
    names.removeDuplicates();
    std::map<Signature, AxisClass> classes;
    const auto add = [&](const QString& name, std::uint32_t then, std::uint32_t now) {
        Signature signature;
        for (const Bearing& bearing : bearings)
            signature.push_back(contains(bearing, then, now));
        AxisClass& axisClass = classes[signature];
        axisClass.names.append(name);
        axisClass.before = then;
        axisClass.after = now;
    };
    for (const QString& name : names)
        add(name, beforeIndex.value(name, 0), afterIndex.value(name, 0));
    add(u"*"_s, 0, 0);
    return grouped(std::move(classes));
}

} // namespace

std::vector<AxisClass> placeClasses(const std::vector<Bearing>& bearings)
{
    std::vector<TerritoryAtom> atoms;
    for (std::size_t country = 0; country < kCountryCodes; ++country) {
        if (isAssignedCountry(static_cast<int>(country)))
            atoms.push_back(static_cast<TerritoryAtom>(country) << 16);
    }
    for (const Bearing& bearing : bearings) {
        const TerritorySet& set = bearing.rules->territories[bearing.rule->territory];
        for (const auto* list : {&set.addedSubdivisions(), &set.removedSubdivisions()})
            atoms.insert(atoms.end(), list->begin(), list->end());
    }
    std::sort(atoms.begin(), atoms.end());
    atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
    std::map<Signature, AxisClass> classes;
    for (const TerritoryAtom atom : atoms) {
        const Place place {countryOf(atom), isSubdivision(atom) ? atom : kNoAtom};
        Signature signature;
        for (const Bearing& bearing : bearings)
            signature.push_back(bearing.rules->territories[bearing.rule->territory].contains(place));
        AxisClass& axisClass = classes[signature];
        axisClass.names.append(atomToText(atom));
        axisClass.place = place;
    }
    return grouped(std::move(classes));
}

std::vector<AxisClass> siteClasses(
    const CompiledRules& before, const CompiledRules& after, const std::vector<Bearing>& bearings)
{
    return nameClasses(before.sites, after.sites, before.siteIndex, after.siteIndex, bearings,
        [&before](const Bearing& bearing, std::uint32_t then, std::uint32_t now) {
            return bearing.rules->siteSets[bearing.rule->sites].contains(bearing.rules == &before ? then : now);
        });
}

std::vector<AxisClass> offerClasses(
    const CompiledRules& before, const CompiledRules& after, const std::vector<Bearing>& bearings)
{
    return nameClasses(before.offers, after.offers, before.offerIndex, after.offerIndex, bearings,
        [&before](const Bearing& bearing, std::uint32_t then, std::uint32_t now) {
            return bearing.rules->offerSets[bearing.rule->offers].contains(bearing.rules == &before ? then : now);
        });
}

} // namespace vidimus::rights
