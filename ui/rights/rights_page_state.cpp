#include "ui/rights/bulk_panel.h"
#include "ui/rights/contracts_view.h"
#include "ui/rights/deals_panel.h"
#include "ui/rights/effect_panel.h"
#include "ui/rights/expiries_panel.h"
#include "ui/rights/explain_panel.h"
#include "ui/rights/history_panel.h"
#include "ui/rights/import_panel.h"
#include "ui/rights/issues_panel.h"
#include "ui/rights/live_at_panel.h"
#include "ui/rights/matrix_view.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_bar.h"
#include "ui/rights/rights_chart.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rights_page.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/territory_picker.h"
#include "ui/rights/title_selector.h"
#include "ui/rights/where_view.h"
#include "ui/rights/world_map.h"
#include "ui/rights/zone_text.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/preferences.h"

#include <QFileDialog>
#include <QJsonArray>
#include <QLineEdit>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

/// What the page shows now: its view, its rows, and what the session brings back.
namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kGridWidth = 560;
constexpr int kNarrowGridWidth = 432;
constexpr int kLowerHeight = 276;
constexpr int kNarrowLowerHeight = 244;

} // namespace

bool RightsPage::hasRules() const
{
    return !m_session->plan().base().rules.empty() || !m_session->plan().isEmpty() || !m_import->file().isEmpty();
}

void RightsPage::refreshState()
{
    switch (m_session->state()) {
    case RightsSession::State::Loading:
        m_stack->setCurrentWidget(m_loading);
        break;
    case RightsSession::State::Failed:
        m_stack->setCurrentWidget(m_failed);
        break;
    case RightsSession::State::Ready:
        m_titles->setTitles(m_session->plan().base().titles);
        m_titles->choose(m_session->shown());
        const bool first = m_stack->currentWidget() != m_content;
        m_stack->setCurrentWidget(hasRules() ? m_content : m_empty);
        if (first && hasRules() && (hasFocus() || m_empty->isAncestorOf(focusWidget())))
            m_grid->setFocus(Qt::OtherFocusReason);
        break;
    }
}

void RightsPage::refreshRows()
{
    const Instant now = m_session->now();
    const GridRow* row = m_grid->currentRow();
    const WindowId current = row ? row->rule.id : WindowId();
    const Column column = static_cast<Column>(std::max(0, m_grid->currentIndex().column()));
    const bool measured = m_session->isMeasured();
    m_chart->setNow(now);
    m_chart->setAt(m_session->at());
    m_live->setAt(m_session->at());
    m_model->setGroups(
        gridGroups(m_session->plan(), m_session->measure().after, m_session->shown(), now, m_grouping), m_grouping);
    if (m_grid->currentWindow().isValid()) {
        // Nothing moved.
    } else if (!current.isEmpty() && m_model->indexOf(current).isValid()) {
        m_grid->showWindow(current, column);
    } else if (m_model->windowCount() > 0 && !m_model->groups().empty()) {
        const auto group = std::ranges::find_if(m_model->groups(), [](const GridGroup& g) { return !g.rows.empty(); });
        m_grid->showWindow(group->rows.front().rule.id, Column::Territory);
    }
    if (measured) {
        const PlanMeasure& measure = m_session->measure();
        m_bar->setConflicts(static_cast<int>(measure.now.list.size()), static_cast<int>(measure.after.list.size()),
            !m_session->plan().isEmpty());
        m_bar->setExpiries(measure.expiries);
        m_live->setChanges(measure.changes, now);
        Q_EMIT badgeChanged(static_cast<int>(measure.now.list.size()));
        Q_EMIT viewsChanged();
    }
    if (m_session->state() == RightsSession::State::Ready)
        m_stack->setCurrentWidget(hasRules() ? m_content : m_empty);
    refreshReason();
}

void RightsPage::announce(const QString& sentence)
{
    if (auto* window = qobject_cast<shell::MainWindow*>(this->window()))
        window->announce(sentence);
}

void RightsPage::refreshReason()
{
    const auto selected = m_grid->selectedWindows();
    m_bulk->setSelected(selected);
    m_where->setSelected(selected);
    QString sentence = tr("%n window(s), %1 selected", nullptr, m_model->windowCount()).arg(selected.size());
    const GridRow* row = m_grid->currentRow();
    if (row && m_grid->edge()) {
        const bool start = *m_grid->edge() == Edge::Start;
        if (const auto& at = start ? row->rule.window.start : row->rule.window.end)
            sentence = start ? tr("Starts %1").arg(edgeText(*at, preferences().zone))
                             : tr("Ends %1").arg(edgeText(*at, preferences().zone));
    }
    Q_EMIT reasonChanged(sentence);
}

