#include "core/rights/availability_image.h"

#include "core/rights/byte_output_p.h"

#include <algorithm>
#include <functional>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWordBits = 63; // the last one says that it is a deny
constexpr int kMaxFieldBits = 24;

/// Order of \a values, and where each went.
template<class Value, class Less>
std::vector<std::uint32_t> sortedOrder(const std::vector<Value>& values, const std::vector<bool>& used, Less less)
{
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < values.size(); ++i) {
        if (used[i])
            order.push_back(i);
    }
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) { return less(values[a], values[b]); });
    return order;
}

/// Numbers by value, then everything else by bytes; numbers have no leading zeros.
bool isNumber(const QByteArray& id)
{
    return !id.isEmpty() && id.size() <= 18 && (id.size() == 1 || id[0] != '0')
        && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
}

bool idLess(const QByteArray& a, const QByteArray& b)
{
    const bool number = isNumber(a);
    if (number != isNumber(b))
        return number;
    if (number && a.size() != b.size())
        return a.size() < b.size();
    return a < b;
}

struct Used {
    std::vector<bool> territories, siteSets, offerSets, dates, terms, titles;
};

Used usedBy(const AvailabilityImage& image)
{
    const ImageCounts counts = image.counts();
    Used used {std::vector<bool>(counts.territories), std::vector<bool>(counts.siteSets),
        std::vector<bool>(counts.offerSets), std::vector<bool>(counts.dates), std::vector<bool>(counts.terms),
        std::vector<bool>(counts.titles)};
    for (std::size_t i = 0; i < image.titles().size(); ++i) {
        const ImageTitle& title = image.titles()[i];
        used.titles[i] = !title.gone;
        for (const ImageWindow& window : title.windows) {
            used.territories[window.territory] = true;
            used.siteSets[window.sites] = true;
            used.offerSets[window.offers] = true;
            for (const std::uint32_t date : {window.start, window.end}) {
                if (date >= 2)
                    used.dates[date - 2] = true;
            }
            if (!window.deny)
                used.terms[window.term] = true;
        }
    }
    return used;
}

template<class Value>
std::vector<std::uint32_t> moveValues(const std::vector<Value>& from, const std::vector<std::uint32_t>& order,
    const std::function<std::uint32_t(const Value&)>& add)
{
    std::vector<std::uint32_t> moved(from.size());
    for (const std::uint32_t index : order)
        moved[index] = add(from[index]);
    return moved;
}

} // namespace

QStringList cellSites(const ImageBasis& basis)
{
    return basis.partition.isEmpty() ? basis.sites + QStringList {kUnnamed} : basis.sites;
}

QStringList cellOffers(const ImageBasis& basis)
{
    return basis.offers.isEmpty() ? QStringList {kUnnamed} : basis.offers;
}

AvailabilityImage::AvailabilityImage(ImageBasis basis)
    : m_basis(std::move(basis))
    , m_columnOf(kCountryCodes, 0)
{
    for (std::size_t i = 0; i < m_basis.countries.size(); ++i)
        m_columnOf[static_cast<std::size_t>(m_basis.countries[i])] = static_cast<int>(i) + 1;
}

Result<std::uint32_t> AvailabilityImage::territory(const TerritorySet& set)
{
    QByteArray row(territoryBytes(), 0);
    std::optional<bool> others;
    for (std::size_t code = 0; code < kCountryCodes; ++code) {
        const bool in = set.countries().test(code);
        const int column = m_columnOf[code];
        if (in)
            row[column / 8] = static_cast<char>(row[column / 8] | (1 << column % 8));
        if (column == 0 && others.value_or(in) != in) {
            return Error {ErrorCode::Unsupported,
                u"a rule names a country that the snapshot does not tell apart; compile a new one"_s, "needs_snapshot"};
        }
        if (column == 0)
            others = in;
    }
    if (!set.addedSubdivisions().empty() || !set.removedSubdivisions().empty()) {
        put<quint32>(row, static_cast<quint32>(set.addedSubdivisions().size()));
        for (const auto* atoms : {&set.addedSubdivisions(), &set.removedSubdivisions()}) {
            for (const TerritoryAtom atom : *atoms)
                put<quint32>(row, atom);
        }
    }
    return m_territories.indexOf(row);
}

std::uint32_t AvailabilityImage::title(const QByteArray& id)
{
    const std::uint32_t title = m_ids.indexOf(id);
    if (title == m_titles.size())
        m_titles.push_back({.container = false, .gone = true, .windows = {}, .members = {}});
    return title;
}

void AvailabilityImage::set(std::uint32_t title, ImageTitle content)
{
    ImageTitle& now = m_titles[title];
    if (content == now)
        return;
    if (title < m_countsBefore.titles)
        m_before.try_emplace(title, std::move(now));
    now = std::move(content);
}

ImageCounts AvailabilityImage::counts() const
{
    return {.titles = m_ids.size(),
        .dates = m_dates.size(),
        .territories = m_territories.size(),
        .siteSets = m_siteSets.size(),
        .offerSets = m_offerSets.size(),
        .terms = m_terms.size()};
}

