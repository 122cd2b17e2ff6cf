#include "core/rights/issue_fix_p.h"

#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

QString dayOf(const std::optional<Instant>& instant)
{
    return instant ? toRfc3339(*instant) : u"for ever"_s;
}

Fix putting(const QString& code, const QString& sentence, Rule rule)
{
    return {code, sentence, {.put = {std::move(rule)}, .remove = {}, .titles = {}, .deals = {}}};
}

Fix removing(const QString& code, const QString& sentence, const WindowId& id)
{
    return {code, sentence, {.put = {}, .remove = {id}, .titles = {}, .deals = {}}};
}

Fix forAPerson(const QString& code, const QString& sentence)
{
    return {code, sentence, {}};
}

} // namespace

FixMaker::FixMaker(const CompiledRules& rules, Instant now)
    : m_rules(rules)
    , m_now(now)
{
    for (std::uint32_t i = 0; i < rules.source.rules.size(); ++i)
        m_places.insert(rules.source.rules[i].id.toString(), i);
    for (const CompiledRule& rule : rules.allows)
        m_territories.insert(rules.ruleOf(rule).id.toString(), rule.territory);
}

const Deal* FixMaker::dealOf(const Rule& rule) const
{
    const auto found = m_rules.dealIndex.constFind(rule.deal.toString());
    return found == m_rules.dealIndex.constEnd() ? nullptr : &m_rules.source.deals[*found];
}

const Title* FixMaker::titleOf(const TitleId& title) const
{
    const int found = m_rules.findTitle(title);
    return found == kNoTitle ? nullptr : &m_rules.titleOf(found);
}

WindowId FixMaker::freshId(const QString& base) const
{
    QString id = base;
    for (int i = 2; m_places.contains(id); ++i)
        id = base + u'-' + QString::number(i);
    return WindowId(id);
}

Fix FixMaker::fix(const Conflict& conflict) const
{
    const auto first = [&]() -> const Rule& { return ruleOf(conflict.rules.front()); };
    switch (conflict.code) {
    case ConflictCode::ExclusiveOverlap:
        return cutOverlap(conflict);
    case ConflictCode::OutsideDealTerm:
        return clipToDeal(first());
    case ConflictCode::EmptyWindow: {
        Rule swapped = first();
        if (swapped.window.start == swapped.window.end)
            return removing(u"REMOVE_EMPTY"_s, u"Remove the window; it never holds."_s, swapped.id);
        std::swap(swapped.window.start, swapped.window.end);
        return putting(u"SWAP_DATES"_s,
            u"Swap the dates, if they were entered the wrong way round: from %1 to %2."_s.arg(
                dayOf(swapped.window.start), dayOf(swapped.window.end)),
            swapped);
    }
    case ConflictCode::Shadowed:
        return removing(u"REMOVE_SHADOWED"_s, u"Remove it; no answer changes."_s, conflict.rules.front());
    case ConflictCode::Duplicate:
        return removing(u"KEEP_ONE"_s,
            u"Keep %1 and remove %2; no answer changes."_s.arg(
                conflict.rules.front().toString(), conflict.rules.back().toString()),
            conflict.rules.back());
    case ConflictCode::Gap:
        return closeGap(conflict);
    case ConflictCode::NoSuccessor:
        return addSuccessor(first());
    case ConflictCode::RatingMissing:
        return rateAdult(conflict);
    case ConflictCode::ChildWithoutRights:
        return copyFromSibling(conflict.title);
    case ConflictCode::OrphanGroupVersion:
        return takeNewestGroup(first());
    case ConflictCode::RegionUnresolvable:
        return resolveRegion(first());
    case ConflictCode::RightsWithoutMaterial:
        return forAPerson(u"DELIVER_MATERIAL"_s, u"Ask for the material, or end the rights."_s);
    case ConflictCode::MaterialWithoutRights:
        break;
    }
    return draftGrant(conflict.title);
}

