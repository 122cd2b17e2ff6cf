#include "ui/rights/rights_page.h"

#include "ui/rights/bulk_panel.h"
#include "ui/rights/chart_accessible.h"
#include "ui/rights/effect_panel.h"
#include "ui/rights/explain_panel.h"
#include "ui/rights/import_panel.h"
#include "ui/rights/live_at_panel.h"
#include "ui/rights/panel.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_bar.h"
#include "ui/rights/rights_chart.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rights_keys.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/title_selector.h"
#include "ui/rights/zone_text.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/button.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/skeleton_rows.h"
#include "ui/widgets/splitter.h"

#include <QFileDialog>
#include <QJsonArray>
#include <QLineEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kGridWidth = 560;
constexpr int kNarrowGridWidth = 432;
constexpr int kLowerHeight = 276;
constexpr int kNarrowLowerHeight = 244;

QWidget* centred(QWidget* inner, QWidget* parent)
{
    auto* holder = new Panel({}, parent);
    holder->column()->addStretch(1);
    holder->column()->addWidget(inner, 0, Qt::AlignHCenter);
    holder->column()->addStretch(1);
    return holder;
}

} // namespace

RightsPage::RightsPage(workbench::Workspace& workspace, QWidget* parent)
    : WorkspacePage(parent)
    , m_session(new RightsSession(workspace, this))
    , m_model(new RightsGridModel(this))
    , m_stack(new QStackedWidget(this))
{
    m_titleWidget = makeTitle();
    installChartAccessibility();
    setAccessibleName(tr("Rights"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_import = new ImportPanel(workspace, *m_session, this);
    layout->addWidget(m_import);
    layout->addWidget(m_stack, 1);
    m_content = makeContent();
    m_loading = new SkeletonRows(kRowHeight, false, this);
    m_loading->setAccessibleName(tr("Rights are being loaded"));
    auto* empty = new EmptyState(u"rights"_s, tr("No windows yet."),
        tr("Import a licensor's list, or add files first and then their windows here."), this);
    auto* import = empty->setNextStep(tr("Import rights…"), keyText(QKeySequence(Qt::CTRL | Qt::Key_I)));
    connect(import, &QAbstractButton::clicked, this, &RightsPage::askForImport);
    m_empty = centred(empty, this);
    for (QWidget* page : {m_content, m_loading, m_empty})
        m_stack->addWidget(page);
    m_stack->setCurrentWidget(m_loading);
    connectParts();
    m_session->reload();
}

QWidget* RightsPage::makeTitle()
{
    auto* widget = new QWidget(this);
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kPanelPadding);
    m_titles = new TitleSelector(widget);
    layout->addWidget(m_titles);
    const QDateTime here = QDateTime::currentDateTime();
    const int minutes = here.offsetFromUtc() / 60;
    const QString offset = u"%1%2:%3"_s.arg(QChar(minutes < 0 ? u'−' : u'+'))
                               .arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'))
                               .arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
    //: All times of the page are UTC; %1 is the local offset: "+01:00".
    m_clock = new TextLabel(tr("Times are UTC, local is %1").arg(offset), TextRole::Body, Ink::Second, widget);
    layout->addWidget(m_clock);
    return widget;
}

QWidget* RightsPage::makeContent()
{
    auto* content = new Panel({}, this);
    m_bar = new RightsBar(content);
    m_bulk = new BulkPanel(*m_session, content);
    m_grid = new RightsGridView(*m_model, content);
    m_chartSide = new QWidget(content);
    m_chart = new RightsChart(*m_grid, m_chartSide);
    auto* side = new QHBoxLayout(m_chartSide);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(0);
    side->addWidget(m_chart, 1);
    auto* bar = new QScrollBar(Qt::Vertical, m_chartSide);
    bar->setFocusPolicy(Qt::NoFocus);
    side->addWidget(bar);
    QScrollBar* own = m_grid->verticalScrollBar();
    connect(own, &QScrollBar::rangeChanged, bar, [bar, own](int low, int high) {
        bar->setRange(low, high);
        bar->setPageStep(own->pageStep());
        bar->setSingleStep(kRowHeight);
        bar->setVisible(high > low);
    });
    connect(own, &QScrollBar::valueChanged, bar, &QScrollBar::setValue);
    connect(bar, &QScrollBar::valueChanged, own, &QScrollBar::setValue);
    bar->hide();
    m_split = new Splitter(Qt::Horizontal, content);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_grid);
    m_split->addWidget(m_chartSide);
    m_split->setStretchFactor(1, 1);
    m_live = new LiveAtPanel(content);
    m_plan = new PlanPanel(*m_session, content);
    m_effect = new EffectPanel(*m_session, content);
    m_explain = new ExplainPanel(*m_session, content);
    m_lowerHolder = new Panel({}, content);
    m_lower = new Splitter(Qt::Horizontal, m_lowerHolder);
    static_cast<Panel*>(m_lowerHolder)->column()->addWidget(m_lower);
    m_lower->setChildrenCollapsible(false);
    m_lower->addWidget(m_plan);
    m_lower->addWidget(m_effect);
    m_lower->addWidget(m_explain);
    m_lower->setStretchFactor(2, 1);
    content->column()->addWidget(m_bar);
    content->column()->addWidget(m_bulk);
    content->column()->addWidget(m_split, 1);
    content->column()->addWidget(m_live);
    content->column()->addWidget(m_lowerHolder);
    return content;
}

