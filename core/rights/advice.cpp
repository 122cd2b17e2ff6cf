#include "core/rights/conflict_scan_p.h"
#include "core/rights/issue_fix_p.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace vidimus::rights {

namespace {

class Adviser {
public:
    Adviser(const CompiledRules& rules, const Material* material, Instant now, const CancelToken& cancel)
        : m_rules(rules)
        , m_material(material)
        , m_now(now.time_since_epoch().count())
        , m_cancel(cancel)
    {
    }

    Conflicts run()
    {
        for (const auto* list : {&m_rules.allows, &m_rules.denies}) {
            for (const CompiledRule& rule : *list)
                adviseOnPlaces(rule);
        }
        for (std::size_t i = 0; i < m_rules.titles.size() && !m_sink.isFull() && !m_cancel.isCanceled(); ++i) {
            adviseOnTime(static_cast<int>(i));
            if (!m_rules.titles[i].container)
                adviseOnRights(static_cast<int>(i));
        }
        return m_sink.take();
    }

private:
    [[nodiscard]] bool counts(const CompiledRule& rule) const
    {
        return rule.inForce && !rule.isEmpty() && rule.end > m_now;
    }

    /// Grants of one title that differ in time alone: where one ends, does the next begin, and does any follow?
    void adviseOnTime(int index)
    {
        const CompiledTitle& title = m_rules.titles[static_cast<std::size_t>(index)];
        using Line = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, Applies>;
        std::map<Line, std::vector<const CompiledRule*>> lines;
        for (const CompiledRule& rule : m_rules.allowsOf(title)) {
            if (counts(rule))
                lines[{rule.territory, rule.sites, rule.offers, rule.applies}].push_back(&rule);
        }
        for (auto& [line, grants] : lines) {
            std::sort(grants.begin(), grants.end(),
                [](const CompiledRule* a, const CompiledRule* b) { return a->start < b->start; });
            const CompiledRule* last = grants.front();
            for (const CompiledRule* next : grants) {
                if (next->start > last->end && !isCovered(index, *last, last->end, next->start))
                    add(ConflictCode::Gap, {last, next}, last->end, next->start);
                if (next->end > last->end)
                    last = next;
            }
            if (last->end != kOpen && !isCovered(index, *last, last->end, last->end + 1))
                add(ConflictCode::NoSuccessor, {last}, last->end, kOpen);
        }
    }

    /// Another grant on the path reaches all of these cells throughout the time.
    [[nodiscard]] bool isCovered(int title, const CompiledRule& line, std::int64_t from, std::int64_t to) const
    {
        bool covered = false;
        m_rules.forEachAllow(title, [&](const CompiledRule& rule, bool self) {
            const bool applies
                = self ? rule.applies == Applies::Both || rule.applies == line.applies : rule.applies != Applies::Self;
            covered = covered
                || (applies && rule.inForce && rule.start <= from && to <= rule.end
                    && m_rules.siteSets[rule.sites].covers(m_rules.siteSets[line.sites])
                    && m_rules.offerSets[rule.offers].covers(m_rules.offerSets[line.offers])
                    && m_rules.territories[rule.territory].covers(m_rules.territories[line.territory]));
        });
        return covered;
    }

    /// What a rule says of places: versions of groups that are no longer the newest, and regions that a site of the
    /// rule cannot tell apart.
    void adviseOnPlaces(const CompiledRule& compiled)
    {
        const Rule& rule = m_rules.ruleOf(compiled);
        if (compiled.end <= m_now || rule.status == RuleStatus::Revoked)
            return;
        QStringList pinned;
        for (const QStringList* names : {&rule.territory.include, &rule.territory.exclude}) {
            for (const QString& name : *names) {
                if (!newerThan(m_rules.source, name).isEmpty())
                    pinned.append(name);
            }
        }
        pinned.removeDuplicates();
        const auto report = [&](ConflictCode code, const QStringList& places) {
            m_sink.add({code, {rule.id}, rule.scope, places, windowOf(compiled.start, compiled.end)});
        };
        if (!pinned.isEmpty())
            report(ConflictCode::OrphanGroupVersion, pinned);
        const QStringList regions = subdivisionsOf(m_rules.territories[compiled.territory]);
        if (!regions.isEmpty() && !coarseSitesOf(m_rules.source, rule).isEmpty())
            report(ConflictCode::RegionUnresolvable, regions);
    }

