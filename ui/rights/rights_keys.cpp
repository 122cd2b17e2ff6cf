#include "ui/rights/rights_keys.h"

#include "ui/rights/clash_panel.h"
#include "ui/rights/pin_control.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_chart.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rights_page.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/sheet_text.h"
#include "ui/rights/time_text.h"
#include "ui/rights/zone_text.h"
#include "ui/shell/key_dispatcher.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/preferences.h"

#include <QApplication>
#include <QClipboard>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

// The order of the keys in the action registry: "[", "{", "Shift+[", "Alt+[".
NudgeStep stepOf(int keyIndex)
{
    return keyIndex == 0 ? NudgeStep::Day : keyIndex == 3 ? NudgeStep::Hour : NudgeStep::Month;
}

constexpr std::chrono::days kNewWindow {30};

} // namespace

RightsKeys::RightsKeys(RightsPage& page, shell::MainWindow& window)
    : m_page(page)
    , m_window(window)
{
    RightsSession& session = page.session();
    answer(u"rights.edit"_s, [this](int) { m_page.grid().editCursor(); });
    answer(u"rights.explain"_s, [this](int) { m_page.explainCurrent(); });
    answer(u"rights.nextConflict"_s, [this](int) { nextConflict(); });
    answer(u"rights.today"_s, [this](int) { m_page.showToday(); });
    const auto zoom = [this](int step) {
        RightsChart& chart = m_page.chart();
        const int to = std::clamp(static_cast<int>(chart.scale().zoom()) + step, 0, static_cast<int>(Zoom::Year));
        chart.setZoom(static_cast<Zoom>(to));
    };
    answer(u"rights.zoomIn"_s, [zoom](int) { zoom(-1); });
    answer(u"rights.zoomOut"_s, [zoom](int) { zoom(1); });
    answer(u"rights.apply"_s, [&session](int) { session.apply(); });
    answer(u"rights.import"_s, [this](int) { m_page.askForImport(); });
    answer(u"rights.nudgeEarlier"_s, [this](int key) { nudge(key, -1); });
    answer(u"rights.nudgeLater"_s, [this](int key) { nudge(key, 1); });
    answer(u"rights.moveEarlier"_s, [this](int key) { move(key, -1); });
    answer(u"rights.moveLater"_s, [this](int key) { move(key, 1); });
    answer(u"rights.groups"_s, [this](int) { m_page.grid().toggleGroups(); });
    answer(u"rights.keepMine"_s, [this](int) { m_page.plan().clashes().choose(Side::Mine); });
    answer(u"rights.takeTheirs"_s, [this](int) { m_page.plan().clashes().choose(Side::Theirs); });
    answer(u"rights.fillDown"_s, [this](int) { fillDown(); });
    answer(u"rights.draft"_s, [&session](int) { session.keepDraft(); });
    const auto withCurrent = [this](void (RightsSession::*act)(const engine::Rule&)) {
        return [this, act](int) {
            if (const GridRow* row = m_page.grid().currentRow())
                (m_page.session().*act)(engine::Rule(row->rule));
        };
    };
    answer(u"rights.keepTemplate"_s, withCurrent(&RightsSession::keepTemplate));
    answer(u"rights.addFromTemplate"_s, withCurrent(&RightsSession::addFromTemplate));
    answer(u"rights.pin"_s, [this](int) { m_page.pin().pinBefore(); });
    answer(u"rights.unpin"_s, [this](int) { m_page.pin().unpin(); });
    answer(u"rights.nextView"_s, [this](int) { m_page.showNextView(); });
    answer(u"rights.shift"_s, [this](int) { openBulk(BulkTask::Shift); });
    answer(u"rights.replace"_s, [this](int) { openBulk(BulkTask::Replace); });
    answer(u"rights.copyTo"_s, [this](int) { openBulk(BulkTask::Copy); });
    answer(u"rights.copy"_s, [this](int) { copy(); });
    answer(u"rights.paste"_s, [this](int) { paste(); });
    answer(u"rights.merge"_s, [this](int) { m_page.session().merge(m_page.grid().selectedWindows()); });
    answer(u"rights.cut"_s, [this](int) { cut(); });
    answer(u"rights.add"_s, [this](int) { addWindow(); });
    answer(u"rights.remove"_s, [this](int) { removeWindows(); });
    answer(u"rights.drop"_s, [&session](int) { session.drop(); });
    answer(u"app.undo"_s,
        [this, &session](int) { say(session.undo() ? tr("Undone") : tr("There is nothing to undo here")); });
    answer(u"app.redo"_s,
        [this, &session](int) { say(session.redo() ? tr("Done again") : tr("There is nothing to redo here")); });
    answer(u"app.table"_s, [this](int) { m_page.toggleTwin(); });
    window.keys().addEscapeStep(this, [this] { return escape(); });
}

