#include "core/rights/effect.h"

#include "core/rights/conflict_scan_p.h"
#include "core/rights/effect_axes_p.h"
#include "core/rights/json_fields_p.h"

#include <QHash>
#include <algorithm>
#include <set>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

/// Everything of a block but one of its lists. Names hold no control characters.
QString keyWithout(const CellRange& range, QStringList CellRange::* member)
{
    QString key;
    for (const auto& edge : {range.window.start, range.window.end})
        key += (edge ? QString::number(edge->time_since_epoch().count()) : QString()) + u'\n';
    for (const auto list : {&CellRange::countries, &CellRange::sites, &CellRange::offers}) {
        if (list != member)
            key += (range.*list).join(u'\t') + u'\n';
    }
    return key;
}

/// Joins blocks of one title that differ in one member alone.
void joinBy(std::vector<CellRange>& ranges, QStringList CellRange::* member)
{
    std::vector<CellRange> joined;
    QHash<QString, std::size_t> places;
    for (CellRange& range : ranges) {
        const auto [place, isNew] = [&] {
            const QString key = keyWithout(range, member);
            const auto known = places.constFind(key);
            if (known != places.constEnd())
                return std::pair(*known, false);
            places.insert(key, joined.size());
            return std::pair(joined.size(), true);
        }();
        if (isNew) {
            joined.push_back(std::move(range));
        } else {
            joined[place].*member += range.*member;
            (joined[place].*member).sort();
        }
    }
    ranges = std::move(joined);
}

/// A rule that begins or ends to match.
struct Edge {
    std::int64_t at = 0;
    bool after = false; ///< the side
    bool deny = false;
    int step = 0; ///< 1 or -1
};

/// How many rules match at an instant, of each side.
struct Matching {
    int allows[2] = {0, 0};
    int denies[2] = {0, 0};

    void take(const Edge& edge) { (edge.deny ? denies : allows)[edge.after ? 1 : 0] += edge.step; }
    [[nodiscard]] int change() const { return static_cast<int>(isPlayed(1)) - static_cast<int>(isPlayed(0)); }

private:
    [[nodiscard]] bool isPlayed(int side) const { return allows[side] > 0 && denies[side] == 0; }
};

class Comparison {
public:
    Comparison(const CompiledRules& before, const CompiledRules& after, Instant now, const CancelToken& cancel)
        : m_before(before)
        , m_after(after)
        , m_now(now.time_since_epoch().count())
        , m_cancel(cancel)
        , m_siteCount(countOf(before.sites, after.siteIndex) + static_cast<qsizetype>(after.sites.size()) + 1)
        , m_offerCount(countOf(before.offers, after.offerIndex) + static_cast<qsizetype>(after.offers.size()) + 1)
    {
    }

    Result<Effects> run()
    {
        if (&m_before == &m_after) // the sides are told apart by their rules
            return std::move(m_effects);
        std::set<TitleId> ids;
        for (const CompiledRules* rules : {&m_before, &m_after}) {
            for (const CompiledTitle& title : rules->titles)
                ids.insert(rules->source.titles[title.source].id);
        }
        for (const TitleId& id : ids) {
            compare(id);
            if (m_cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"comparing was cancelled"_s, {}};
        }
        return std::move(m_effects);
    }

private:
    /// How many names the index does not have.
    static qsizetype countOf(const std::vector<QString>& names, const QHash<QString, std::uint32_t>& index)
    {
        return std::ranges::count_if(names, [&index](const QString& name) { return !index.contains(name); });
    }

    /// What an answer about a title can depend on: its rules, and for a container those of all that lies below.
    enum class Below { Take, Leave };
    static void collect(const CompiledRules& rules, int title, std::vector<Bearing>& into, Below below = Below::Take)
    {
        if (title == kNoTitle)
            return;
        const CompiledTitle& node = rules.titles[static_cast<std::size_t>(title)];
        const auto take = [&](const CompiledRule& rule, bool self) {
            const bool acts = rules.ruleOf(rule).effect == Effect::Allow || rule.hard;
            if (acts && rule.inForce && !rule.isEmpty() && CompiledRules::appliesAt(rule, self))
                into.push_back({&rules, &rule});
        };
        rules.forEachDeny(title, take);
        if (!node.container)
            return rules.forEachAllow(title, take);
        if (below == Below::Leave)
            return;
        for (int at = title + 1; at <= title + node.below; ++at) {
            if (!rules.titles[static_cast<std::size_t>(at)].container)
                collect(rules, at, into);
        }
    }

    static void removeRepeats(std::vector<Bearing>& bearings)
    {
        const auto key = [](const Bearing& bearing) { return std::pair(bearing.rules, bearing.rule); };
        std::sort(bearings.begin(), bearings.end(),
            [&key](const Bearing& a, const Bearing& b) { return std::less<>()(key(a), key(b)); });
        bearings.erase(std::unique(bearings.begin(), bearings.end(),
                           [&key](const Bearing& a, const Bearing& b) { return key(a) == key(b); }),
            bearings.end());
    }

