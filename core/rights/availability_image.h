#pragma once

#include "core/base/result.h"
#include "core/rights/rule_set.h"
#include "core/rights/territory.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>
#include <map>
#include <vector>

namespace vidimus::rights {

/// What a family of snapshots and deltas speaks of; fixed for as long as deltas follow each other.
struct ImageBasis {
    QStringList sites; ///< sorted by UTF-8 bytes
    QStringList offers;
    std::vector<int> countries; ///< codes that have a column of their own, rising; the others share one
    QString partition; ///< the only site that is compiled; empty: all
    Question question = Question::Playable; ///< that is answered
};

/// All that one of two speaks of; question and partition are those of the first.
[[nodiscard]] ImageBasis joined(const ImageBasis& one, const ImageBasis& other);

/// Stands for every site (or offer) that a basis does not name: what is granted for all is answered there too.
inline constexpr QLatin1StringView kUnnamed {"*", 1};
/// The sites where answers may differ: those named, and all others as one. A partition has its one site.
[[nodiscard]] QStringList cellSites(const ImageBasis& basis);
/// The offers where answers may differ: those named, or all as one where none is.
[[nodiscard]] QStringList cellOffers(const ImageBasis& basis);

/// A window with everything looked up: indices into the tables of an image.
struct ImageWindow {
    std::uint32_t territory = 0;
    std::uint32_t sites = 0;
    std::uint32_t offers = 0;
    std::uint32_t start = 0; ///< 0: always; else 2 + index of the date
    std::uint32_t end = 1; ///< 1: open
    std::uint32_t term = 0; ///< of an allow
    bool deny = false;
    friend auto operator<=>(const ImageWindow&, const ImageWindow&) = default;
};

/// A title's compiled content. A playable one: denies, then allows, the best terms first. A series or season: denies,
/// and the titles below it.
struct ImageTitle {
    bool container = false;
    bool gone = false;
    std::vector<ImageWindow> windows;
    std::vector<std::uint32_t> members; ///< rising
    friend bool operator==(const ImageTitle&, const ImageTitle&) = default;
};

/// Each different value once, numbered in the order in which they came.
template<class Value>
class ValueTable {
public:
    std::uint32_t indexOf(const Value& value)
    {
        const auto known = m_index.constFind(value);
        if (known != m_index.constEnd())
            return *known;
        m_values.push_back(value);
        m_index.insert(value, static_cast<std::uint32_t>(m_values.size() - 1));
        return static_cast<std::uint32_t>(m_values.size() - 1);
    }
    [[nodiscard]] std::optional<std::uint32_t> find(const Value& value) const
    {
        const auto known = m_index.constFind(value);
        return known == m_index.constEnd() ? std::nullopt : std::optional(*known);
    }
    [[nodiscard]] const std::vector<Value>& values() const { return m_values; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_values.size()); }

private:
    QHash<Value, std::uint32_t> m_index;
    std::vector<Value> m_values;
};

/// How many bits each field of a window's word has; decided once for a chain of deltas, with room to grow.
struct ImageLayout {
    int date = 0, offers = 0, sites = 0, territory = 0, term = 0;
    int termBytes = 0; ///< 0: the term is in the word; else bytes of a column beside it
    friend bool operator==(const ImageLayout&, const ImageLayout&) = default;
};

struct ImageCounts {
    std::uint32_t titles = 0, dates = 0, territories = 0, siteSets = 0, offerSets = 0, terms = 0;
    friend bool operator==(const ImageCounts&, const ImageCounts&) = default;
};

/// What one step changed: the content before, by title; titles that are new stand without one.
struct ImageStep {
    ImageCounts before;
    QByteArray fromId, toId; ///< names of the states, 16 bytes
    std::map<std::uint32_t, ImageTitle> contentBefore; ///< by title
};

/// The publisher's side of the compiled form: tables that only grow, and each title's content in them. Snapshots are
/// made from it and deltas from the steps it takes. One thread at a time.
class AvailabilityImage {
public:
    explicit AvailabilityImage(ImageBasis basis);

