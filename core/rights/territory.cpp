#include "core/rights/territory.h"

#include <algorithm>

namespace vidimus::rights {

namespace {

int countryFromText(QStringView text)
{
    if (text.size() != 2)
        return -1;
    const int first = text[0].unicode() - u'A';
    const int second = text[1].unicode() - u'A';
    return first >= 0 && first < 26 && second >= 0 && second < 26 ? first * 26 + second : -1;
}

QChar letterOf(int value)
{
    return QChar(static_cast<char16_t>(value <= 10 ? u'0' + value - 1 : u'A' + value - 11));
}

bool holds(const std::vector<TerritoryAtom>& sorted, TerritoryAtom atom)
{
    return std::binary_search(sorted.begin(), sorted.end(), atom);
}

} // namespace

TerritoryAtom atomFromText(QStringView text)
{
    const int country = countryFromText(text.left(2));
    if (country < 0)
        return kNoAtom;
    const TerritoryAtom whole = static_cast<TerritoryAtom>(country) << 16;
    if (text.size() == 2)
        return whole;
    if (text.size() < 4 || text.size() > 6 || text[2] != u'-')
        return kNoAtom;
    TerritoryAtom part = 0;
    const QStringView letters = text.mid(3);
    for (const QChar letter : letters) {
        const char16_t code = letter.unicode();
        if (code >= u'0' && code <= u'9')
            part = part * 37 + 1 + (code - u'0');
        else if (code >= u'A' && code <= u'Z')
            part = part * 37 + 11 + (code - u'A');
        else
            return kNoAtom;
    }
    return whole | part;
}

QString atomToText(TerritoryAtom atom)
{
    const int country = countryOf(atom);
    QString text(QChar(static_cast<char16_t>(u'A' + country / 26)));
    text += QChar(static_cast<char16_t>(u'A' + country % 26));
    QString part;
    for (TerritoryAtom rest = atom & 0xFFFF; rest != 0; rest /= 37)
        part.prepend(letterOf(static_cast<int>(rest % 37)));
    return part.isEmpty() ? text : text + u'-' + part;
}

Place Place::from(QStringView country, QStringView subdivision)
{
    Place place;
    if (const int code = countryFromText(country); code >= 0)
        place.country = code;
    const TerritoryAtom atom = subdivision.isEmpty() ? kNoAtom : atomFromText(subdivision);
    if (atom != kNoAtom && isSubdivision(atom) && countryOf(atom) == place.country)
        place.subdivision = atom;
    return place;
}

bool TerritorySet::containsSubdivision(bool whole, TerritoryAtom subdivision) const
{
    return whole ? !holds(m_removed, subdivision) : holds(m_added, subdivision);
}

TerritorySet TerritorySet::intersected(const TerritorySet& other) const
{
    TerritorySet both;
    both.m_countries = m_countries & other.m_countries;
    std::vector<TerritoryAtom> named;
    for (const auto* list : {&m_added, &m_removed, &other.m_added, &other.m_removed})
        named.insert(named.end(), list->begin(), list->end());
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    for (const TerritoryAtom atom : named) {
        const Place place {countryOf(atom), atom};
        const bool whole = both.m_countries.test(static_cast<std::size_t>(place.country));
        const bool in = contains(place) && other.contains(place);
        if (in && !whole)
            both.m_added.push_back(atom);
        else if (!in && whole)
            both.m_removed.push_back(atom);
    }
    return both;
}

bool TerritorySet::covers(const TerritorySet& other) const
{
    return intersected(other) == other;
}

QStringList TerritorySet::toTexts() const
{
    QStringList texts;
    for (std::size_t country = 0; country < m_countries.size(); ++country) {
        if (m_countries.test(country))
            texts.append(atomToText(static_cast<TerritoryAtom>(country) << 16));
    }
    for (const TerritoryAtom atom : m_added)
        texts.append(atomToText(atom));
    return texts;
}

} // namespace vidimus::rights