void RightsPage::showWindow(const WindowId& window)
{
    if (m_view != u"plan")
        showView(u"timeline"_s);
    m_grid->showWindow(window, Column::State);
    if (const GridRow* row = m_grid->currentRow(); row && row->rule.window.start)
        m_chart->bringIntoView(*row->rule.window.start);
}

void RightsPage::explainCurrent()
{
    const GridGroup* group = m_model->groupAt(m_grid->currentIndex());
    const GridRow* row = m_grid->currentRow();
    const TitleId title = row ? row->rule.scope : group ? group->title : TitleId();
    if (!title.isEmpty())
        m_explain->explain(title, row ? &row->rule : nullptr);
}

void RightsPage::showToday()
{
    m_session->setAt(std::chrono::floor<std::chrono::minutes>(m_session->now()));
    m_chart->bringIntoView(m_session->now(), true);
}

std::vector<SegmentedControl::Segment> RightsPage::views() const
{
    const int staged = m_session->plan().count();
    const int conflicts = m_session->isMeasured() ? static_cast<int>(m_session->measure().after.list.size()) : 0;
    return {{u"timeline"_s, tr("Timeline")}, {u"plan"_s, tr("Plan"), staged}, {u"explain"_s, tr("Explain")},
        {u"contracts"_s, tr("Contracts"), conflicts}};
}

void RightsPage::showView(const QString& id)
{
    const bool known = std::ranges::any_of(views(), [&id](const auto& view) { return view.id == id; });
    if (!known || id == m_view)
        return;
    m_view = id;
    arrange();
    if (m_stack->currentWidget() == m_content && isVisible())
        baseFocus()->setFocus(Qt::OtherFocusReason);
    Q_EMIT viewsChanged();
}

void RightsPage::showNextView()
{
    const auto list = views();
    const auto at = std::ranges::find(list, m_view, &SegmentedControl::Segment::id);
    const auto next = at == list.end() || std::next(at) == list.end() ? list.begin() : std::next(at);
    showView(next->id);
    announce(next->text);
}

void RightsPage::toggleTwin()
{
    showView(m_view == u"plan" ? u"timeline"_s : u"plan"_s);
}

