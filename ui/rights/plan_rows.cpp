#include "ui/rights/plan_rows.h"

#include "ui/rights/cell_edit.h"
#include "ui/rights/rights_texts.h"

#include <QCoreApplication>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PlanRows", text);
}

/// "avod start": the right that the row speaks of, and the field.
QString whatText(const engine::Rule& rule, const QString& field)
{
    const QString subject = rule.effect == engine::Effect::Deny ? restrictionText(rule.kind) : namesText(rule.offers);
    //: The offers of a window and which of its fields changes: "avod start".
    return tr("%1 %2").arg(subject, field);
}

} // namespace

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
    const auto compare = [&](const auto& old, const auto& now, const QString& field, auto text) {
        if (!(old == now))
            add(field, text(old), text(now));
    };
    compare(before->window.start, after->window.start, tr("start"), startText);
    compare(before->window.end, after->window.end, tr("end"), endText);
    compare(before->territory, after->territory, tr("territory"), territoryNames);
    compare(before->offers, after->offers, tr("offers"), namesText);
    compare(before->sites, after->sites, tr("sites"), namesText);
    compare(before->deal, after->deal, tr("contract"), [](const DealId& id) { return id.toString(); });
    compare(before->exclusive, after->exclusive, tr("exclusive"),
        [](bool exclusive) { return exclusive ? tr("exclusive") : tr("shared"); });
    compare(before->scope, after->scope, tr("title"), [](const TitleId& id) { return id.toString(); });
    compare(before->priority, after->priority, tr("priority"), [](int number) { return QString::number(number); });
    engine::Rule rest = *after;
    rest.window = before->window;
    rest.territory = before->territory;
    rest.offers = before->offers;
    rest.sites = before->sites;
    rest.deal = before->deal;
    rest.exclusive = before->exclusive;
    rest.scope = before->scope;
    rest.priority = before->priority;
    if (rest != *before)
        add(tr("terms"), tr("as saved"), tr("changed"));
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
