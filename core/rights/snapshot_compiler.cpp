#include "core/rights/snapshot_compiler.h"

#include "core/availability_reader/availability_reader.h"
#include "core/base/sha256.h"
#include "core/rights/compiled_rules_p.h"

#include <QtEndian>
#include <algorithm>
#include <array>
#include <bit>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kFormat = 1;
constexpr int kHeaderSize = 216;
constexpr int kHashedFrom = 40; // after the magic and the digest
constexpr int kWindowSize = 24;
constexpr quint32 kContainerBit = 0x80000000;
constexpr quint32 kNoRule = 0xFFFFFFFF;
constexpr quint32 kOpenRank = 0xFFFFFFFF;

template<class T>
void put(QByteArray& out, T value)
{
    std::array<char, sizeof(T)> bytes {};
    qToLittleEndian(value, bytes.data());
    out.append(bytes.data(), bytes.size());
}

/// Numbers the indices that are used, in order of first use.
class Renumbering {
public:
    quint32 of(quint32 old)
    {
        const auto known = m_new.constFind(old);
        if (known != m_new.constEnd())
            return *known;
        m_used.push_back(old);
        return *m_new.insert(old, static_cast<quint32>(m_used.size() - 1));
    }
    [[nodiscard]] const std::vector<quint32>& used() const { return m_used; }

private:
    QHash<quint32, quint32> m_new;
    std::vector<quint32> m_used;
};

class Writer {
public:
    explicit Writer(const CompiledRules& rules)
        : m_rules(rules)
    {
    }

    Result<Snapshot> run(quint64 version, const CancelToken& cancel)
    {
        collectInstants();
        for (std::size_t i = 0; i < m_rules.titles.size(); ++i) {
            if ((i & 0xFFF) == 0 && cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"compiling was cancelled"_s, {}};
            addTitle(static_cast<int>(i));
        }
        addSlots();
        addTerritories();
        for (const auto& [names, table] :
            {std::pair(&m_rules.sites, &m_sites), std::pair(&m_rules.offers, &m_offers)}) {
            for (const QString& name : *names)
                addText(*table, name);
        }
        for (const quint32 source : m_ruleNumbers.used())
            addText(m_ruleTexts, m_rules.source.rules[source].id.toString());
        addSets(m_siteSets, m_siteNumbers, m_rules.siteSets);
        addSets(m_offerSets, m_offerNumbers, m_rules.offerSets);
        return assemble(version);
    }

private:
    [[nodiscard]] bool canMatch(const CompiledRule& rule) const
    {
        return rule.inForce && !rule.isEmpty() && !m_rules.territories[rule.territory].isEmpty()
            && !m_rules.siteSets[rule.sites].isEmpty() && !m_rules.offerSets[rule.offers].isEmpty()
            && (m_rules.ruleOf(rule).effect == Effect::Allow || rule.hard);
    }

    void collectInstants()
    {
        for (const auto* list : {&m_rules.allows, &m_rules.denies}) {
            for (const CompiledRule& rule : *list) {
                if (!canMatch(rule))
                    continue;
                if (rule.start != kAlways)
                    m_instants.push_back(rule.start);
                if (rule.end != kOpen)
                    m_instants.push_back(rule.end);
            }
        }
        std::sort(m_instants.begin(), m_instants.end());
        m_instants.erase(std::unique(m_instants.begin(), m_instants.end()), m_instants.end());
    }

    [[nodiscard]] quint32 rankOf(std::int64_t instant) const
    {
        if (instant == kAlways)
            return 0;
        if (instant == kOpen)
            return kOpenRank;
        const auto at = std::lower_bound(m_instants.begin(), m_instants.end(), instant);
        return static_cast<quint32>(at - m_instants.begin()) + 1;
    }

    QByteArray windowBytes(const CompiledRule& rule, bool deny)
    {
        QByteArray bytes;
        put<quint32>(bytes, m_territoryNumbers.of(rule.territory));
        put<quint32>(bytes, m_siteNumbers.of(rule.sites));
        put<quint32>(bytes, m_offerNumbers.of(rule.offers));
        put<quint32>(bytes, deny ? kNoRule : m_ruleNumbers.of(rule.source));
        put<quint32>(bytes, rankOf(rule.start));
        put<quint32>(bytes, rankOf(rule.end));
        return bytes;
    }