Fix FixMaker::cutOverlap(const Conflict& conflict) const
{
    // The weaker one gives way: lower priority, then the later id.
    const Rule& a = ruleOf(conflict.rules.front());
    const Rule& b = ruleOf(conflict.rules.back());
    const Rule& weak = a.priority < b.priority ? a : b;
    const Rule& strong = &weak == &a ? b : a;
    const QString what = u"let %1 give way to %2"_s.arg(weak.id.toString(), strong.id.toString());
    const bool whole = m_rules.territories[m_territories[weak.id.toString()]].toTexts() == conflict.territories;
    if (!whole) {
        Rule narrowed = weak;
        narrowed.territory.exclude += conflict.territories;
        return putting(u"EXCLUDE_TERRITORY"_s,
            u"Take %1 out of %2: %3."_s.arg(conflict.territories.mid(0, 5).join(u", "_s), weak.id.toString(), what),
            narrowed);
    }
    Fix cut {u"CUT_OVERLAP"_s, u"Cut the overlap out of %1: %2."_s.arg(weak.id.toString(), what), {}};
    const Window& overlap = conflict.window;
    const bool early = overlap.start && (!weak.window.start || *weak.window.start < *overlap.start);
    const bool late = overlap.end && (!weak.window.end || *weak.window.end > *overlap.end);
    if (early) {
        Rule before = weak;
        before.window.end = overlap.start;
        cut.edit.put.push_back(before);
    }
    if (late) {
        Rule after = weak;
        after.window.start = overlap.end;
        if (early)
            after.id = freshId(weak.id.toString() + u"-later"_s);
        cut.edit.put.push_back(after);
    }
    if (!early && !late)
        cut.edit.remove.push_back(weak.id);
    return cut;
}

Fix FixMaker::clipToDeal(const Rule& rule) const
{
    const Deal* deal = dealOf(rule);
    Rule clipped = rule;
    if (deal)
        clipped.window = rule.window.intersected(deal->term);
    if (clipped.window.isEmpty())
        return removing(u"REMOVE_EMPTY"_s, u"Remove the window; the deal never covers it."_s, rule.id);
    return putting(u"CLIP_TO_DEAL"_s,
        u"Clip the window to the term of deal %1, from %2 to %3; no answer changes."_s.arg(rule.deal.toString(),
            clipped.window.start ? toRfc3339(*clipped.window.start) : u"always"_s, dayOf(clipped.window.end)),
        clipped);
}

Fix FixMaker::closeGap(const Conflict& conflict) const
{
    const Rule* before = &ruleOf(conflict.rules.front());
    const Rule* after = &ruleOf(conflict.rules.back());
    if (after->window.end == conflict.window.start)
        std::swap(before, after);
    const auto within = [this](const Rule& rule, const Window& window) {
        const Deal* deal = dealOf(rule);
        return !deal || deal->term.covers(window);
    };
    Rule stretched = *before;
    stretched.window.end = conflict.window.end;
    if (within(stretched, stretched.window))
        return putting(u"CLOSE_GAP"_s,
            u"Extend %1 to %2, where the next one begins."_s.arg(before->id.toString(), dayOf(conflict.window.end)),
            stretched);
    stretched = *after;
    stretched.window.start = conflict.window.start;
    if (within(stretched, stretched.window))
        return putting(u"CLOSE_GAP"_s,
            u"Start %1 at %2, where the one before ends."_s.arg(after->id.toString(), dayOf(conflict.window.start)),
            stretched);
    return forAPerson(u"ASK_LICENSOR"_s, u"Neither deal covers the days between; ask the licensor for them."_s);
}

Fix FixMaker::addSuccessor(const Rule& rule) const
{
    Rule next = rule;
    next.id = freshId(rule.id.toString() + u"-next"_s);
    next.status = RuleStatus::Pending;
    next.provenance.reset();
    const Deal* deal = dealOf(rule);
    std::optional<Instant> end = rule.window.end;
    if (deal && deal->term.end && (!end || *deal->term.end < *end))
        end = deal->term.end;
    next.window = {end, std::nullopt};
    if (rule.window.start && end)
        next.window.end = *end + (*end - *rule.window.start);
    next.preOrder.reset();
    next.announced.reset();
    if (deal && deal->term.end && end && *deal->term.end <= *end)
        next.deal = {};
    return putting(u"ADD_SUCCESSOR"_s,
        u"Add %1 from %2 to %3 as pending, to be approved when the licensor agrees."_s.arg(
            next.id.toString(), dayOf(next.window.start), dayOf(next.window.end)),
        next);
}

