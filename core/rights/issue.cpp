#include "core/rights/issue.h"

#include "core/rights/conflict_scan_p.h"
#include "core/rights/issue_fix_p.h"

#include <algorithm>
#include <tuple>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

QString spanOf(const Window& window)
{
    return u"%1 to %2"_s.arg(
        window.start ? toRfc3339(*window.start) : u"always"_s, window.end ? toRfc3339(*window.end) : u"for ever"_s);
}

QString placesOf(const Conflict& conflict)
{
    constexpr qsizetype kShown = 5;
    const qsizetype more = conflict.territories.size() - kShown;
    const QString shown = conflict.territories.mid(0, kShown).join(u", "_s);
    return more > 0 ? u"%1 and %2 more"_s.arg(shown).arg(more) : shown;
}

} // namespace

QString newerThan(const RuleSet& rules, const QString& territoryName)
{
    const qsizetype at = territoryName.indexOf(u'@');
    if (at < 0)
        return {};
    const QString group = territoryName.first(at);
    const int pinned = territoryName.sliced(at + 1).toInt();
    int newest = pinned;
    for (const TerritoryGroup& one : rules.groups) {
        if (one.name == group)
            newest = std::max(newest, one.version);
    }
    return newest > pinned ? group + u'@' + QString::number(newest) : QString();
}

QStringList subdivisionsOf(const TerritorySet& territory)
{
    QStringList names;
    for (const auto* list : {&territory.addedSubdivisions(), &territory.removedSubdivisions()}) {
        for (const TerritoryAtom atom : *list)
            names.append(atomToText(atom));
    }
    names.sort();
    return names;
}

QStringList coarseSitesOf(const RuleSet& rules, const Rule& rule)
{
    QStringList coarse;
    for (const QString& site : rules.coarseSites) {
        if (rule.sites.matches(site))
            coarse.append(site);
    }
    return coarse;
}

QString FixMaker::wordFor(const TitleId& title) const
{
    const Title* found = titleOf(title);
    return found && !found->name.isEmpty() ? found->name : title.toString();
}

QString FixMaker::sentence(const Conflict& conflict) const
{
    const auto id = [&](std::size_t i) { return conflict.rules[i].toString(); };
    switch (conflict.code) {
    case ConflictCode::ExclusiveOverlap:
        return u"%1 and %2 are both exclusive, of different licensors, in %3, from %4."_s.arg(
            id(0), id(1), placesOf(conflict), spanOf(conflict.window));
    case ConflictCode::OutsideDealTerm:
        return u"%1 reaches outside the term of its deal, from %2."_s.arg(id(0), spanOf(conflict.window));
    case ConflictCode::EmptyWindow:
        return u"%1 starts at or after its end, so it never holds."_s.arg(id(0));
    case ConflictCode::Shadowed:
        return u"%1 never decides; %2 covers it wholly."_s.arg(id(0), id(1));
    case ConflictCode::Duplicate:
        return u"%1 and %2 say the same."_s.arg(id(0), id(1));
    case ConflictCode::Gap:
        return u"Between %1 and %2 there are no rights for %3 in %4, from %5."_s.arg(
            id(0), id(1), wordFor(conflict.title), placesOf(conflict), spanOf(conflict.window));
    case ConflictCode::NoSuccessor:
        return u"%1 ends at %2 and nothing follows for %3 in %4."_s.arg(id(0),
            conflict.window.start ? toRfc3339(*conflict.window.start) : QString(), wordFor(conflict.title),
            placesOf(conflict));
    case ConflictCode::RatingMissing:
        return u"%1 has rights in %2 and no rating there."_s.arg(wordFor(conflict.title), placesOf(conflict));
    case ConflictCode::ChildWithoutRights:
        return u"%1 has no rights, though its series or its siblings do."_s.arg(wordFor(conflict.title));
    case ConflictCode::OrphanGroupVersion:
        return u"%1 speaks of an older version of a territory group than the newest."_s.arg(id(0));
    case ConflictCode::RegionUnresolvable:
        return u"%1 tells regions apart (%2) on sites that know only a viewer's country."_s.arg(
            id(0), placesOf(conflict));
    case ConflictCode::RightsWithoutMaterial:
        return u"%1 has rights from %2 and no material was delivered."_s.arg(
            wordFor(conflict.title), spanOf(conflict.window));
    case ConflictCode::MaterialWithoutRights:
        break;
    }
    return u"%1 was delivered and has no rights now or later."_s.arg(wordFor(conflict.title));
}

Issues findIssues(const RuleSet& rules, const Material* material, Instant now, const CancelToken& cancel)
{
    const CompiledRules compiled = CompiledRules::from(rules);
    Conflicts found = scanConflicts(compiled, cancel);
    Conflicts advice = scanAdvice(compiled, material, now, cancel);
    Issues issues;
    issues.truncated = found.truncated || advice.truncated;
    issues.more = found.more;
    found.list.insert(found.list.end(), advice.list.begin(), advice.list.end());
    std::ranges::stable_sort(found.list, {}, &Conflict::code);
    const FixMaker maker(compiled, now);
    for (Conflict& conflict : found.list) {
        if (cancel.isCanceled())
            break;
        QString sentence = maker.sentence(conflict);
        Fix fix = maker.fix(conflict);
        issues.list.push_back({std::move(conflict), std::move(sentence), std::move(fix)});
    }
    return issues;
}

QJsonObject toJson(const Issue& issue)
{
    QJsonObject fix = toJson(issue.fix.edit);
    fix.insert(u"code"_s, issue.fix.code);
    fix.insert(u"sentence"_s, issue.fix.sentence);
    QJsonObject json = toJson(issue.conflict);
    json.insert(u"sentence"_s, issue.sentence);
    json.insert(u"fix"_s, fix);
    return json;
}

} // namespace vidimus::rights
