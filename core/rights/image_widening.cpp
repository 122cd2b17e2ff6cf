#include "core/rights/availability_image.h"

#include <algorithm>

namespace vidimus::rights {

namespace {

bool bitOf(const QByteArray& row, std::size_t bit)
{
    return (row[static_cast<qsizetype>(bit / 8)] >> bit % 8 & 1) != 0;
}

/// For each bit of a new row the bit of an old one that it takes over. Bit 0 is that of all others.
template<class Names>
std::vector<std::size_t> sourcesOf(const Names& names, const Names& before)
{
    std::vector<std::size_t> sources {0};
    for (const auto& name : names) {
        const auto found = std::ranges::find(before, name);
        sources.push_back(found == before.end() ? 0 : static_cast<std::size_t>(found - before.begin()) + 1);
    }
    return sources;
}

QByteArray moved(const QByteArray& row, const std::vector<std::size_t>& sources)
{
    QByteArray bits(static_cast<qsizetype>((sources.size() - 1) / 64 + 1) * 8, 0);
    for (std::size_t bit = 0; bit < sources.size(); ++bit) {
        if (bitOf(row, sources[bit])) {
            const auto byte = static_cast<qsizetype>(bit / 8);
            bits[byte] = static_cast<char>(bits[byte] | 1 << bit % 8);
        }
    }
    return bits;
}

QStringList joined(QStringList names, const QStringList& others)
{
    names += others;
    names.removeDuplicates();
    std::ranges::sort(names, [](const QString& a, const QString& b) { return a.toUtf8() < b.toUtf8(); });
    return names;
}

} // namespace

ImageBasis joined(const ImageBasis& one, const ImageBasis& other)
{
    ImageBasis both {.sites = joined(one.sites, other.sites),
        .offers = joined(one.offers, other.offers),
        .countries = one.countries,
        .partition = one.partition,
        .question = one.question};
    both.countries.insert(both.countries.end(), other.countries.begin(), other.countries.end());
    std::ranges::sort(both.countries);
    both.countries.erase(std::unique(both.countries.begin(), both.countries.end()), both.countries.end());
    return both;
}

AvailabilityImage AvailabilityImage::widened(const ImageBasis& basis) const
{
    AvailabilityImage wide(basis);
    const auto sites = sourcesOf(basis.sites, m_basis.sites), offers = sourcesOf(basis.offers, m_basis.offers),
               countries = sourcesOf(basis.countries, m_basis.countries);
    for (const std::int64_t date : m_dates.values())
        wide.m_dates.indexOf(date);
    for (const QByteArray& row : m_territories.values())
        wide.m_territories.indexOf(moved(row, countries) + row.sliced(territoryBytes()));
    for (const QByteArray& row : m_siteSets.values())
        wide.m_siteSets.indexOf(moved(row, sites));
    for (const QByteArray& row : m_offerSets.values())
        wide.m_offerSets.indexOf(moved(row, offers));
    for (const QByteArray& term : m_terms.values())
        wide.m_terms.indexOf(term);
    for (const QByteArray& id : m_ids.values())
        wide.m_ids.indexOf(id);
    wide.m_titles = m_titles;
    return wide;
}

} // namespace vidimus::rights
