#include "ui/rights/plan_rows.h"

#include "ui/rights/cell_edit.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/rule_fields.h"

#include <QCoreApplication>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PlanRows", text);
}

} // namespace

QString whatText(const engine::Rule& rule, const QString& field)
{
    const QString subject = rule.effect == engine::Effect::Deny ? restrictionText(rule.kind) : namesText(rule.offers);
    //: The offers of a window and which of its fields changes: "avod start".
    return tr("%1 %2").arg(subject, field);
}

void addRuleRows(const engine::Rule* before, const engine::Rule* after, std::vector<PlanRow>& rows)
{
    const engine::Rule& named = after ? *after : *before;
    const auto add = [&](const QString& field, const QString& old, const QString& now) {
        rows.push_back({named.id, named.scope, territoryCode(named.territory), whatText(named, field), old, now});
    };
    if (!before || !after) {
        add(tr("window"), before ? windowText(before->window) : tr("none"),
            after ? windowText(after->window) : tr("removed"));
        return;
    }
    for (const RuleField& field : ruleFields()) {
        if (field.same(*before, *after))
            continue;
        add(field.name(), field.text ? field.text(*before) : tr("as saved"),
            field.text ? field.text(*after) : tr("changed"));
    }
}

PlanRow dealRow(const engine::Deal& deal)
{
    return {{}, {}, {}, tr("Contract %1").arg(deal.id.toString()), tr("none"),
        deal.licensor.isEmpty() ? tr("new") : deal.licensor};
}

PlanRow titleRow(const engine::Title& title)
{
    return {{}, title.id, {}, tr("Title"), tr("none"), title.name.isEmpty() ? title.id.toString() : title.name};
}

} // namespace vidimus::ui::rights