    void add(ConflictCode code, const std::vector<const CompiledRule*>& rules, std::int64_t from, std::int64_t to)
    {
        Conflict conflict;
        conflict.code = code;
        for (const CompiledRule* rule : rules)
            conflict.rules.push_back(m_rules.ruleOf(*rule).id);
        std::sort(conflict.rules.begin(), conflict.rules.end());
        conflict.title = m_rules.ruleOf(*rules.front()).scope;
        conflict.territories = m_rules.territories[rules.front()->territory].toTexts();
        conflict.window = windowOf(from, to);
        m_sink.add(std::move(conflict));
    }

    void adviseOnRights(int title)
    {
        std::bitset<kCountryCodes> countries;
        bool regions = false;
        std::int64_t first = kOpen, last = kAlways;
        m_rules.forEachAllow(title, [&](const CompiledRule& rule, bool self) {
            if (!counts(rule) || !CompiledRules::appliesAt(rule, self))
                return;
            const TerritorySet& territory = m_rules.territories[rule.territory];
            countries |= territory.countries();
            regions = regions || !territory.addedSubdivisions().empty();
            if (!territory.isEmpty()) {
                first = std::min(first, rule.start);
                last = std::max(last, rule.end);
            }
        });
        adviseOnMaterial(title, first, last);
        Conflict conflict;
        conflict.title = m_rules.titleOf(title).id;
        if (countries.none() && !regions) {
            conflict.code = ConflictCode::ChildWithoutRights;
            if (relativesHaveRights(title))
                m_sink.add(std::move(conflict));
            return;
        }
        conflict.code = ConflictCode::RatingMissing;
        for (int country = 0; country < kCountryCodes; ++country) {
            if (countries.test(static_cast<std::size_t>(country)) && isUnrated(title, country))
                conflict.territories.append(atomToText(static_cast<TerritoryAtom>(country) << 16));
        }
        if (!conflict.territories.isEmpty())
            m_sink.add(std::move(conflict));
    }

    void adviseOnMaterial(int title, std::int64_t first, std::int64_t last)
    {
        if (!m_material)
            return;
        const TitleId& id = m_rules.titleOf(title).id;
        const bool granted = first < last;
        if (granted == m_material->titles.contains(id))
            return;
        const auto code = granted ? ConflictCode::RightsWithoutMaterial : ConflictCode::MaterialWithoutRights;
        m_sink.add({code, {}, id, {}, granted ? windowOf(first, last) : Window {}});
    }

    /// Neither a rating nor a policy says what age the title is for there.
    [[nodiscard]] bool isUnrated(int title, int country) const
    {
        if (m_rules.ratingFor(title, country))
            return false;
        for (const auto& [where, others] : m_rules.ratingFallback) {
            if (where == country && std::any_of(others.begin(), others.end(), [&](int other) {
                    return m_rules.ratingFor(title, other).has_value();
                }))
                return false;
        }
        const auto own = std::find_if(m_rules.unratedPolicy.begin(), m_rules.unratedPolicy.end(),
            [country](const auto& said) { return said.first == country; });
        const UnratedPolicy policy = own == m_rules.unratedPolicy.end() ? m_rules.otherUnratedPolicy : own->second;
        return policy != UnratedPolicy::Allow;
    }

    /// The parent, or something else below it, has a grant that counts.
    [[nodiscard]] bool relativesHaveRights(int title) const
    {
        const int parent = m_rules.titles[static_cast<std::size_t>(title)].parent;
        if (parent == kNoTitle)
            return false;
        const int last = parent + m_rules.titles[static_cast<std::size_t>(parent)].below;
        for (int at = parent; at <= last; ++at) {
            const auto grants = m_rules.allowsOf(m_rules.titles[static_cast<std::size_t>(at)]);
            if (std::any_of(grants.begin(), grants.end(), [this](const CompiledRule& rule) { return counts(rule); }))
                return true;
        }
        return false;
    }

    const CompiledRules& m_rules;
    const Material* m_material;
    std::int64_t m_now;
    const CancelToken& m_cancel;
    ConflictSink m_sink;
};

} // namespace

Conflicts scanAdvice(const CompiledRules& rules, const Material* material, Instant now, const CancelToken& cancel)
{
    return Adviser(rules, material, now, cancel).run();
}

Conflicts findAdvice(const RuleSet& rules, Instant now, const CancelToken& cancel)
{
    return scanAdvice(CompiledRules::from(rules), nullptr, now, cancel);
}

} // namespace vidimus::rights
