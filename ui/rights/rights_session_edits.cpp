#include "ui/rights/bulk_edit.h"
#include "ui/rights/rights_session.h"
#include "ui/rights/sheet_text.h"

#include <algorithm>

/// What is staged: cells, spreadsheets, several windows at once.
namespace vidimus::ui::rights {

std::vector<engine::Rule> RightsSession::rulesOf(const std::vector<WindowId>& windows) const
{
    std::vector<engine::Rule> rules;
    for (const WindowId& window : windows) {
        const engine::Rule* rule = m_plan.isRemoved(window) ? nullptr : m_plan.find(window);
        if (rule)
            rules.push_back(*rule);
    }
    return rules;
}

void RightsSession::change(
    const std::vector<WindowId>& windows, const std::function<engine::Rule(const engine::Rule&)>& change)
{
    std::vector<engine::Rule> put = rulesOf(windows);
    std::ranges::transform(put, put.begin(), change);
    if (!put.empty())
        stage(put);
}

void RightsSession::edit(const std::vector<WindowId>& windows, Column column, const QString& text)
{
    const engine::RuleSet rules = m_plan.planned();
    std::vector<engine::Rule> put;
    std::vector<engine::Deal> deals;
    for (const engine::Rule& rule : rulesOf(windows)) {
        auto edit = withEdit(rule, column, text, rules);
        if (!edit) {
            Q_EMIT failed(edit.error());
            return;
        }
        put.push_back(std::move(edit->rule));
        if (edit->newDeal && deals.empty())
            deals.push_back(*std::move(edit->newDeal));
    }
    if (!put.empty())
        stage(put, {}, deals);
}

void RightsSession::paste(const QString& text, const std::vector<WindowId>& targets, Column column)
{
    const auto cells = pasteSheetText(text, rulesOf(targets), column, m_plan.planned());
    if (!cells) {
        Q_EMIT failed(cells.error());
        return;
    }
    stage(cells->put, {}, cells->deals);
    Q_EMIT pasted(static_cast<int>(cells->put.size()) - cells->added, cells->added);
}

void RightsSession::merge(const std::vector<WindowId>& windows)
{
    const auto one = mergeWindows(rulesOf(windows));
    if (!one) {
        Q_EMIT failed(one.error());
        return;
    }
    stage({one->rule}, one->removed);
    Q_EMIT merged(static_cast<int>(one->removed.size()) + 1);
}

void RightsSession::choose(const std::vector<Clash>& clashes, Side side)
{
    for (const Clash& clash : clashes)
        m_plan.choose(clash.window, clash.field, side);
    if (!clashes.empty())
        changed();
}

void RightsSession::take(const workbench::RightsPlan& plan)
{
    m_importOnTop = false;
    m_plan.take(plan);
    changed();
}

} // namespace vidimus::ui::rights