void RightsKeys::answer(const QString& id, std::function<void(int)> act)
{
    m_window.commands().handle(id, this, std::move(act));
}

void RightsKeys::say(const QString& sentence)
{
    m_window.announce(sentence);
}

bool RightsKeys::escape()
{
    if (m_window.overlay())
        return false;
    if (m_page.chart().isEditing()) {
        m_page.chart().cancelEdit();
        return true;
    }
    if (m_page.grid().isEditing()) {
        m_page.grid().cancelEdit();
        return true;
    }
    if (m_page.bulk().isVisible()) {
        m_page.bulk().shut();
        return true;
    }
    const bool atRest = QApplication::focusWidget() == m_page.baseFocus();
    if (!atRest || m_page.session().plan().isEmpty() || m_page.session().isApplying())
        return false;
    m_page.session().drop();
    m_page.plan().clearProblem();
    say(tr("The plan was dropped. Ctrl+Z brings it back."));
    return true;
}

void RightsKeys::nudge(int keyIndex, int direction)
{
    const GridRow* row = m_page.grid().currentRow();
    if (!row || row->removed)
        return;
    const Instant now = m_page.session().now();
    // Without a chosen edge: the one still to come.
    const bool future = row->rule.window.start && now < *row->rule.window.start;
    const Edge edge = m_page.grid().edge().value_or(future || !row->rule.window.end ? Edge::Start : Edge::End);
    const auto nudgedRule = [edge, keyIndex, direction, at = m_page.session().at()](const engine::Rule& rule) {
        const Instant from = (edge == Edge::Start ? rule.window.start : rule.window.end).value_or(at);
        return withEdge(rule, edge, nudged(from, stepOf(keyIndex), direction));
    };
    const engine::Rule changed = nudgedRule(row->rule);
    m_page.session().change(m_page.grid().selectedWindows(), nudgedRule);
    const Instant to = edge == Edge::Start ? *changed.window.start : *changed.window.end;
    m_page.chart().bringIntoView(to);
    const QString text = edgeText(to, widgets::preferences().zone);
    say(edge == Edge::Start ? tr("Starts %1").arg(text) : tr("Ends %1").arg(text));
}

void RightsKeys::move(int keyIndex, int direction)
{
    const std::vector<WindowId> windows = m_page.grid().selectedWindows();
    if (windows.empty())
        return;
    m_page.session().change(windows, [keyIndex, direction](engine::Rule rule) {
        for (std::optional<Instant>* edge : {&rule.window.start, &rule.window.end}) {
            if (*edge)
                *edge = nudged(**edge, stepOf(keyIndex), direction);
        }
        return rule;
    });
    if (const GridRow* row = m_page.grid().currentRow())
        say(windowText(row->rule.window));
}

void RightsKeys::nextConflict()
{
    const auto& groups = m_page.model().groups();
    std::vector<const GridRow*> rows;
    for (const GridGroup& group : groups) {
        for (const GridRow& row : group.rows) {
            if (row.state.kind == WindowStateKind::Conflict || row.state.kind == WindowStateKind::Shadowed)
                rows.push_back(&row);
        }
    }
    if (rows.empty()) {
        say(tr("There is no conflict in the titles shown"));
        return;
    }
    const GridRow* current = m_page.grid().currentRow();
    const QModelIndex at = m_page.grid().currentIndex();
    const auto place = [this](const WindowId& id) {
        const QModelIndex index = m_page.model().indexOf(id);
        return std::pair(index.parent().row(), index.row());
    };
    const std::pair here = current ? std::pair(at.parent().row(), at.row()) : std::pair(at.row(), -1);
    const auto next = std::ranges::find_if(rows, [&](const GridRow* row) { return place(row->rule.id) > here; });
    const GridRow& row = next == rows.end() ? *rows.front() : **next;
    m_page.grid().showWindow(row.rule.id, Column::State);
    if (!row.overlaps.empty() && row.overlaps.front().start)
        m_page.chart().bringIntoView(*row.overlaps.front().start);
    say(lookOf(row.state).text);
}