    void addTitle(int index)
    {
        const CompiledTitle& title = m_rules.titles[static_cast<std::size_t>(index)];
        std::vector<const CompiledRule*> denies, allows;
        if (!title.container) {
            m_rules.forEachAllow(index, [&](const CompiledRule& rule, bool self) {
                if (canMatch(rule) && CompiledRules::appliesAt(rule, self))
                    allows.push_back(&rule);
            });
        }
        if (title.container || !allows.empty()) {
            m_rules.forEachDeny(index, [&](const CompiledRule& rule, bool self) {
                if (canMatch(rule) && CompiledRules::appliesAt(rule, self))
                    denies.push_back(&rule);
            });
        }
        std::sort(allows.begin(), allows.end(),
            [](const CompiledRule* a, const CompiledRule* b) { return CompiledRules::hasBetterTerms(*a, *b); });
        QByteArray windows;
        for (const CompiledRule* deny : denies)
            windows += windowBytes(*deny, true);
        for (const CompiledRule* allow : allows)
            windows += windowBytes(*allow, false);
        addText(m_titles, m_rules.titleOf(index).id.toString());
        put<quint32>(m_titles, shareWindows(windows));
        put<quint32>(m_titles, static_cast<quint32>(denies.size()));
        put<quint32>(m_titles, static_cast<quint32>(allows.size()));
        put<quint32>(m_titles, static_cast<quint32>(title.below) | (title.container ? kContainerBit : 0));
    }

    /// Titles with equal lists (the episodes of a season) share one.
    quint32 shareWindows(const QByteArray& windows)
    {
        const auto known = m_lists.constFind(windows);
        if (known != m_lists.constEnd())
            return *known;
        const auto first = static_cast<quint32>(m_windows.size() / kWindowSize);
        m_windows += windows;
        m_lists.insert(windows, first);
        return first;
    }

    void addText(QByteArray& references, const QString& text)
    {
        const QByteArray utf8 = text.toUtf8();
        put<quint32>(references, static_cast<quint32>(m_text.size()));
        put<quint32>(references, static_cast<quint32>(utf8.size()));
        m_text += utf8;
    }

    /// Open addressing with linear steps, at most 70 % full; FNV-1a of 64 bits, folded.
    void addSlots()
    {
        const std::size_t count = std::bit_ceil(m_rules.titles.size() * 10 / 7 + 1);
        std::vector<quint32> table(count, 0);
        for (std::size_t i = 0; i < m_rules.titles.size(); ++i) {
            quint64 hash = 0xcbf29ce484222325;
            for (const char byte : m_rules.titleOf(static_cast<int>(i)).id.toString().toUtf8())
                hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
            std::size_t slot = static_cast<quint32>(hash ^ hash >> 32) & (count - 1);
            while (table[slot] != 0)
                slot = (slot + 1) & (count - 1);
            table[slot] = static_cast<quint32>(i + 1);
        }
        for (const quint32 title : table)
            put<quint32>(m_slots, title);
    }

    void addTerritories()
    {
        for (const quint32 index : m_territoryNumbers.used()) {
            const TerritorySet& set = m_rules.territories[index];
            QByteArray bits(88, 0);
            for (std::size_t country = 0; country < set.countries().size(); ++country) {
                if (set.countries().test(country))
                    bits[static_cast<qsizetype>(country / 8)] |= static_cast<char>(1 << country % 8);
            }
            m_territories += bits;
            for (const auto* list : {&set.addedSubdivisions(), &set.removedSubdivisions()}) {
                put<quint32>(m_territories, static_cast<quint32>(m_atoms.size() / 4));
                put<quint32>(m_territories, static_cast<quint32>(list->size()));
                for (const TerritoryAtom atom : *list)
                    put<quint32>(m_atoms, atom);
            }
        }
    }

