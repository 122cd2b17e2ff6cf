#include "ui/rights/plan_clash.h"

#include "ui/rights/plan_rows.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/rule_fields.h"

#include <QCoreApplication>

namespace vidimus::ui::rights {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PlanRows", text);
}

QString sideText(const RuleField& field, const engine::Rule& rule, const engine::Rule& base)
{
    if (field.text)
        return field.text(rule);
    return field.same(rule, base) ? tr("as saved") : tr("changed");
}

Clash wholeWindow(const engine::Rule& seen, const Edit& mine, const engine::Rule* theirs)
{
    const engine::Rule& named = mine ? *mine : *theirs;
    return {seen.id, named.scope, kWholeWindow, territoryCode(named.territory), whatText(named, tr("window")),
        windowText(seen.window), theirs ? windowText(theirs->window) : tr("removed"),
        mine ? windowText(mine->window) : tr("removed")};
}

} // namespace

void followTheirs(engine::Rule& seen, engine::Rule& mine, const engine::Rule& theirs)
{
    for (const RuleField& field : ruleFields()) {
        const bool mineChanged = !field.same(mine, seen);
        if (mineChanged && !field.same(mine, theirs))
            continue;
        field.take(mine, theirs);
        field.take(seen, theirs);
    }
}

std::vector<Clash> clashesOf(const engine::Rule& seen, const Edit& mine, const engine::Rule* theirs)
{
    if (theirs && *theirs == seen)
        return {};
    if (!mine || !theirs)
        return mine || theirs ? std::vector {wholeWindow(seen, mine, theirs)} : std::vector<Clash>();
    std::vector<Clash> clashes;
    int index = 0;
    for (const RuleField& field : ruleFields()) {
        if (!field.same(seen, *theirs) && !field.same(*mine, *theirs))
            clashes.push_back(
                {seen.id, mine->scope, index, territoryCode(mine->territory), whatText(*mine, field.name()),
                    sideText(field, seen, seen), sideText(field, *theirs, seen), sideText(field, *mine, seen)});
        ++index;
    }
    return clashes;
}

void chooseField(engine::Rule& seen, engine::Rule& mine, const engine::Rule& theirs, int field, Side side)
{
    const RuleField& chosen = ruleFields()[static_cast<std::size_t>(field)];
    if (side == Side::Theirs)
        chosen.take(mine, theirs);
    chosen.take(seen, theirs);
}

} // namespace vidimus::ui::rights