void RightsKeys::fillDown()
{
    const Column column = m_page.grid().cursorColumn();
    std::vector<WindowId> windows = m_page.grid().selectedWindows();
    if (windows.size() == 1) { // one row takes the value from the row above
        const QModelIndex at = m_page.grid().currentWindow();
        if (const GridRow* above = m_page.model().rowAt(at.siblingAtRow(at.row() - 1)))
            windows.insert(windows.begin(), above->rule.id);
    }
    if (windows.size() < 2 || column == Column::State) {
        say(tr("Select windows and a column to fill"));
        return;
    }
    const StagedPlan& plan = m_page.session().plan();
    const engine::Rule source = *plan.find(windows.front());
    std::vector<engine::Rule> put;
    for (std::size_t i = 1; i < windows.size(); ++i)
        put.push_back(withColumnOf(*plan.find(windows[i]), source, column));
    m_page.session().stage(put);
    say(tr("%n window(s) filled", nullptr, static_cast<int>(put.size())));
}

void RightsKeys::cut()
{
    const GridRow* row = m_page.grid().currentRow();
    if (!row)
        return;
    const auto parts = cutAt(row->rule, m_page.session().at());
    if (!parts) {
        say(tr("The as-of line must stand inside the window to cut it"));
        return;
    }
    m_page.session().stage({parts->first, parts->second});
    say(tr("Cut at %1").arg(instantText(m_page.session().at())));
}

void RightsKeys::addWindow()
{
    const engine::RuleSet& rules = m_page.session().plan().base();
    const GridRow* row = m_page.grid().currentRow();
    const GridGroup* group = m_page.model().groupAt(m_page.grid().currentIndex());
    engine::Rule rule;
    if (row) {
        rule = row->rule;
        rule.provenance.reset();
        // Follows the window that it is made from.
        rule.window.start = row->rule.window.end ? row->rule.window.end : m_page.session().at();
    } else {
        const auto& shown = m_page.session().shown();
        rule.scope = group ? group->title : !shown.empty() ? shown.front() : TitleId();
        if (rule.scope.isEmpty() && !rules.titles.empty())
            rule.scope = rules.titles.front().id;
        rule.territory.include = {u"WORLD"_s};
        rule.sites.all = true;
        rule.offers.all = true;
        rule.window.start = std::chrono::floor<std::chrono::days>(m_page.session().at());
    }
    if (rule.scope.isEmpty()) {
        say(tr("There is no title yet; import a list of rights or add files"));
        return;
    }
    rule.id = newId<WindowId>();
    rule.window.end = *rule.window.start + kNewWindow;
    m_page.session().stage({rule});
    m_page.grid().showWindow(rule.id, Column::Territory);
    m_page.chart().bringIntoView(*rule.window.start);
}

void RightsKeys::openBulk(BulkTask task)
{
    m_page.bulk().open(task, m_page.grid().selectedWindows());
}

void RightsKeys::copy()
{
    const std::vector<GridRow> rows = m_page.grid().selectedRows();
    QApplication::clipboard()->setText(toSheetText(rows));
    say(tr("%n window(s) copied as cells of a spreadsheet", nullptr, static_cast<int>(rows.size())));
}

void RightsKeys::paste()
{
    const std::vector<WindowId> selected = m_page.grid().selectedWindows();
    m_page.session().paste(QApplication::clipboard()->text(),
        selected.size() > 1 ? selected : m_page.grid().windowsFromCursor(), m_page.grid().cursorColumn());
}

void RightsKeys::removeWindows()
{
    const std::vector<WindowId> windows = m_page.grid().selectedWindows();
    if (windows.empty())
        return;
    m_page.session().stage({}, windows);
    say(tr("%n window(s) will be removed when the plan is applied", nullptr, static_cast<int>(windows.size())));
}

} // namespace vidimus::ui::rights