    /// The same answers without asking: equal rules with equal clipped windows on the path, and for a container also
    /// below it.
    [[nodiscard]] bool isUntouched(int then, int now) const
    {
        if (then == kNoTitle || now == kNoTitle)
            return false;
        const CompiledTitle& before = m_before.titles[static_cast<std::size_t>(then)];
        const CompiledTitle& after = m_after.titles[static_cast<std::size_t>(now)];
        if (before.container != after.container || !hasSameRules(then, now))
            return false;
        if (!before.container)
            return true;
        if (before.below != after.below)
            return false;
        for (int k = 1; k <= before.below; ++k) {
            const CompiledTitle& x = m_before.titles[static_cast<std::size_t>(then + k)];
            const CompiledTitle& y = m_after.titles[static_cast<std::size_t>(now + k)];
            if (x.container != y.container || (!x.container && !hasSameRules(then + k, now + k)))
                return false;
        }
        return true;
    }

    /// Those on the path of one title alone: of a container its restrictions.
    [[nodiscard]] bool hasSameRules(int then, int now) const
    {
        std::vector<Bearing> bearings;
        collect(m_before, then, bearings, Below::Leave);
        collect(m_after, now, bearings, Below::Leave);
        std::vector<const CompiledRule*> sides[2];
        for (const Bearing& bearing : bearings)
            sides[bearing.rules == &m_after].push_back(bearing.rule);
        if (sides[0].size() != sides[1].size())
            return false;
        for (auto& side : sides)
            std::sort(side.begin(), side.end(),
                [](const CompiledRule* a, const CompiledRule* b) { return a->idRank < b->idRank; });
        for (std::size_t i = 0; i < sides[0].size(); ++i) {
            const CompiledRule& x = *sides[0][i];
            const CompiledRule& y = *sides[1][i];
            const Rule& a = m_before.ruleOf(x);
            const Rule& b = m_after.ruleOf(y);
            if (x.start != y.start || x.end != y.end || a.effect != b.effect || a.sites != b.sites
                || a.offers != b.offers || !(m_before.territories[x.territory] == m_after.territories[y.territory]))
                return false;
        }
        return true;
    }

    [[nodiscard]] static std::vector<std::int64_t> breakpoints(const std::vector<Bearing>& bearings)
    {
        std::vector<std::int64_t> points {kAlways};
        for (const Bearing& bearing : bearings) {
            points.push_back(bearing.rule->start);
            points.push_back(bearing.rule->end);
        }
        std::sort(points.begin(), points.end());
        points.erase(std::unique(points.begin(), points.end()), points.end());
        if (points.back() != kOpen)
            points.push_back(kOpen);
        return points;
    }

    void compare(const TitleId& id)
    {
        const int then = m_before.findTitle(id);
        const int now = m_after.findTitle(id);
        if (isUntouched(then, now))
            return;
        std::vector<Bearing> bearings;
        collect(m_before, then, bearings);
        collect(m_after, now, bearings);
        removeRepeats(bearings);
        const bool plain = !isContainerIn(m_before, then) && !isContainerIn(m_after, now);
        const std::vector<std::int64_t> points = plain ? std::vector<std::int64_t>() : breakpoints(bearings);
        const std::vector<AxisClass> sites = siteClasses(m_before, m_after, bearings);
        const std::vector<AxisClass> offers = offerClasses(m_before, m_after, bearings);
        std::vector<CellRange> gained, lost;
        for (const AxisClass& place : placeClasses(bearings)) {
            for (const AxisClass& site : sites) {
                for (const AxisClass& offer : offers) {
                    if (m_cancel.isCanceled())
                        return;
                    const CellRange cells {id, place.names, site.names, offer.names, {}};
                    const Key keyThen {place.place, site.before, offer.before, 0};
                    const Key keyNow {place.place, site.after, offer.after, 0};
                    if (plain)
                        sweep(bearings, keyThen, keyNow, cells, gained, lost);
                    else
                        walk(then, now, keyThen, keyNow, points, cells, gained, lost);
                }
            }
        }
        if (gained.empty() && lost.empty())
            return;
        ++m_effects.titlesChanged;
        for (auto* ranges : {&gained, &lost}) {
            joinBy(*ranges, &CellRange::offers);
            joinBy(*ranges, &CellRange::sites);
            joinBy(*ranges, &CellRange::countries);
            for (CellRange& range : *ranges) {
                range.sites.sort();
                range.offers.sort();
                range.allSites = range.sites.size() == m_siteCount;
                range.allOffers = range.offers.size() == m_offerCount;
            }
            auto& into = ranges == &gained ? m_effects.gained : m_effects.lost;
            into.insert(into.end(), ranges->begin(), ranges->end());
        }
    }

