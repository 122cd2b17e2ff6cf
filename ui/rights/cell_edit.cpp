#include "ui/rights/cell_edit.h"

#include "core/rights/validate.h"
#include "ui/rights/time_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxIdLength = 128;

QString tr(const char* text)
{
    return QCoreApplication::translate("CellEdit", text);
}

QStringList wordsOf(const QString& text)
{
    static const QRegularExpression separator(u"[,;\\s]+"_s);
    return text.split(separator, Qt::SkipEmptyParts);
}

Result<engine::TerritoryExpression> territoryFrom(const QString& text, const engine::RuleSet& rules)
{
    engine::TerritoryExpression territory;
    for (const QString& word : wordsOf(text)) {
        const bool out = word.startsWith(u'-') || word.startsWith(u'−');
        const QString name = (out ? word.mid(1) : word).toUpper();
        if (auto known = engine::validateTerritory(rules, name); !known)
            return std::move(known).error();
        QStringList& list = out ? territory.exclude : territory.include;
        if (!list.contains(name))
            list << name;
    }
    if (territory.include.isEmpty())
        return Error {ErrorCode::Invalid, u"no territory"_s, "no_territory"};
    return territory;
}

engine::NameList namesFrom(const QStringList& words)
{
    engine::NameList list;
    list.all = words.contains(u"*"_s) || words.contains(tr("any"), Qt::CaseInsensitive);
    if (!list.all) {
        list.names = words;
        list.names.removeDuplicates();
    }
    return list;
}

QString textOf(const engine::NameList& names)
{
    return names.all ? u"*"_s : names.names.join(u", "_s);
}

Result<CellEdit> withContract(engine::Rule rule, const QString& text, const engine::RuleSet& rules)
{
    const QString id = text.simplified().section(u' ', 0, 0);
    const QString licensor = text.simplified().section(u' ', 1);
    if (id.size() > kMaxIdLength)
        return Error {ErrorCode::Invalid, u"the contract's id is too long"_s, "bad_id"};
    rule.deal = DealId(id);
    CellEdit edit {std::move(rule), std::nullopt};
    const bool known
        = std::ranges::any_of(rules.deals, [&id](const engine::Deal& deal) { return deal.id.toString() == id; });
    if (!id.isEmpty() && !known) {
        engine::Deal deal;
        deal.id = DealId(id);
        deal.licensor = licensor;
        edit.newDeal = deal;
    }
    return edit;
}

} // namespace

QString columnTitle(Column column)
{
    switch (column) {
    case Column::Territory:
        return tr("Territory");
    case Column::Right:
        return tr("Right");
    case Column::Contract:
        return tr("Contract");
    case Column::State:
        return tr("State");
    case Column::Start:
        return tr("Starts");
    case Column::End:
        return tr("Ends (first instant not licensed)");
    case Column::Sites:
        break;
    }
    return tr("Sites");
}

QString editText(const engine::Rule& rule, Column column)
{
    switch (column) {
    case Column::Territory: {
        QStringList words = rule.territory.include;
        for (const QString& out : rule.territory.exclude)
            words << u'-' + out;
        return words.join(u", "_s);
    }
    case Column::Right:
        return rule.exclusive ? textOf(rule.offers) + u", "_s + tr("exclusive") : textOf(rule.offers);
    case Column::Contract:
        return rule.deal.toString();
    case Column::Start:
        return rule.window.start ? toRfc3339(*rule.window.start) : QString();
    case Column::End:
        return rule.window.end ? toRfc3339(*rule.window.end) : QString();
    case Column::Sites:
        return textOf(rule.sites);
    case Column::State:
        break;
    }
    return {};
}

Result<CellEdit> withEdit(const engine::Rule& rule, Column column, const QString& text, const engine::RuleSet& rules)
{
    CellEdit edit {rule, std::nullopt};
    switch (column) {
    case Column::Territory: {
        auto territory = territoryFrom(text, rules);
        if (!territory)
            return std::move(territory).error();
        edit.rule.territory = *territory;
        return edit;
    }
    case Column::Right: {
        QStringList words = wordsOf(text);
        const auto before = words.size();
        words.removeIf([](const QString& word) { return word.compare(tr("exclusive"), Qt::CaseInsensitive) == 0; });
        if (rule.effect == engine::Effect::Allow)
            edit.rule.exclusive = words.size() != before;
        edit.rule.offers = namesFrom(words);
        return edit;
    }
    case Column::Contract:
        return withContract(rule, text, rules);
    case Column::Start:
    case Column::End: {
        auto instant
            = parseEdgeText(text, column == Column::Start ? engine::TimeColumn::Start : engine::TimeColumn::End);
        if (!instant)
            return std::move(instant).error();
        (column == Column::Start ? edit.rule.window.start : edit.rule.window.end) = *instant;
        return edit;
    }
    case Column::Sites:
        edit.rule.sites = namesFrom(wordsOf(text));
        return edit;
    case Column::State:
        break;
    }
    return Error {ErrorCode::Invalid, u"the state follows from the window"_s, "not_editable"};
}

engine::Rule withColumnOf(engine::Rule rule, const engine::Rule& source, Column column)
{
    switch (column) {
    case Column::Territory:
        rule.territory = source.territory;
        break;
    case Column::Right:
        rule.offers = source.offers;
        if (rule.effect == engine::Effect::Allow)
            rule.exclusive = source.exclusive;
        break;
    case Column::Contract:
        rule.deal = source.deal;
        break;
    case Column::Start:
        rule.window.start = source.window.start;
        break;
    case Column::End:
        rule.window.end = source.window.end;
        break;
    case Column::Sites:
        rule.sites = source.sites;
        break;
    case Column::State:
        break;
    }
    return rule;
}

engine::Rule withEdge(engine::Rule rule, Edge edge, Instant at)
{
    (edge == Edge::Start ? rule.window.start : rule.window.end) = at;
    return rule;
}

engine::Rule withShift(engine::Rule rule, Milliseconds by)
{
    for (std::optional<Instant>* edge : {&rule.window.start, &rule.window.end}) {
        if (*edge)
            *edge = std::clamp(**edge + by, kMinInstant, kMaxInstant);
    }
    return rule;
}

std::optional<std::pair<engine::Rule, engine::Rule>> cutAt(const engine::Rule& rule, Instant at)
{
    if (!rule.window.contains(at) || rule.window.start == at)
        return std::nullopt;
    engine::Rule first = rule;
    engine::Rule second = rule;
    first.window.end = at;
    second.window.start = at;
    second.id = newId<WindowId>();
    return std::pair(std::move(first), std::move(second));
}

} // namespace vidimus::ui::rights
