#pragma once

#include <QtGlobal>
#include <array>
#include <vector>

namespace vidimus::workbench {

/// splitmix64 (Steele, Lea, Flood 2014).
class SplitMix {
public:
    explicit SplitMix(quint64 state)
        : m_state(state)
    {
    }
    quint64 next()
    {
        quint64 z = m_state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
    quint32 below(quint32 bound) { return static_cast<quint32>((next() >> 32) * bound >> 32); }

private:
    quint64 m_state;
};

inline constexpr int kWorkCountries = 200;
inline constexpr int kWorkSites = 20;
inline constexpr int kWorkOffers = 6;
inline constexpr qint64 kWorkNow = 1767225600; ///< seconds since 1970; 2026-01-01
inline constexpr qint64 kWorkOpen = 4102444800; ///< the end of what has none; 2100-01-01

using WorkCountries = std::array<quint64, 4>; ///< a bit a country

struct WorkQuestion {
    quint32 title = 0, country = 0, site = 0, offer = 0;
    qint64 at = 0; ///< seconds
};

struct WorkWindow {
    bool deny = false;
    WorkCountries countries {};
    quint32 sites = 0;
    quint32 offers = 0;
    qint64 start = 0, end = 0; ///< seconds
    quint32 payload = 0; ///< stands for licence type and quality; stored, not queried

    [[nodiscard]] bool covers(const WorkQuestion& question) const;
};

struct WorkList {
    WorkQuestion cell; ///< the title plays no part
    std::vector<quint32> picks;
};

/// The made-up catalogue that engines for availability are compared on: a tenth of the titles rich in windows, the rest
/// clips; its numbers are fixed, so that answers can be compared between engines and languages (rights reference,
/// section 4). Immutable; any thread.
class AvailabilityWorkload {
public:
    /// \a titles: 300,000 is the workload that the published checksums belong to.
    explicit AvailabilityWorkload(quint32 titles = 300'000);

    [[nodiscard]] quint32 titles() const { return m_titles; }
    [[nodiscard]] quint32 richTitles() const { return m_titles / 10; }
    /// Groups of countries that windows are made of; the first one is all countries.
    [[nodiscard]] const std::array<WorkCountries, 33>& groups() const { return m_groups; }
    /// What is known about a title; version 1 is what the delta brings.
    [[nodiscard]] std::vector<WorkWindow> windowsOf(quint32 title, quint32 version) const;
    /// The 100 titles that the delta changes, in the order they were drawn.
    [[nodiscard]] std::vector<quint32> changedTitles() const;
    [[nodiscard]] std::vector<WorkQuestion> points(int count) const;
    [[nodiscard]] std::vector<WorkList> lists(int count) const;
    [[nodiscard]] std::vector<WorkQuestion> scans(int count) const;

private:
    [[nodiscard]] WorkWindow window(SplitMix& random, bool rich, bool first) const;
    [[nodiscard]] WorkCountries countries(SplitMix& random, bool rich) const;
    [[nodiscard]] quint32 pick(SplitMix& random) const;
    [[nodiscard]] static qint64 time(SplitMix& random);

    quint32 m_titles;
    std::array<WorkCountries, 33> m_groups {};
};

/// What can be counted of a catalogue without asking it anything.
struct WorkCounts {
    qint64 richWindows = 0, clipWindows = 0, denies = 0;
    qint64 richCountries = 0, clipCountries = 0, sites = 0, offers = 0;
    quint64 hash = 1469598103934665603U;
    friend bool operator==(const WorkCounts&, const WorkCounts&) = default;

    void add(const WorkWindow& window, bool rich);
};

/// Over titles [0, \a titles) of version 0.
[[nodiscard]] WorkCounts countWorkload(const AvailabilityWorkload& workload, quint32 titles);

/// The published figures for 300,000 titles.
inline constexpr WorkCounts kPublishedCounts {
    105'158, 310'358, 4'541, 7'658'342, 49'351'016, 5'116'604, 1'817'082, 0x8063dc8cab0b1eebU};

struct WorkAnswers {
    qint64 points = 0; ///< available of 1,000,000
    qint64 points100k = 0; ///< of the first 100,000
    qint64 listed = 0, visited = 0, listedIds = 0; ///< 200 lists
    qint64 listedIds40 = 0; ///< of the first 40
    qint64 scanned = 0; ///< 20 scans
    friend bool operator==(const WorkAnswers&, const WorkAnswers&) = default;
};

inline constexpr WorkAnswers kPublishedAnswers {228'062, 22'849, 10'000, 45'414, 1'356'277'238, 275'040'545, 2'363'918};
inline constexpr qint64 kPublishedPointsAfter = 228'079;
inline constexpr qint64 kPublishedScannedAfter = 2'364'074;

} // namespace vidimus::workbench