void RightsPage::connectParts()
{
    connect(m_session, &RightsSession::planChanged, this, &RightsPage::refreshRows);
    connect(m_session, &RightsSession::measured, this, &RightsPage::refreshRows);
    connect(m_session, &RightsSession::stateChanged, this, &RightsPage::refreshState);
    connect(m_session, &RightsSession::loadFailed, this, [this](const Error& error) {
        delete m_failed;
        auto* card = new ErrorCard(tr("The rights cannot be read"), errorText(error), this);
        auto* again = card->addAction(tr("Try again"));
        connect(again, &QAbstractButton::clicked, m_session, &RightsSession::reload);
        m_failed = centred(card, this);
        m_stack->addWidget(m_failed);
    });
    connect(m_session, &RightsSession::atChanged, this, [this] {
        m_chart->setAt(m_session->at());
        m_live->setAt(m_session->at());
    });
    connect(
        m_session, &RightsSession::liveChanged, this, [this] { m_live->setLive(m_session->live(), m_session->now()); });
    connect(m_session, &RightsSession::importRead, this, [this](const QString& file, const avails::ImportPlan& plan) {
        m_plan->showImport(file, plan);
        refreshState();
    });
    connect(m_import, &ImportPanel::closed, this, [this] {
        m_plan->clearProblem();
        refreshState();
        baseFocus()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_import, &ImportPanel::announced, this, &RightsPage::announce);
    connect(m_session, &RightsSession::applied, this, [this](int count) {
        announce(tr("%n edit(s) saved. Viewers see them when the outbox is sent.", nullptr, count));
    });
    connect(m_titles, &TitleSelector::shownChosen, this, [this](const std::vector<TitleId>& titles) {
        m_session->setShown(titles);
        m_grid->setFocus(Qt::OtherFocusReason);
    });
    connect(
        m_model, &RightsGridModel::edited, this, [this](const WindowId& window, Column column, const QString& text) {
            m_session->edit(m_grid->editTargets(window), column, text);
        });
    connect(m_bulk, &BulkPanel::closed, this, [this] { m_grid->setFocus(Qt::OtherFocusReason); });
    connect(m_bulk, &BulkPanel::staged, this,
        [this](int count) { announce(tr("%n edit(s) staged. Ctrl+Z takes them back.", nullptr, count)); });
    connect(m_session, &RightsSession::pasted, this, [this](int changed, int added) {
        //: After a paste: how many windows changed, and how many are new.
        announce(tr("%n window(s) changed, %1 new. Ctrl+Z takes it back.", nullptr, changed).arg(added));
    });
    connect(m_session, &RightsSession::merged, this,
        [this](int count) { announce(tr("%n window(s) became one", nullptr, count)); });
    connect(m_grid, &RightsGridView::cursorMoved, this, &RightsPage::refreshReason);
    connect(m_grid, &RightsGridView::edgeEditWanted, m_chart, &RightsChart::editEdge);
    connect(m_chart, &RightsChart::atWanted, m_session, &RightsSession::setAt);
    connect(m_chart, &RightsChart::windowChosen, this, &RightsPage::showWindow);
    connect(m_chart, &RightsChart::edgeMoved, this, [this](const WindowId& window, Edge edge, Instant to) {
        if (const engine::Rule* rule = m_session->plan().find(window))
            m_session->stage({withEdge(*rule, edge, to)});
    });
    connect(m_chart, &RightsChart::windowsMoved, this, [this](const std::vector<WindowId>& windows, Milliseconds by) {
        m_session->change(windows, [by](const engine::Rule& rule) { return withShift(rule, by); });
    });
    connect(m_bar, &RightsBar::groupingWanted, this, &RightsPage::setGrouping);
    connect(m_chart, &RightsChart::edgeTyped, this, [this](const WindowId& window, Edge edge, const QString& text) {
        m_session->edit(m_grid->editTargets(window), edge == Edge::Start ? Column::Start : Column::End, text);
    });
    connect(m_chart, &RightsChart::zoomChanged, m_bar, &RightsBar::setZoom);
    connect(m_bar, &RightsBar::zoomWanted, m_chart, &RightsChart::setZoom);
    connect(m_bar, &RightsBar::todayWanted, this, &RightsPage::showToday);
    connect(m_bar, &RightsBar::importWanted, this, &RightsPage::askForImport);
    connect(m_bar, &RightsBar::nextConflictWanted, this, [this] {
        if (m_keys)
            m_keys->nextConflict();
    });
    connect(m_live, &LiveAtPanel::atWanted, this, [this](Instant at) {
        m_session->setAt(at);
        m_chart->bringIntoView(at);
    });
    connect(m_plan, &PlanPanel::windowChosen, this, &RightsPage::showWindow);
    connect(m_plan, &PlanPanel::fillDownWanted, this, [this] {
        if (m_keys)
            m_keys->fillDown();
    });
    connect(m_explain, &ExplainPanel::windowChosen, this, &RightsPage::showWindow);
}

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

void RightsPage::setTableTwin(bool twin)
{
    m_grid->setTableTwin(twin);
    m_chartSide->setVisible(!twin);
    m_grid->setMaximumWidth(twin ? QWIDGETSIZE_MAX : m_narrow ? kNarrowGridWidth : kGridWidth);
    m_grid->setVerticalScrollBarPolicy(twin ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    m_grid->setFocus(Qt::OtherFocusReason);
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
    return m_stack->currentWidget() == m_content ? static_cast<QWidget*>(m_grid) : this;
}

QWidget* RightsPage::filterInput()
{
    return m_titles->lineEdit();
}

std::vector<QWidget*> RightsPage::panes()
{
    if (m_stack->currentWidget() != m_content)
        return {this};
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
    m_titles->setMinimumWidth(narrow ? 180 : 240);
    const int grid = narrow ? kNarrowGridWidth : kGridWidth;
    m_grid->setMinimumWidth(grid - 80);
    m_split->setSizes({grid, std::max(200, width() - grid)});
    m_lowerHolder->setFixedHeight(narrow ? kNarrowLowerHeight : kLowerHeight);
    m_lower->setSizes(narrow ? QList<int> {470, 312, 454} : QList<int> {680, 420, 740});
    setTableTwin(m_grid->isTableTwin());
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
        {u"window"_s, row ? row->rule.id.toString() : QString()}, {u"grouping"_s, static_cast<int>(m_grouping)},
        {u"zoom"_s, static_cast<int>(m_chart->scale().zoom())}, {u"start"_s, toRfc3339(m_chart->scale().start())}};
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

void RightsPage::showEvent(QShowEvent* event)
{
    WorkspacePage::showEvent(event);
    if (auto* window = qobject_cast<shell::MainWindow*>(this->window()); window && !m_keys)
        m_keys = std::make_unique<RightsKeys>(*this, *window);
}

void RightsPage::hideEvent(QHideEvent* event)
{
    m_keys.reset();
    WorkspacePage::hideEvent(event);
}

void RightsPage::resizeEvent(QResizeEvent* event)
{
    WorkspacePage::resizeEvent(event);
    Q_EMIT drawerAreaChanged();
}

} // namespace vidimus::ui::rights
