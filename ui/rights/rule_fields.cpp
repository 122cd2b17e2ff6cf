#include "ui/rights/rule_fields.h"

#include "ui/rights/cell_edit.h"
#include "ui/rights/rights_texts.h"

#include <QCoreApplication>
#include <array>

namespace vidimus::ui::rights {

using engine::Rule;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PlanRows", text);
}

template<auto Member>
bool sameMember(const Rule& a, const Rule& b)
{
    return a.*Member == b.*Member;
}

template<auto Member>
void takeMember(Rule& into, const Rule& from)
{
    into.*Member = from.*Member;
}

QString optionalText(const std::optional<engine::Window>& window)
{
    return window ? windowText(*window) : tr("none");
}

std::span<const RuleField> namedFields()
{
    static const std::array fields {RuleField {[] { return tr("start"); },
                                        [](const Rule& a, const Rule& b) { return a.window.start == b.window.start; },
                                        [](Rule& into, const Rule& from) { into.window.start = from.window.start; },
                                        [](const Rule& rule) { return startText(rule.window.start); }},
        RuleField {[] { return tr("end"); }, [](const Rule& a, const Rule& b) { return a.window.end == b.window.end; },
            [](Rule& into, const Rule& from) { into.window.end = from.window.end; },
            [](const Rule& rule) { return endText(rule.window.end); }},
        RuleField {[] { return tr("territory"); }, sameMember<&Rule::territory>, takeMember<&Rule::territory>,
            [](const Rule& rule) { return territoryNames(rule.territory); }},
        RuleField {[] { return tr("offers"); }, sameMember<&Rule::offers>, takeMember<&Rule::offers>,
            [](const Rule& rule) { return namesText(rule.offers); }},
        RuleField {[] { return tr("sites"); }, sameMember<&Rule::sites>, takeMember<&Rule::sites>,
            [](const Rule& rule) { return namesText(rule.sites); }},
        RuleField {[] { return tr("contract"); }, sameMember<&Rule::deal>, takeMember<&Rule::deal>,
            [](const Rule& rule) { return rule.deal.toString(); }},
        RuleField {[] { return tr("exclusive"); }, sameMember<&Rule::exclusive>, takeMember<&Rule::exclusive>,
            [](const Rule& rule) { return rule.exclusive ? tr("exclusive") : tr("shared"); }},
        RuleField {[] { return tr("title"); }, sameMember<&Rule::scope>, takeMember<&Rule::scope>,
            [](const Rule& rule) { return rule.scope.toString(); }},
        RuleField {[] { return tr("priority"); }, sameMember<&Rule::priority>, takeMember<&Rule::priority>,
            [](const Rule& rule) { return QString::number(rule.priority); }},
        RuleField {[] { return tr("pre-order"); }, sameMember<&Rule::preOrder>, takeMember<&Rule::preOrder>,
            [](const Rule& rule) { return optionalText(rule.preOrder); }},
        RuleField {[] { return tr("announced"); }, sameMember<&Rule::announced>, takeMember<&Rule::announced>,
            [](const Rule& rule) { return optionalText(rule.announced); }}};
    return fields;
}

/// All that no other field says.
Rule rest(Rule rule)
{
    const Rule nothing;
    for (const RuleField& field : namedFields())
        field.take(rule, nothing);
    return rule;
}

bool sameRest(const Rule& a, const Rule& b)
{
    return rest(a) == rest(b);
}

void takeRest(Rule& into, const Rule& from)
{
    Rule taken = from;
    for (const RuleField& field : namedFields())
        field.take(taken, into);
    into = taken;
}

} // namespace

std::span<const RuleField> ruleFields()
{
    static const std::vector<RuleField> all = [] {
        const auto named = namedFields();
        std::vector<RuleField> fields(named.begin(), named.end());
        fields.push_back({[] { return tr("terms"); }, sameRest, takeRest, nullptr});
        return fields;
    }();
    return all;
}

} // namespace vidimus::ui::rights