void RightsPage::arrange()
{
    const bool plan = m_view == u"plan";
    const bool explain = m_view == u"explain";
    const bool contracts = m_view == u"contracts";
    m_grid->setTableTwin(plan);
    m_chartSide->setVisible(!plan);
    m_grid->setMaximumWidth(plan ? QWIDGETSIZE_MAX : m_narrow ? kNarrowGridWidth : kGridWidth);
    m_grid->setVerticalScrollBarPolicy(plan ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (explain)
        m_where->takeExplain();
    else if (m_explain->parentWidget() != m_lower)
        m_lower->addWidget(m_explain);
    m_explain->show();
    m_bar->setChartTools(m_view == u"timeline", m_view == u"timeline" || plan);
    m_live->setVisible(!plan && !contracts);
    m_lowerHolder->setVisible(!explain);
    m_views->setCurrentWidget(explain ? static_cast<QWidget*>(m_where)
            : contracts               ? static_cast<QWidget*>(m_contracts)
                                      : m_split);
    if (!explain)
        m_lower->setSizes(m_narrow ? QList<int> {470, 312, 454} : QList<int> {680, 420, 740});
    Q_EMIT drawerAreaChanged();
}

void RightsPage::setGrouping(Grouping grouping)
{
    m_grouping = grouping;
    m_bar->setGrouping(grouping);
    refreshRows();
}

void RightsPage::askForImport()
{
    auto* dialog
        = new QFileDialog(this, tr("Import rights"), QString(), tr("Lists of rights (*.xlsx *.csv *.tsv *.txt *.xml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setModal(false);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { m_import->open(file); });
    connect(dialog, &QDialog::finished, this, [this] { baseFocus()->setFocus(Qt::OtherFocusReason); });
    dialog->show();
}

QWidget* RightsPage::baseFocus()
{
    if (m_stack->currentWidget() != m_content)
        return this;
    if (m_view == u"explain")
        return &m_where->matrix();
    return m_view == u"contracts" ? static_cast<QWidget*>(m_contracts->issues().table()) : m_grid;
}

QWidget* RightsPage::filterInput()
{
    return m_titles->lineEdit();
}

std::vector<QWidget*> RightsPage::panes()
{
    if (m_stack->currentWidget() != m_content)
        return {this};
    if (m_view == u"explain")
        return {m_where->picker().list(), &m_where->map(), &m_where->matrix(), m_live->field(), m_explain->country()};
    if (m_view == u"contracts")
        return {m_contracts->issues().table(), m_contracts->expiries().table(), m_contracts->deals().table(),
            m_contracts->history().table(), m_plan->table(), m_effect->table()};
    if (m_view == u"plan")
        return {m_grid, m_plan->table(), m_effect->table(), m_explain->country()};
    return {m_grid, m_chart, m_live->field(), m_plan->table(), m_effect->table(), m_explain->country()};
}

QRect RightsPage::drawerArea() const
{
    const int width = m_narrow ? 304 : 412;
    return {this->width() - width, m_bar->height(), width, height() - m_bar->height() - m_lowerHolder->height()};
}

void RightsPage::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_grid->setNarrow(narrow);
    m_bar->setNarrow(narrow);
    m_plan->setNarrow(narrow);
    m_explain->setNarrow(narrow);
    m_clock->setVisible(!narrow);
    m_titles->setMinimumWidth(narrow ? 260 : 320);
    const int grid = narrow ? kNarrowGridWidth : kGridWidth;
    m_grid->setMinimumWidth(grid - 80);
    m_split->setSizes({grid, std::max(200, width() - grid)});
    m_lowerHolder->setFixedHeight(narrow ? kNarrowLowerHeight : kLowerHeight);
    m_where->setNarrow(narrow);
    m_contracts->setNarrow(narrow);
    arrange();
}

QJsonObject RightsPage::saveState() const
{
    const auto sizes = [](const QSplitter* splitter) {
        QJsonArray list;
        for (const int size : splitter->sizes())
            list.append(size);
        return list;
    };
    const GridRow* row = m_grid->currentRow();
    return {{u"split"_s, sizes(m_split)}, {u"lower"_s, sizes(m_lower)},
        {u"title"_s, m_session->shown().empty() ? QString() : m_session->shown().front().toString()},
        {u"window"_s, row ? row->rule.id.toString() : QString()}, {u"view"_s, m_view},
        {u"grouping"_s, static_cast<int>(m_grouping)}, {u"zoom"_s, static_cast<int>(m_chart->scale().zoom())},
        {u"start"_s, toRfc3339(m_chart->scale().start())}};
}

void RightsPage::restoreState(const QJsonObject& state)
{
    const auto restore = [&state](QSplitter* splitter, QLatin1StringView name) {
        QList<int> sizes;
        for (const QJsonValue& size : state.value(name).toArray())
            sizes << std::clamp(size.toInt(), 100, 10'000);
        if (sizes.size() == splitter->count())
            splitter->setSizes(sizes);
    };
    restore(m_split, "split"_L1);
    restore(m_lower, "lower"_L1);
    const int zoom = state.value("zoom"_L1).toInt(static_cast<int>(Zoom::Month));
    const auto start = parseRfc3339(state.value("start"_L1).toString());
    if (start && zoom >= 0 && zoom <= static_cast<int>(Zoom::Year))
        m_chart->setScale(TimeScale(*start, static_cast<Zoom>(zoom)));
    m_bar->setZoom(m_chart->scale().zoom());
    setGrouping(
        static_cast<Grouping>(std::clamp(state.value("grouping"_L1).toInt(), 0, static_cast<int>(Grouping::Site))));
    showView(state.value("view"_L1).toString());
    if (const QString title = state.value("title"_L1).toString(); !title.isEmpty())
        m_session->setShown({TitleId(title)});
    const WindowId window(state.value("window"_L1).toString());
    if (!window.isEmpty())
        connect(
            m_session, &RightsSession::measured, this,
            [this, window] { m_grid->showWindow(window, Column::Territory); }, Qt::SingleShotConnection);
}

void RightsPage::openSubject(const QString& id)
{
    if (id.isEmpty())
        return;
    const std::vector<TitleId> wanted {TitleId(id)};
    const bool isShown = m_session->shown() == wanted && m_session->isMeasured();
    m_session->setShown(wanted);
    m_titles->choose(wanted);
    if (isShown)
        explainCurrent();
    else
        connect(m_session, &RightsSession::measured, this, &RightsPage::explainCurrent, Qt::SingleShotConnection);
}

} // namespace vidimus::ui::rights