    static void addSets(QByteArray& out, const Renumbering& numbers, const std::vector<NameSet>& sets)
    {
        for (const quint32 index : numbers.used()) {
            for (const std::uint64_t word : sets[index].words())
                put<quint64>(out, word);
        }
    }

    Result<Snapshot> assemble(quint64 version)
    {
        QByteArray instants;
        for (const std::int64_t instant : m_instants)
            put<qint64>(instants, instant);
        const std::array<const QByteArray*, 12> sections {&m_titles, &m_slots, &m_windows, &instants, &m_territories,
            &m_atoms, &m_siteSets, &m_offerSets, &m_sites, &m_offers, &m_ruleTexts, &m_text};
        quint64 size = kHeaderSize;
        QByteArray offsets;
        for (const QByteArray* section : sections) {
            size = (size + 7) & ~quint64 {7};
            put<quint64>(offsets, size);
            size += static_cast<quint64>(section->size());
        }
        if (m_text.size() > 0x7FFFFFFF || m_windows.size() / kWindowSize > 0x7FFFFFFF)
            return Error {
                ErrorCode::LimitExceeded, u"a snapshot holds at most 2^31 windows and 2 GiB of text"_s, "too_many"};
        QByteArray tail;
        put<quint32>(tail, kFormat);
        put<quint32>(tail, kHeaderSize);
        put<quint64>(tail, size);
        put<quint64>(tail, version);
        const SnapshotCounts counts = countsOf(size);
        for (const qint64 count :
            {counts.titles, qint64 {m_slots.size() / 4}, counts.windows, counts.instants, counts.territorySets,
                qint64 {m_atoms.size() / 4}, static_cast<qint64>(m_rules.sites.size()),
                static_cast<qint64>(m_rules.offers.size()), counts.siteSets, counts.offerSets,
                static_cast<qint64>(m_rules.sites.size() / 64 + 1), static_cast<qint64>(m_rules.offers.size() / 64 + 1),
                static_cast<qint64>(m_ruleNumbers.used().size()), qint64 {m_text.size()}})
            put<quint32>(tail, static_cast<quint32>(count));
        tail += offsets;
        for (const QByteArray* section : sections) {
            tail.append((8 - (kHashedFrom + tail.size()) % 8) % 8, 0);
            tail += *section;
        }
        const QByteArray digest = sha256(tail);
        Snapshot snapshot {.bytes = "VIDAVAIL" + digest + tail, .sha256 = digest.toHex(), .counts = counts};
        vav_snapshot check {};
        const bool readable
            = vav_open_bytes(&check, snapshot.bytes.constData(), static_cast<std::size_t>(snapshot.bytes.size()))
            == VAV_OK;
        vav_close(&check);
        if (!readable)
            return Error {ErrorCode::Internal, u"the compiled snapshot cannot be read back"_s, "snapshot_unreadable"};
        return snapshot;
    }

    [[nodiscard]] SnapshotCounts countsOf(quint64 size) const
    {
        return {.titles = static_cast<qint64>(m_rules.titles.size()),
            .windows = m_windows.size() / kWindowSize,
            .territorySets = static_cast<qint64>(m_territoryNumbers.used().size()),
            .siteSets = static_cast<qint64>(m_siteNumbers.used().size()),
            .offerSets = static_cast<qint64>(m_offerNumbers.used().size()),
            .instants = static_cast<qint64>(m_instants.size()),
            .bytes = static_cast<qint64>(size)};
    }

    const CompiledRules& m_rules;
    std::vector<std::int64_t> m_instants;
    QHash<QByteArray, quint32> m_lists;
    Renumbering m_territoryNumbers, m_siteNumbers, m_offerNumbers, m_ruleNumbers;
    QByteArray m_titles, m_slots, m_windows, m_territories, m_atoms, m_siteSets, m_offerSets, m_sites, m_offers,
        m_ruleTexts, m_text;
};

} // namespace

Result<Snapshot> compile(const Resolver& resolver, quint64 version, const CancelToken& cancel)
{
    return Writer(resolver.compiled()).run(version, cancel);
}

} // namespace vidimus::rights