Fix FixMaker::rateAdult(const Conflict& conflict) const
{
    const Title* title = titleOf(conflict.title);
    Title rated = title ? *title : Title {};
    int count = 0;
    for (const QString& country : conflict.territories) {
        const auto own = m_rules.source.unratedPolicy.constFind(country);
        const UnratedPolicy policy
            = own == m_rules.source.unratedPolicy.constEnd() ? m_rules.otherUnratedPolicy : own.value();
        if (policy != UnratedPolicy::Adult)
            continue;
        rated.ratings.insert(country, kAdultAge);
        ++count;
    }
    if (count == 0)
        return forAPerson(u"ASK_LICENSOR"_s, u"Unrated titles are blocked there; ask for the rating."_s);
    return {u"RATE_ADULT"_s,
        u"Rate it %1 in %2 of these countries, which is what holds without a rating; correct it where you know better."_s
            .arg(kAdultAge)
            .arg(count),
        {.put = {}, .remove = {}, .titles = {rated}, .deals = {}}};
}

Fix FixMaker::copyFromSibling(const TitleId& title) const
{
    const int place = m_rules.findTitle(title);
    const int parent = place == kNoTitle ? kNoTitle : m_rules.titles[static_cast<std::size_t>(place)].parent;
    if (parent == kNoTitle)
        return draftGrant(title);
    const int last = parent + m_rules.titles[static_cast<std::size_t>(parent)].below;
    const auto own = [this](int at) { return m_rules.allowsOf(m_rules.titles[static_cast<std::size_t>(at)]); };
    for (int at = parent; at <= last; ++at) {
        Fix fix {u"COPY_FROM_SIBLING"_s, {}, {}};
        for (const CompiledRule& grant : own(at)) {
            if (at == place || !grant.inForce || grant.isEmpty() || grant.end <= m_now.time_since_epoch().count())
                continue;
            Rule copy = m_rules.ruleOf(grant);
            copy.id = freshId(copy.id.toString() + u'/' + title.toString());
            copy.scope = title;
            copy.applies = Applies::Both;
            copy.status = RuleStatus::Pending;
            copy.provenance.reset();
            fix.edit.put.push_back(std::move(copy));
        }
        if (!fix.edit.put.empty()) {
            fix.sentence
                = u"Copy the windows of %1 as pending, to be approved when the deal covers this one too."_s.arg(
                    wordFor(m_rules.titleOf(at).id));
            return fix;
        }
    }
    return draftGrant(title);
}

Fix FixMaker::takeNewestGroup(const Rule& rule) const
{
    Rule renewed = rule;
    QStringList names;
    for (QStringList* list : {&renewed.territory.include, &renewed.territory.exclude}) {
        for (QString& name : *list) {
            const QString newer = newerThan(m_rules.source, name);
            if (newer.isEmpty())
                continue;
            names.append(u"%1 for %2"_s.arg(newer, name));
            name = newer;
        }
    }
    return putting(u"TAKE_NEWEST_GROUP"_s,
        u"Take %1, if the contract follows the group; look at the effect first."_s.arg(names.join(u", "_s)), renewed);
}

Fix FixMaker::resolveRegion(const Rule& rule) const
{
    const QStringList coarse = coarseSitesOf(m_rules.source, rule);
    Rule changed = rule;
    if (rule.effect == Effect::Deny) {
        // A viewer whose region is unknown slips through; the whole country is denied instead, on every site.
        for (QString& name : changed.territory.include)
            name = atomFromText(name) != kNoAtom ? name.left(2) : name;
        changed.territory.include.removeDuplicates();
        return putting(u"DENY_WHOLE_COUNTRY"_s,
            u"Deny the whole country; on %1 nobody's region is known."_s.arg(coarse.join(u", "_s)), changed);
    }
    if (changed.sites.all) {
        changed.sites = {.all = false, .names = m_rules.source.sites};
    }
    for (const QString& site : coarse)
        changed.sites.names.removeAll(site);
    return putting(
        u"LEAVE_COARSE_SITES"_s, u"Leave out %1, where nobody's region is known."_s.arg(coarse.join(u", "_s)), changed);
}

Fix FixMaker::draftGrant(const TitleId& title) const
{
    Rule draft;
    draft.id = freshId(u"draft-"_s + title.toString());
    draft.scope = title;
    draft.status = RuleStatus::Pending;
    draft.sites.all = true;
    draft.offers.all = true;
    draft.window.start = m_now;
    return putting(u"DRAFT_GRANT"_s, u"Add a pending window from now on and fill in its territory and deal."_s, draft);
}

} // namespace vidimus::rights