ImageStep AvailabilityImage::takeStep()
{
    ImageStep step {.before = m_countsBefore, .fromId = m_stateId, .toId = m_stateId, .contentBefore = {}};
    std::erase_if(m_before, [this](const auto& entry) { return entry.second == m_titles[entry.first]; });
    step.contentBefore.swap(m_before);
    m_countsBefore = counts();
    return step;
}

void AvailabilityImage::dropStep()
{
    for (auto& [title, content] : m_before)
        m_titles[title] = std::move(content);
    m_before.clear();
    for (std::uint32_t title = m_countsBefore.titles; title < m_titles.size(); ++title)
        m_titles[title] = {.container = false, .gone = true, .windows = {}, .members = {}};
}

AvailabilityImage AvailabilityImage::compacted() const
{
    const Used used = usedBy(*this);
    AvailabilityImage fresh(m_basis);
    const auto rows
        = [](const std::vector<QByteArray>& from, const std::vector<bool>& taken, ValueTable<QByteArray>& into) {
              return moveValues<QByteArray>(from, sortedOrder(from, taken, std::less<QByteArray>()),
                  [&into](const QByteArray& row) { return into.indexOf(row); });
          };
    const auto territories = rows(m_territories.values(), used.territories, fresh.m_territories);
    const auto siteSets = rows(m_siteSets.values(), used.siteSets, fresh.m_siteSets);
    const auto offerSets = rows(m_offerSets.values(), used.offerSets, fresh.m_offerSets);
    const auto terms = rows(m_terms.values(), used.terms, fresh.m_terms);
    const auto dates = moveValues<std::int64_t>(m_dates.values(),
        sortedOrder(m_dates.values(), used.dates, std::less<std::int64_t>()),
        [&fresh](std::int64_t date) { return fresh.m_dates.indexOf(date); });
    const auto order = sortedOrder(m_ids.values(), used.titles, idLess);
    const auto titles = moveValues<QByteArray>(
        m_ids.values(), order, [&fresh](const QByteArray& id) { return fresh.m_ids.indexOf(id); });
    fresh.m_titles.reserve(order.size());
    for (const std::uint32_t from : order) {
        ImageTitle title = m_titles[from];
        for (ImageWindow& window : title.windows) {
            window.territory = territories[window.territory];
            window.sites = siteSets[window.sites];
            window.offers = offerSets[window.offers];
            window.start = window.start < 2 ? window.start : dates[window.start - 2] + 2;
            window.end = window.end < 2 ? window.end : dates[window.end - 2] + 2;
            window.term = window.deny ? 0 : terms[window.term];
        }
        std::erase_if(title.members, [&used](std::uint32_t member) { return !used.titles[member]; });
        for (std::uint32_t& member : title.members)
            member = titles[member];
        std::ranges::sort(title.members);
        fresh.m_titles.push_back(std::move(title));
    }
    fresh.m_countsBefore = fresh.counts();
    return fresh;
}

Result<void> AvailabilityImage::freeze()
{
    if (m_frozen)
        return {};
    const ImageCounts now = counts();
    const auto layoutWith = [&now](bool roomy, bool column) {
        const auto bits = [roomy](quint64 count) { return bitsFor(roomy ? count + count / 8 + 16 : count); };
        ImageLayout layout {.date = bits(quint64 {now.dates} + 2),
            .offers = bits(now.offerSets),
            .sites = bits(now.siteSets),
            .territory = bits(now.territories),
            .term = column ? 0 : bits(now.terms),
            .termBytes = 0};
        if (column) {
            const int termBits = bits(now.terms);
            layout.termBytes = termBits <= 8 ? 1 : termBits <= 16 ? 2 : 4;
        }
        return layout;
    };
    for (const auto& [roomy, column] : {std::pair(true, false), {true, true}, {false, false}, {false, true}}) {
        const ImageLayout layout = layoutWith(roomy, column);
        const bool narrow
            = std::max({layout.date, layout.offers, layout.sites, layout.territory, layout.term}) <= kMaxFieldBits;
        if (!narrow || 2 * layout.date + layout.offers + layout.sites + layout.territory + layout.term > kWordBits)
            continue;
        m_layout = layout;
        m_frozen = true;
        m_countsBefore = now;
        return {};
    }
    return Error {ErrorCode::LimitExceeded, u"the rights hold too many different sets and dates for a snapshot"_s,
        "too_many_sets"};
}

void AvailabilityImage::adopt(const ImageLayout& layout, const QByteArray& stateId)
{
    m_layout = layout;
    m_frozen = true;
    m_stateId = stateId;
    m_before.clear();
    m_countsBefore = counts();
}

bool AvailabilityImage::fitsLayout() const
{
    const ImageCounts now = counts();
    const auto fits = [](quint64 count, int bits) { return count <= quint64 {1} << bits; };
    return m_frozen && fits(quint64 {now.dates} + 2, m_layout.date) && fits(now.offerSets, m_layout.offers)
        && fits(now.siteSets, m_layout.sites) && fits(now.territories, m_layout.territory)
        && fits(now.terms, m_layout.termBytes > 0 ? 8 * m_layout.termBytes : m_layout.term);
}

} // namespace vidimus::rights
