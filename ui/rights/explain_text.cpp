#include "ui/rights/explain_text.h"

#include "ui/rights/rights_texts.h"

#include <QCoreApplication>
#include <QHash>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using widgets::Ink;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Explain", text);
}

/// Who speaks: the deal of a grant, the kind of a restriction.
QString subjectOf(const engine::Rule& rule)
{
    if (rule.effect == engine::Effect::Deny)
        return restrictionText(rule.kind);
    return rule.deal.isEmpty() ? tr("A window") : rule.deal.toString();
}

QString grantSentence(const engine::Rule& rule, const QString& outcome)
{
    const QString subject = subjectOf(rule);
    const QString what = tr("%1 in %2").arg(rightText(rule), territoryNames(rule.territory));
    if (outcome == u"NOT_YET")
        return tr("%1 grants %2, but begins %3").arg(subject, what, startText(rule.window.start));
    if (outcome == u"EXPIRED")
        return tr("%1 granted %2 until %3").arg(subject, what, endText(rule.window.end));
    if (outcome == u"TERRITORY")
        return tr("%1 grants %2, another country").arg(subject, what);
    if (outcome == u"SITE")
        return tr("%1 grants %2 on %3, another site").arg(subject, what, namesText(rule.sites));
    if (outcome == u"OFFER")
        return tr("%1 grants %2, another offer").arg(subject, what);
    if (outcome == u"STATUS")
        return tr("%1 would grant %2, but is not in force").arg(subject, what);
    if (outcome == u"EMPTY_WINDOW")
        return tr("%1 would grant %2, but ends before it starts").arg(subject, what);
    if (outcome == u"APPLIES")
        return tr("%1 grants %2 to other parts of the title").arg(subject, what);
    if (outcome == u"REPLACED")
        return tr("%1 grants %2, but a title below replaces it").arg(subject, what);
    return rule.window.end ? tr("%1 grants %2 until %3").arg(subject, what, endText(rule.window.end))
                           : tr("%1 grants %2 without end").arg(subject, what);
}

QString denySentence(const engine::Rule& rule, const QString& outcome)
{
    const QString subject = subjectOf(rule);
    const QString where = territoryNames(rule.territory);
    if (outcome == u"MATCHED" || outcome == u"WARNED") {
        return rule.window.end
            ? tr("%1 for %2 in %3 until %4").arg(subject, namesText(rule.offers), where, endText(rule.window.end))
            : tr("%1 for %2 in %3").arg(subject, namesText(rule.offers), where);
    }
    if (outcome == u"NOT_YET")
        return tr("%1 in %2 begins %3").arg(subject, where, startText(rule.window.start));
    if (outcome == u"EXPIRED")
        return tr("%1 in %2 ended %3").arg(subject, where, endText(rule.window.end));
    if (outcome == u"TERRITORY")
        return tr("%1 holds in %2 only").arg(subject, where);
    if (outcome == u"SITE")
        return tr("%1 holds on %2 only").arg(subject, namesText(rule.sites));
    if (outcome == u"OFFER")
        return tr("%1 holds for %2 only").arg(subject, namesText(rule.offers));
    if (outcome == u"APPLIES")
        return tr("%1 holds for other parts of the title").arg(subject);
    return tr("%1 in %2 is not in force").arg(subject, where);
}

QString instantValue(const QJsonObject& values, QLatin1StringView name)
{
    const auto instant = parseRfc3339(values.value(name).toString());
    return instant ? instantText(*instant) : values.value(name).toString();
}

struct Mark {
    QString iconName;
    Ink ink;
    QString note;
    QString spoken;
};

Mark markOf(const engine::TrailStep& step)
{
    const bool matched = step.outcome == u"MATCHED";
    if (step.effect == engine::Effect::Deny) {
        if (matched)
            return {u"cross"_s, Ink::Rejected, tr("Blocks"), tr("no")};
        if (step.outcome == u"WARNED")
            return {u"warning"_s, Ink::Warning, tr("Warns"), tr("warning")};
        return {u"check"_s, Ink::Passed, tr("Does not apply"), tr("yes")};
    }
    if (matched)
        return {u"check"_s, Ink::Passed, step.decides ? tr("Decides") : tr("Also grants"), tr("yes")};
    if (step.outcome == u"NOT_YET")
        return {u"clock"_s, Ink::Warning, tr("Not yet"), tr("not yet")};
    if (step.outcome == u"EXPIRED")
        return {u"clock"_s, Ink::Rejected, tr("Ended"), tr("no")};
    return {u"cross"_s, Ink::Second, tr("Does not apply"), tr("no")};
}

