#include "ui/rights/fix.h"

#include "ui/rights/explain_text.h"
#include "ui/rights/rights_texts.h"

#include <QCoreApplication>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Fix", text);
}

const engine::Rule* ruleOf(const engine::RuleSet& rules, const WindowId& id)
{
    const auto found = std::ranges::find(rules.rules, id, &engine::Rule::id);
    return found == rules.rules.end() ? nullptr : &*found;
}

/// Changes \a rule as the remedy says; false when the page cannot.
bool take(const engine::Remedy& remedy, const engine::Query& query, const engine::RuleSet& rules, engine::Rule& rule)
{
    if (remedy.code == u"ADD_TERRITORY") {
        const QString place = remedy.values.value("territory"_L1).toString();
        rule.territory.exclude.removeAll(place);
        rule.territory.include << place;
    } else if (remedy.code == u"ADD_SITE") {
        rule.sites.names << query.site;
    } else if (remedy.code == u"ADD_OFFER") {
        rule.offers.names << query.offer;
    } else if (remedy.code == u"APPROVE_RULE") {
        rule.status = engine::RuleStatus::Approved;
    } else if (remedy.code == u"WAIT_UNTIL") {
        rule.window.start = query.at;
    } else if (remedy.code == u"EXTEND_END") {
        Instant end = query.at + kFixExtension;
        const auto deal = std::ranges::find(rules.deals, rule.deal, &engine::Deal::id);
        if (deal != rules.deals.end() && deal->term.end)
            end = std::min(end, *deal->term.end);
        if (end <= query.at)
            return false;
        rule.window.end = end;
    } else {
        return false;
    }
    return true;
}

/// Restrictions that block: ended at the instant asked for, or taken away where nothing would be left.
void lift(const engine::Explanation& explanation, const engine::Query& query, const engine::RuleSet& rules, Fix& fix,
    QStringList& steps)
{
    for (const engine::TrailStep& step : explanation.trail) {
        const engine::Rule* rule = ruleOf(rules, step.rule);
        if (!rule || step.effect != engine::Effect::Deny || step.outcome != u"MATCHED")
            continue;
        if (rule->window.start && *rule->window.start < query.at) {
            engine::Rule ended = *rule;
            ended.window.end = query.at;
            fix.put.push_back(ended);
            steps << tr("End the restriction (%1) at %2").arg(restrictionText(rule->kind), instantText(query.at));
        } else {
            fix.remove.push_back(rule->id);
            steps << tr("Remove the restriction (%1)").arg(restrictionText(rule->kind));
        }
    }
}

} // namespace

std::optional<Fix> fixFor(
    const engine::Query& query, const engine::Explanation& explanation, const engine::RuleSet& rules)
{
    if (explanation.answer.available)
        return std::nullopt;
    Fix fix;
    QStringList steps;
    lift(explanation, query, rules, fix, steps);
    const engine::TrailStep* nearest = nullptr;
    bool granted = false;
    for (const engine::TrailStep& step : explanation.trail) {
        if (step.effect == engine::Effect::Deny)
            continue;
        granted = granted || step.outcome == u"MATCHED";
        if (!nearest || step.remedies.size() < nearest->remedies.size())
            nearest = &step;
    }
    bool stageable = granted || nearest;
    if (!granted && nearest) {
        const engine::Rule* rule = ruleOf(rules, nearest->rule);
        engine::Rule changed = rule ? *rule : engine::Rule {};
        for (const engine::Remedy& remedy : nearest->remedies) {
            if (!rule || !take(remedy, query, rules, changed)) {
                stageable = false;
                break;
            }
            if (remedy.code == u"WAIT_UNTIL")
                steps << tr("Start it at %1").arg(instantText(query.at));
            else if (remedy.code == u"EXTEND_END")
                steps << tr("Extend it to %1").arg(endText(changed.window.end));
            else
                steps << remedyText(remedy);
        }
        if (stageable)
            fix.put.push_back(changed);
    }
    if (!stageable) {
        fix = {};
        steps.clear();
        for (const engine::Remedy& remedy : explanation.remedies)
            steps << remedyText(remedy);
        fix.text = steps.isEmpty() ? tr("Add a window for it") : steps.front();
        fix.more = steps.size() > 1 ? steps.mid(1).join(u". "_s) : tr("This cannot be staged from here.");
        return fix;
    }
    fix.text = steps.isEmpty() ? QString() : steps.front();
    if (steps.size() > 1) {
        fix.more = steps.mid(1).join(u". "_s) + u'.';
    } else {
        const auto wait = std::ranges::find(explanation.remedies, u"WAIT_UNTIL"_s, &engine::Remedy::code);
        const engine::Rule* rule = nearest ? ruleOf(rules, nearest->rule) : nullptr;
        fix.more = wait != explanation.remedies.end() ? tr("Or change nothing. %1.").arg(remedyText(*wait))
            : rule ? tr("Changes the window of %1 in %2.").arg(rule->deal.toString(), territoryNames(rule->territory))
                   : QString();
    }
    if (!fix.isStageable())
        return std::nullopt;
    return fix;
}

} // namespace vidimus::ui::rights
