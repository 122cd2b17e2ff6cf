#include "ui/rights/rights_page.h"

#include "ui/rights/bulk_panel.h"
#include "ui/rights/chart_accessible.h"
#include "ui/rights/contracts_view.h"
#include "ui/rights/effect_panel.h"
#include "ui/rights/explain_panel.h"
#include "ui/rights/import_panel.h"
#include "ui/rights/live_at_panel.h"
#include "ui/rights/panel.h"
#include "ui/rights/pin_control.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_bar.h"
#include "ui/rights/rights_chart.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rights_keys.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/title_selector.h"
#include "ui/rights/where_view.h"
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
    , m_pin(new PinControl(workspace, this))
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
    m_content = makeContent(workspace);
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
    connectEdits();
    connectViews();
    m_view = u"timeline"_s;
    arrange();
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

QWidget* RightsPage::makeContent(workbench::Workspace& workspace)
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
    m_lowerHolder = makeLower(content);
    m_where = new WhereView(workspace, *m_session, *m_explain, content);
    m_contracts = new ContractsView(workspace, *m_session, content);
    m_views = new QStackedWidget(content);
    for (QWidget* view : std::initializer_list<QWidget*> {m_split, m_where, m_contracts})
        m_views->addWidget(view);
    content->column()->addWidget(m_bar);
    content->column()->addWidget(m_bulk);
    content->column()->addWidget(m_views, 1);
    content->column()->addWidget(m_live);
    content->column()->addWidget(m_lowerHolder);
    return content;
}

QWidget* RightsPage::makeLower(QWidget* parent)
{
    auto* holder = new Panel({}, parent);
    m_plan = new PlanPanel(*m_session, holder);
    m_effect = new EffectPanel(*m_session, holder);
    m_explain = new ExplainPanel(*m_session, holder);
    m_lower = new Splitter(Qt::Horizontal, holder);
    holder->column()->addWidget(m_lower);
    m_lower->setChildrenCollapsible(false);
    m_lower->addWidget(m_plan);
    m_lower->addWidget(m_effect);
    m_lower->addWidget(m_explain);
    m_lower->setStretchFactor(2, 1);
    return holder;
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
    connect(m_session, &RightsSession::importRead, this,
        [this](const QString& file, const avails::ImportPlan& plan, bool held) {
            m_plan->showImport(file, plan, held);
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
}

void RightsPage::showEvent(QShowEvent* event)
{
    WorkspacePage::showEvent(event);
    if (auto* window = qobject_cast<shell::MainWindow*>(this->window()); window && !m_keys)
        m_keys = std::make_unique<RightsKeys>(*this, *window);
    m_pin->refresh();
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
