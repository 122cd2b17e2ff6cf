#include "ui/rights/expiry_rows.h"

#include "ui/rights/rights_texts.h"
#include "ui/rights/window_state.h"
#include "ui/widgets/time_label.h"

#include <QCoreApplication>
#include <QHash>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using widgets::Ink;

namespace {

constexpr std::array kSteps {1, 7, 30, 60, 90};
constexpr std::size_t kMostRows = 1000;

QString tr(const char* text)
{
    return QCoreApplication::translate("ExpiryRows", text);
}

bool covers(const engine::NameList& wide, const engine::NameList& narrow)
{
    if (wide.all || narrow.all)
        return wide.all;
    return std::ranges::all_of(narrow.names, [&wide](const QString& name) { return wide.names.contains(name); });
}

/// Whether \a next goes on where \a rule ends, for the same viewers as far as the written names tell.
bool continues(const engine::Rule& next, const engine::Rule& rule, Instant end)
{
    const bool sameKind = next.effect == engine::Effect::Allow && next.status == engine::RuleStatus::Approved
        && next.scope == rule.scope && next.id != rule.id;
    const bool overEnd
        = (!next.window.start || *next.window.start <= end) && (!next.window.end || end < *next.window.end);
    return sameKind && overEnd && next.territory == rule.territory && covers(next.offers, rule.offers)
        && covers(next.sites, rule.sites);
}

} // namespace

int alarmStep(Milliseconds left)
{
    for (const int step : kSteps) {
        if (left <= std::chrono::days(step))
            return left.count() <= 0 ? 0 : step;
    }
    return kSteps.back();
}

std::vector<TableRow> expiryRows(const engine::RuleSet& rules, Instant now, std::chrono::days horizon)
{
    QHash<QString, const engine::Deal*> deals;
    for (const engine::Deal& deal : rules.deals)
        deals.insert(deal.id.toString(), &deal);
    QHash<QString, QString> titles;
    for (const engine::Title& title : rules.titles)
        titles.insert(title.id.toString(), title.name.isEmpty() ? title.id.toString() : title.name);
    QHash<QString, std::vector<const engine::Rule*>> byTitle;
    for (const engine::Rule& rule : rules.rules)
        byTitle[rule.scope.toString()].push_back(&rule);
    std::vector<std::pair<Instant, const engine::Rule*>> ending;
    for (const engine::Rule& rule : rules.rules) {
        if (rule.effect == engine::Effect::Deny)
            continue;
        const engine::Deal* deal = deals.value(rule.deal.toString());
        const WindowState state = windowState(rule, deal, nullptr, now);
        const bool live = state.kind == WindowStateKind::Live || state.kind == WindowStateKind::EndsSoon;
        if (live && state.left && *state.left <= horizon)
            ending.emplace_back(now + *state.left, &rule);
    }
    std::ranges::sort(ending, [](const auto& a, const auto& b) {
        return std::pair(a.first, a.second->id) < std::pair(b.first, b.second->id);
    });
    std::vector<TableRow> rows;
    for (std::size_t i = 0; i < std::min(ending.size(), kMostRows); ++i) {
        const auto& [end, rule] = ending[i];
        const int step = alarmStep(end - now);
        const bool followed = std::ranges::any_of(byTitle.value(rule->scope.toString()),
            [&rule = *rule, end = end](const engine::Rule* next) { return continues(*next, rule, end); });
        const Ink ink = followed ? Ink::Second : step <= 7 ? Ink::Rejected : step <= 30 ? Ink::Warning : Ink::Text;
        //: The alarm before an end: so many days, after the letter for the time.
        const QString alarm = tr("T−%1").arg(step);
        rows.push_back(
            {{{alarm, ink, followed ? u"check"_s : u"clock"_s, {}, false, false,
                  followed ? tr("%1, another window follows").arg(alarm) : alarm},
                 {titles.value(rule->scope.toString()), std::nullopt, {}, {}, false, false, {}},
                 {territoryNames(rule->territory), Ink::Second, {}, {}, false, false, {}},
                 {tr("%1, in %2").arg(instantText(end), widgets::spanText(end - now)), ink, {}, {}, false, false, {}},
                 {rule->deal.toString(), Ink::Second, {}, {}, false, false, {}}},
                rule->id.toString()});
    }
    return rows;
}

} // namespace vidimus::ui::rights