/// 0 for what matched, 1 for what time or status alone keeps away, 2 for the rest.
int relevance(const engine::TrailStep& step)
{
    if (step.outcome == u"MATCHED" || step.outcome == u"WARNED")
        return 0;
    return step.outcome == u"NOT_YET" || step.outcome == u"EXPIRED" || step.outcome == u"STATUS" ? 1 : 2;
}

} // namespace

QString headline(const engine::Query& query, const engine::Explanation& explanation)
{
    const QString where = territoryName(query.subdivision.isEmpty() ? query.country : query.subdivision);
    if (explanation.answer.available)
        return tr("%1 on %2 is available in %3").arg(query.offer, query.site, where);
    return tr("%1 on %2 is not available in %3: %4")
        .arg(query.offer, query.site, where, reasonText(explanation.answer.reason));
}

std::vector<TableRow> trailRows(const engine::Explanation& explanation, const engine::RuleSet& rules)
{
    QHash<QString, const engine::Rule*> byId;
    for (const engine::Rule& rule : rules.rules)
        byId.insert(rule.id.toString(), &rule);
    // What bears on the answer first; each part keeps the engine's order.
    std::vector<engine::TrailStep> steps = explanation.trail;
    std::ranges::stable_sort(steps, {}, relevance);
    std::vector<TableRow> rows;
    for (const engine::TrailStep& step : steps) {
        const engine::Rule* rule = byId.value(step.rule.toString());
        if (!rule)
            continue;
        const QString sentence = step.effect == engine::Effect::Deny ? denySentence(*rule, step.outcome)
                                                                     : grantSentence(*rule, step.outcome);
        const Mark mark = markOf(step);
        const QString number = QString::number(rows.size() + 1);
        rows.push_back(
            {{{number, Ink::Second, {}, {}, false, false, {}},
                 {{}, mark.ink, mark.iconName, {}, false, false, mark.spoken},
                 {sentence, std::nullopt, {}, {}, false, false, {}}, {mark.note, Ink::Second, {}, {}, false, true, {}}},
                step.rule.toString()});
    }
    return rows;
}

QString remedyText(const engine::Remedy& remedy)
{
    const auto value = [&remedy](QLatin1StringView name) { return remedy.values.value(name).toString(); };
    if (remedy.code == u"ADD_TERRITORY")
        return tr("Add %1 to the window").arg(territoryName(value("territory"_L1)));
    if (remedy.code == u"ADD_SITE")
        return tr("Add the site %1 to the window").arg(value("site"_L1));
    if (remedy.code == u"ADD_OFFER")
        return tr("Add the offer %1 to the window").arg(value("offer"_L1));
    if (remedy.code == u"WAIT_UNTIL")
        return tr("Wait until %1").arg(instantValue(remedy.values, "at"_L1));
    if (remedy.code == u"EXTEND_END")
        return tr("Extend the window, which ended %1").arg(instantValue(remedy.values, "end"_L1));
    if (remedy.code == u"EXTEND_DEAL")
        return tr("Extend the contract %1, which ended %2")
            .arg(value("deal"_L1), instantValue(remedy.values, "end"_L1));
    if (remedy.code == u"START_DEAL_EARLIER")
        return tr("Let the contract %1 begin before %2").arg(value("deal"_L1), instantValue(remedy.values, "start"_L1));
    if (remedy.code == u"LIFT_RESTRICTION")
        return tr("Lift the restriction");
    if (remedy.code == u"APPROVE_RULE")
        return tr("Approve the window");
    if (remedy.code == u"ACTIVATE_DEAL")
        return tr("Put the contract %1 in force").arg(value("deal"_L1));
    if (remedy.code == u"APPLY_TO_TITLE")
        return tr("Let the window apply to this part");
    if (remedy.code == u"EXTEND_INSTEAD_OF_REPLACE")
        return tr("Let the title extend the rights above it instead of replacing them");
    if (remedy.code == u"CORRECT_WINDOW")
        return tr("Correct the window: it ends before it starts");
    if (remedy.code == u"SET_EVENT_DATE")
        return tr("Set the date of the event %1").arg(value("event"_L1));
    if (remedy.code == u"RAISE_AGE_LIMIT")
        return tr("Ask for viewers of %1 years and above").arg(remedy.values.value("age"_L1).toInt());
    if (remedy.code == u"ADD_RATING")
        return tr("Add a rating for %1").arg(territoryName(value("country"_L1)));
    if (remedy.code == u"ADD_TITLE")
        return tr("Add the title");
    if (remedy.code == u"MAKE_CHILD_AVAILABLE")
        return tr("Make one of its parts available");
    return tr("Add a window for it");
}

} // namespace vidimus::ui::rights