    [[nodiscard]] static bool isContainerIn(const CompiledRules& rules, int title)
    {
        return title != kNoTitle && rules.titles[static_cast<std::size_t>(title)].container;
    }

    /// Does what walk() does for a title that is played itself, by counting the rules that begin and end: ten thousand
    /// windows of one title are as many steps, and not a question about all of them for each.
    void sweep(const std::vector<Bearing>& bearings, const Key& keyThen, const Key& keyNow, const CellRange& cells,
        std::vector<CellRange>& gained, std::vector<CellRange>& lost)
    {
        std::vector<Edge> edges;
        for (const Bearing& bearing : bearings) {
            const bool after = bearing.rules == &m_after;
            const CompiledRules& rules = *bearing.rules;
            const CompiledRule& rule = *bearing.rule;
            const Key& key = after ? keyNow : keyThen;
            if (!rules.territories[rule.territory].contains(key.place) || !rules.siteSets[rule.sites].contains(key.site)
                || !rules.offerSets[rule.offers].contains(key.offer))
                continue;
            const bool deny = rules.ruleOf(rule).effect == Effect::Deny;
            edges.push_back({rule.start, after, deny, 1});
            edges.push_back({rule.end, after, deny, -1});
        }
        std::ranges::sort(edges, {}, &Edge::at);
        Matching matching;
        int running = 0;
        std::int64_t since = kAlways;
        for (std::size_t i = 0; i < edges.size();) {
            const std::int64_t at = edges[i].at;
            for (; i < edges.size() && edges[i].at == at; ++i)
                matching.take(edges[i]);
            const int change = at == kOpen ? 0 : matching.change();
            if (change == running)
                continue;
            addBlock(running, since, at, cells, gained, lost);
            running = change;
            since = at;
        }
    }

    /// \a running: 1 gained, -1 lost, 0 neither.
    void addBlock(int running, std::int64_t since, std::int64_t until, const CellRange& cells,
        std::vector<CellRange>& gained, std::vector<CellRange>& lost)
    {
        if (running == 0)
            return;
        CellRange range = cells;
        range.window = windowOf(since, until);
        const bool live = since <= m_now && m_now < until;
        const qint64 count = live ? cells.countries.size() * cells.sites.size() * cells.offers.size() : 0;
        (running > 0 ? m_effects.liveGained : m_effects.liveLost) += count;
        (running > 0 ? gained : lost).push_back(std::move(range));
    }

    /// Along the time of one class of cells: adds a block for each stretch that changes.
    void walk(int then, int now, Key keyThen, Key keyNow, const std::vector<std::int64_t>& points,
        const CellRange& cells, std::vector<CellRange>& gained, std::vector<CellRange>& lost)
    {
        int running = 0; // 1: gaining, -1: losing
        std::int64_t since = kAlways;
        for (std::size_t i = 0; i < points.size(); ++i) {
            int change = 0;
            if (points[i] != kOpen) {
                keyThen.at = keyNow.at = points[i];
                const bool was = then != kNoTitle && isAvailable(m_before, then, keyThen);
                const bool is = now != kNoTitle && isAvailable(m_after, now, keyNow);
                change = static_cast<int>(is) - static_cast<int>(was);
            }
            if (change == running)
                continue;
            addBlock(running, since, points[i], cells, gained, lost);
            running = change;
            since = points[i];
        }
    }

    const CompiledRules& m_before;
    const CompiledRules& m_after;
    std::int64_t m_now;
    const CancelToken& m_cancel;
    qsizetype m_siteCount; // names that either side knows, and "*"
    qsizetype m_offerCount;
    Effects m_effects;
};

QJsonArray toJson(const std::vector<CellRange>& ranges)
{
    QJsonArray array;
    for (const CellRange& range : ranges) {
        array.append(QJsonObject {{u"title"_s, range.title.toString()},
            {u"countries"_s, QJsonArray::fromStringList(range.countries)},
            {u"sites"_s, QJsonArray::fromStringList(range.sites)},
            {u"offers"_s, QJsonArray::fromStringList(range.offers)}, {u"all_sites"_s, range.allSites},
            {u"all_offers"_s, range.allOffers}, {u"from"_s, fields::toValue(range.window.start)},
            {u"to"_s, fields::toValue(range.window.end)}});
    }
    return array;
}

} // namespace

Result<Effects> effectOf(const Resolver& before, const Resolver& after, Instant now, const CancelToken& cancel)
{
    return Comparison(before.compiled(), after.compiled(), now, cancel).run();
}

QJsonObject toJson(const Effects& effects)
{
    return {{u"gained"_s, toJson(effects.gained)}, {u"lost"_s, toJson(effects.lost)},
        {u"titles_changed"_s, effects.titlesChanged}, {u"live_gained"_s, effects.liveGained},
        {u"live_lost"_s, effects.liveLost}};
}

} // namespace vidimus::rights