    // Tables. Rows are bytes as in the snapshot.
    /// Errors: Unsupported "needs_snapshot" when the set tells countries apart that share a column.
    [[nodiscard]] Result<std::uint32_t> territory(const TerritorySet& set);
    /// A row as territoryBytes() says, made by somebody else.
    std::uint32_t territoryRow(const QByteArray& row) { return m_territories.indexOf(row); }
    /// Bit 0: any name without a bit of its own; bit n + 1: name n.
    std::uint32_t siteSet(const QByteArray& row) { return m_siteSets.indexOf(row); }
    std::uint32_t offerSet(const QByteArray& row) { return m_offerSets.indexOf(row); }
    std::uint32_t date(std::int64_t milliseconds) { return m_dates.indexOf(milliseconds) + 2; }
    std::uint32_t term(const QByteArray& text) { return m_terms.indexOf(text); }
    /// The title of an id; a new one is not available until set() says more.
    std::uint32_t title(const QByteArray& id);
    [[nodiscard]] std::optional<std::uint32_t> findTitle(const QByteArray& id) const { return m_ids.find(id); }

    /// Content that equals what is there changes nothing.
    void set(std::uint32_t title, ImageTitle content);
    /// What was set since the last step. A step that changed nothing has equal names.
    [[nodiscard]] ImageStep takeStep();
    /// Undoes what was set since the last step; what the tables gained stays, and is harmless.
    void dropStep();
    [[nodiscard]] bool hasStep() const { return !m_before.empty() || counts() != m_countsBefore; }

    /// The same content with unused rows and gone titles left out and everything in order, so that equal content gives
    /// equal bytes. Titles get other numbers: no delta leads there.
    [[nodiscard]] AvailabilityImage compacted() const;
    /// The same content told by a basis that names more: each name and country that is new answers as those without a
    /// name of their own did. \a basis holds all of this one's sites, offers and countries. Not frozen, no state.
    [[nodiscard]] AvailabilityImage widened(const ImageBasis& basis) const;
    /// Decides the layout when there is none. Errors: LimitExceeded.
    [[nodiscard]] Result<void> freeze();
    /// False: the tables have outgrown the layout, and only a new snapshot can follow.
    [[nodiscard]] bool fitsLayout() const;

    [[nodiscard]] const ImageBasis& basis() const { return m_basis; }
    [[nodiscard]] const ImageLayout& layout() const { return m_layout; }
    [[nodiscard]] ImageCounts counts() const;
    [[nodiscard]] const std::vector<ImageTitle>& titles() const { return m_titles; }
    [[nodiscard]] const std::vector<QByteArray>& ids() const { return m_ids.values(); }
    [[nodiscard]] const std::vector<QByteArray>& territories() const { return m_territories.values(); }
    [[nodiscard]] const std::vector<QByteArray>& siteSets() const { return m_siteSets.values(); }
    [[nodiscard]] const std::vector<QByteArray>& offerSets() const { return m_offerSets.values(); }
    [[nodiscard]] const std::vector<std::int64_t>& dates() const { return m_dates.values(); }
    [[nodiscard]] const std::vector<QByteArray>& terms() const { return m_terms.values(); }
    /// Bytes of a territory row before its subdivisions: 4 bytes number added, then all of them, 4 bytes each.
    [[nodiscard]] qsizetype territoryBytes() const
    {
        return static_cast<qsizetype>((m_basis.countries.size() / 64 + 1) * 8);
    }
    [[nodiscard]] const QByteArray& stateId() const { return m_stateId; }
    void setStateId(const QByteArray& id) { m_stateId = id; }
    /// Takes what was set so far as the state of this name, in a layout that was decided elsewhere.
    void adopt(const ImageLayout& layout, const QByteArray& stateId);

private:
    ImageBasis m_basis;
    ImageLayout m_layout;
    bool m_frozen = false;
    std::vector<int> m_columnOf; // by country code; 0: the shared one
    ValueTable<QByteArray> m_territories, m_siteSets, m_offerSets, m_terms, m_ids;
    ValueTable<std::int64_t> m_dates;
    std::vector<ImageTitle> m_titles;
    std::map<std::uint32_t, ImageTitle> m_before;
    ImageCounts m_countsBefore;
    QByteArray m_stateId; // 16 bytes once a snapshot was made
};

} // namespace vidimus::rights
