#pragma once

#include <QString>
#include <QStringList>
#include <bitset>
#include <cstdint>
#include <vector>

namespace vidimus::rights {

/// A territory atom in one number: an ISO 3166-1 alpha-2 country in the upper 16 bits (0..675, 'A''A' = 0), and in the
/// lower 16 bits an ISO 3166-2 subdivision (base 37 of up to three letters and digits), 0 for the whole country.
using TerritoryAtom = std::uint32_t;

inline constexpr int kCountryCodes = 26 * 26;
/// "XX": the viewer's country could not be resolved (user-assigned in ISO 3166-1).
inline constexpr int kUnresolvedCountry = 23 * 26 + 23;
inline constexpr TerritoryAtom kNoAtom = 0xFFFFFFFF;

/// "FR" or "CA-QC"; kNoAtom when the text has neither form. Does not ask whether the code is assigned.
[[nodiscard]] TerritoryAtom atomFromText(QStringView text);
[[nodiscard]] QString atomToText(TerritoryAtom atom);
[[nodiscard]] constexpr int countryOf(TerritoryAtom atom)
{
    return static_cast<int>(atom >> 16);
}
[[nodiscard]] constexpr bool isSubdivision(TerritoryAtom atom)
{
    return (atom & 0xFFFF) != 0;
}
/// Assigned in ISO 3166-1, or XX, or XK (user-assigned, in general use for Kosovo).
[[nodiscard]] bool isAssignedCountry(int country);
/// All assigned countries, without XX.
[[nodiscard]] const std::bitset<kCountryCodes>& assignedCountries();

/// Where a viewer is. Anything that is not two capital letters counts as unresolved; a subdivision of another country
/// is dropped.
struct Place {
    int country = kUnresolvedCountry;
    TerritoryAtom subdivision = kNoAtom;

    [[nodiscard]] static Place from(QStringView country, QStringView subdivision = {});
};

/// The places a rule speaks of: union of includes minus union of excludes, already worked out. Pure value.
class TerritorySet {
public:
    [[nodiscard]] bool contains(const Place& place) const
    {
        const bool whole = m_countries.test(static_cast<std::size_t>(place.country));
        return place.subdivision == kNoAtom ? whole : containsSubdivision(whole, place.subdivision);
    }
    [[nodiscard]] bool isEmpty() const { return m_countries.none() && m_added.empty(); }
    [[nodiscard]] TerritorySet intersected(const TerritorySet& other) const;
    /// Every place of \a other is in this set.
    [[nodiscard]] bool covers(const TerritorySet& other) const;
    /// Sorted texts: whole countries, then subdivisions that are in although their country is not.
    [[nodiscard]] QStringList toTexts() const;

    [[nodiscard]] const std::bitset<kCountryCodes>& countries() const { return m_countries; }
    /// Subdivisions that match although their country does not; sorted.
    [[nodiscard]] const std::vector<TerritoryAtom>& addedSubdivisions() const { return m_added; }
    /// Subdivisions that do not match although their country does; sorted.
    [[nodiscard]] const std::vector<TerritoryAtom>& removedSubdivisions() const { return m_removed; }

    friend bool operator==(const TerritorySet&, const TerritorySet&) = default;

private:
    friend class TerritorySetBuilder;
    [[nodiscard]] bool containsSubdivision(bool whole, TerritoryAtom subdivision) const;

    std::bitset<kCountryCodes> m_countries;
    std::vector<TerritoryAtom> m_added;
    std::vector<TerritoryAtom> m_removed;
};

} // namespace vidimus::rights
