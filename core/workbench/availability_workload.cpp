#include "core/workbench/availability_workload.h"

#include <bit>
#include <unordered_set>

namespace vidimus::workbench {

namespace {

constexpr quint64 kSeed = 20260101;
constexpr qint64 kDay = 86'400; // seconds

void add(WorkCountries& set, quint32 country)
{
    set[country / 64] |= quint64 {1} << country % 64;
}

int sizeOf(const WorkCountries& set)
{
    int size = 0;
    for (const quint64 word : set)
        size += std::popcount(word);
    return size;
}

quint32 sitesOf(SplitMix& random, bool rich)
{
    constexpr quint32 all = (1U << kWorkSites) - 1;
    constexpr quint32 firstFive = 0x1F;
    const quint32 q = random.below(100);
    if (q < (rich ? 30U : 60U))
        return all;
    if (q < (rich ? 60U : 90U))
        return firstFive;
    if (!rich || q >= 85)
        return 1U << random.below(kWorkSites);
    quint32 sites = 0;
    for (quint32 k = 1 + random.below(6); k > 0; --k)
        sites |= 1U << random.below(kWorkSites);
    return sites;
}

quint32 offersOf(SplitMix& random, bool rich)
{
    constexpr quint32 all = (1U << kWorkOffers) - 1;
    const quint32 q = random.below(100);
    if (q < (rich ? 25U : 80U))
        return all;
    if (!rich || q >= 60)
        return 1U << random.below(kWorkOffers);
    quint32 offers = 0;
    for (quint32 k = 1 + random.below(3); k > 0; --k)
        offers |= 1U << random.below(kWorkOffers);
    return offers;
}

} // namespace

bool WorkWindow::covers(const WorkQuestion& question) const
{
    return start <= question.at && question.at < end
        && (countries[question.country / 64] >> question.country % 64 & 1) != 0 && (sites >> question.site & 1) != 0
        && (offers >> question.offer & 1) != 0;
}

AvailabilityWorkload::AvailabilityWorkload(quint32 titles)
    : m_titles(titles)
{
    SplitMix random(kSeed ^ 0x47);
    for (quint32 country = 0; country < kWorkCountries; ++country)
        add(m_groups[0], country);
    quint32 next = 0;
    constexpr std::array<quint32, 8> blocks {40, 35, 30, 25, 25, 20, 15, 10};
    for (std::size_t k = 0; k < blocks.size(); ++k) {
        for (quint32 i = 0; i < blocks[k]; ++i)
            add(m_groups[1 + k], next++);
    }
    for (std::size_t k = 0; k < 16; ++k) {
        const int size = 3 + static_cast<int>(random.below(18));
        while (sizeOf(m_groups[9 + k]) < size)
            add(m_groups[9 + k], random.below(kWorkCountries));
    }
    for (std::size_t k = 0; k < 8; ++k) {
        WorkCountries& group = m_groups[25 + k];
        group = m_groups[0];
        const int size = kWorkCountries - 1 - static_cast<int>(random.below(5));
        while (sizeOf(group) > size) {
            const quint32 country = random.below(kWorkCountries);
            group[country / 64] &= ~(quint64 {1} << country % 64);
        }
    }
}

WorkCountries AvailabilityWorkload::countries(SplitMix& random, bool rich) const
{
    const quint32 q = random.below(100);
    WorkCountries set {};
    const auto one = [&] { add(set, random.below(kWorkCountries)); };
    if (!rich) {
        if (q < 70)
            return m_groups[0];
        if (q < 90)
            return m_groups[1 + random.below(8)];
        if (q < 97)
            return m_groups[25 + random.below(8)];
        one();
        return set;
    }
    if (q < 20)
        return m_groups[0];
    if (q < 50)
        return m_groups[1 + random.below(8)];
    if (q < 65) {
        set = m_groups[1 + random.below(8)];
        const WorkCountries& other = m_groups[1 + random.below(8)];
        for (std::size_t i = 0; i < set.size(); ++i)
            set[i] |= other[i];
        return set;
    }
    if (q < 80)
        return m_groups[9 + random.below(16)];
    if (q < 88)
        return m_groups[25 + random.below(8)];
    if (q < 95) {
        one();
        return set;
    }
    for (quint32 k = 1 + random.below(30); k > 0; --k)
        one();
    return set;
}

WorkWindow AvailabilityWorkload::window(SplitMix& random, bool rich, bool first) const
{
    WorkWindow window;
    if (rich && !first)
        window.deny = random.below(100) < 6;
    window.countries = countries(random, rich);
    window.sites = sitesOf(random, rich);
    window.offers = offersOf(random, rich);
    const qint64 day = rich ? qint64 {random.below(1095)} - 730 : qint64 {random.below(1530)} - 1500;
    window.start = kWorkNow + day * kDay;
    const quint32 q = random.below(100);
    window.end = q < (rich ? 15U : 80U) ? kWorkOpen : window.start + (7 + qint64 {random.below(720)}) * kDay;
    window.payload = random.below(24);
    return window;
}

std::vector<WorkWindow> AvailabilityWorkload::windowsOf(quint32 title, quint32 version) const
{
    SplitMix random(kSeed + title * 0xD1342543DE82EF95U + version * 0x2545F4914F6CDD1DU);
    const bool rich = title < richTitles();
    const quint32 count = rich ? 1 + random.below(6) : random.below(100) < 15 ? 2 : 1;
    std::vector<WorkWindow> windows;
    windows.reserve(count);
    for (quint32 i = 0; i < count; ++i)
        windows.push_back(window(random, rich, i == 0));
    return windows;
}

std::vector<quint32> AvailabilityWorkload::changedTitles() const
{
    SplitMix random(kSeed ^ 0xDE17A);
    std::vector<quint32> titles;
    std::unordered_set<quint32> taken;
    while (titles.size() < 100) {
        const quint32 title
            = titles.size() < 50 ? random.below(richTitles()) : richTitles() + random.below(m_titles - richTitles());
        if (taken.insert(title).second)
            titles.push_back(title);
    }
    return titles;
}

quint32 AvailabilityWorkload::pick(SplitMix& random) const
{
    return random.below(2) == 0 ? random.below(richTitles()) : random.below(m_titles);
}

qint64 AvailabilityWorkload::time(SplitMix& random)
{
    const qint64 day = qint64 {random.below(61)} - 30;
    return kWorkNow + day * kDay + random.below(static_cast<quint32>(kDay));
}

std::vector<WorkQuestion> AvailabilityWorkload::points(int count) const
{
    SplitMix random(kSeed ^ 0x51);
    std::vector<WorkQuestion> points(static_cast<std::size_t>(count));
    for (WorkQuestion& point : points) {
        point.title = pick(random);
        point.country = random.below(kWorkCountries);
        point.site = random.below(kWorkSites);
        point.offer = random.below(kWorkOffers);
        point.at = time(random);
    }
    return points;
}

std::vector<WorkList> AvailabilityWorkload::lists(int count) const
{
    SplitMix random(kSeed ^ 0x4C);
    std::vector<WorkList> lists(static_cast<std::size_t>(count));
    for (WorkList& list : lists) {
        list.cell.country = random.below(kWorkCountries);
        list.cell.site = random.below(kWorkSites);
        list.cell.offer = random.below(kWorkOffers);
        list.cell.at = time(random);
        for (int i = 0; i < 1000; ++i)
            list.picks.push_back(pick(random));
    }
    return lists;
}

std::vector<WorkQuestion> AvailabilityWorkload::scans(int count) const
{
    SplitMix random(kSeed ^ 0x46);
    std::vector<WorkQuestion> scans(static_cast<std::size_t>(count));
    for (WorkQuestion& scan : scans) {
        scan.country = random.below(kWorkCountries);
        scan.site = random.below(kWorkSites);
        scan.offer = random.below(kWorkOffers);
        scan.at = time(random);
    }
    return scans;
}

void WorkCounts::add(const WorkWindow& window, bool rich)
{
    (rich ? richWindows : clipWindows) += 1;
    denies += window.deny;
    (rich ? richCountries : clipCountries) += sizeOf(window.countries);
    sites += std::popcount(window.sites);
    offers += std::popcount(window.offers);
    const auto mix = [this](quint64 value) { hash = (hash ^ value) * 1099511628211U; };
    for (const quint64 word : window.countries)
        mix(word);
    mix(window.sites);
    mix(window.offers);
    mix(window.deny);
    mix(static_cast<quint64>(window.start));
    mix(static_cast<quint64>(window.end));
    mix(window.payload);
}

WorkCounts countWorkload(const AvailabilityWorkload& workload, quint32 titles)
{
    WorkCounts counts;
    for (quint32 title = 0; title < titles; ++title) {
        for (const WorkWindow& window : workload.windowsOf(title, 0))
            counts.add(window, title < workload.richTitles());
    }
    return counts;
}

} // namespace vidimus::workbench
