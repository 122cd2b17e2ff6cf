#include "ui/rights/where_view.h"

#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/rights/explain_panel.h"
#include "ui/rights/live_at.h"
#include "ui/rights/matrix_model.h"
#include "ui/rights/matrix_view.h"
#include "ui/rights/problem_text.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/territory_picker.h"
#include "ui/rights/world_map.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/time_label.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

struct Counted {
    Result<std::shared_ptr<const WhereSource>> source;
    QHash<QString, CountryShare> shares;
};

} // namespace

WhereView::WhereView(workbench::Workspace& workspace, RightsSession& session, ExplainPanel& explain, QWidget* parent)
    : Panel({}, parent)
    , m_workspace(workspace)
    , m_session(session)
    , m_explain(explain)
    , m_picker(new TerritoryPicker(this))
    , m_map(new WorldMap(this))
    , m_model(new MatrixModel(this))
    , m_matrix(new MatrixView(*m_model, this))
    , m_mapHeader(new SectionHeader(tr("Where it may be watched"), this))
    , m_matrixHeader(new SectionHeader(tr("Titles by territory"), this))
    , m_side(new Panel({}, this))
{
    setAccessibleName(tr("Where titles may be watched"));
    m_matrixHeader->setLineAbove(true);
    auto* upper = new Panel({}, this);
    upper->column()->addWidget(m_mapHeader);
    upper->column()->addWidget(m_map, 1);
    auto* lower = new Panel({}, this);
    lower->column()->addWidget(m_matrixHeader);
    lower->column()->addWidget(m_matrix, 1);
    auto* middle = new Splitter(Qt::Vertical, this);
    middle->addWidget(upper);
    middle->addWidget(lower);
    middle->setSizes({520, 400});
    middle->setChildrenCollapsible(false);
    auto* all = new QHBoxLayout;
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_picker);
    all->addWidget(middle, 1);
    all->addWidget(m_side);
    column()->addLayout(all, 1);
    connect(&session, &RightsSession::measured, this, [this] {
        m_picker->setGroups(m_session.measure().rules->groups);
        ask();
    });
    connect(&session, &RightsSession::atChanged, this, &WhereView::ask);
    for (QComboBox* box : {explain.site(), explain.offer()})
        connect(box, &QComboBox::currentIndexChanged, this, &WhereView::ask);
    connect(m_picker, &TerritoryPicker::changed, this, &WhereView::showPlaces);
    connect(m_picker, &TerritoryPicker::giveWanted, this, [this](const engine::TerritoryExpression& territory) {
        m_session.change(m_selected, [&territory](engine::Rule rule) {
            rule.territory = territory;
            return rule;
        });
    });
    connect(m_model, &MatrixModel::rowsWanted, this, &WhereView::askRows);
    connect(m_map, &WorldMap::countryWanted, this, [this](const QString& country) { explainIn(country, {}); });
    connect(m_matrix, &MatrixView::cellWanted, this, [this](const QModelIndex& cell) {
        const QString place = cell.data(MatrixModel::PlaceRole).toString();
        m_map->setCurrent(place.left(2));
        explainIn(place, TitleId(cell.data(MatrixModel::TitleIdRole).toString()));
    });
}

WhereView::~WhereView()
{
    m_cancel.cancel();
}

void WhereView::takeExplain()
{
    m_side->column()->addWidget(&m_explain);
    m_explain.show();
}

void WhereView::setSelected(const std::vector<WindowId>& windows)
{
    m_selected = windows;
    m_picker->setTargets(static_cast<int>(windows.size()),
        m_session.mayEdit() ? QString() : tr("Your role may look at rights, but not change them."));
}

void WhereView::setNarrow(bool narrow)
{
    m_picker->setFixedWidth(narrow ? 248 : 264);
    m_side->setFixedWidth(narrow ? 320 : 460);
}

void WhereView::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    ask();
}

void WhereView::ask()
{
    if (!isVisible() || !m_session.measure().resolver)
        return;
    m_cancel.cancel();
    m_cancel = CancelSource();
    const int turn = ++m_turn;
    m_question
        = {m_explain.site()->currentData().toString(), m_explain.offer()->currentData().toString(), m_session.at()};
    m_mapHeader->setCount(tr("being worked out"));
    const PlanMeasure& measure = m_session.measure();
    const bool same = m_source && m_source->rules == measure.rules && m_source->shown == m_session.shown();
    m_workspace.tasks().run(
        this,
        [known = same ? m_source : nullptr, rules = measure.rules, resolver = measure.resolver,
            compiled = m_session.compiled(), shown = m_session.shown(), question = m_question,
            cancel = m_cancel.token()]() -> Counted {
            auto source = known ? Result<std::shared_ptr<const WhereSource>>(known)
                                : whereSource(rules, resolver, compiled, shown, cancel);
            if (!source)
                return {std::move(source).error(), {}};
            return {*source, whereShares(**source, question, cancel)};
        },
        [this, turn](const Counted& counted) {
            if (turn == m_turn)
                take(counted.source, counted.shares);
        });
}

void WhereView::askRows(int first, int count)
{
    if (!m_source)
        return;
    m_workspace.tasks().run(
        this,
        [source = m_source, question = m_question, first, count, cancel = m_cancel.token()] {
            return whereRows(
                *source, question, static_cast<std::size_t>(first), static_cast<std::size_t>(count), cancel);
        },
        [this, source = m_source, turn = m_turn, first](std::vector<WhereRow> rows) {
            if (turn == m_turn && source == m_source)
                m_model->setRows(first, std::move(rows));
        });
}

void WhereView::take(
    const Result<std::shared_ptr<const WhereSource>>& source, const QHash<QString, CountryShare>& shares)
{
    if (!source) {
        m_mapHeader->setCount(problemSentence(source.error()));
        return;
    }
    m_source = *source;
    m_map->setShares(shares);
    //: Above the map: site, offer and instant of the visitor.
    m_mapHeader->setCount(tr("%1 with %2 at %3").arg(m_question.site, m_question.offer, instantText(m_question.at)));
    m_model->forgetAnswers();
    showPlaces();
    m_matrix->look();
}

QStringList WhereView::shownPlaces() const
{
    const engine::TerritoryExpression& territory = m_picker->model().expression();
    const engine::RuleSet& rules = *m_source->rules;
    if (!territory.include.isEmpty())
        return placesOf(territory, rules);
    QStringList places = m_source->named;
    for (const QString& out : placesOf({territory.exclude, {}}, rules))
        places.removeAll(out);
    return places;
}

void WhereView::showPlaces()
{
    if (!m_source)
        return;
    const QStringList places = shownPlaces();
    const bool chosen = !m_picker->model().expression().include.isEmpty();
    QSet<QString> outlined;
    for (const QString& place : chosen ? places : QStringList())
        outlined.insert(place.left(2));
    m_map->setChosen(outlined);
    const QModelIndex at = m_matrix->currentIndex();
    const TitleId title(at.data(MatrixModel::TitleIdRole).toString());
    const QString place = at.data(MatrixModel::PlaceRole).toString();
    m_model->setSource(m_source);
    m_model->setPlaces(places);
    m_matrix->setCurrentIndex(m_model->indexOf(title, place));
    m_matrixHeader->setCount(
        //: Numbers of titles and territories above the matrix.
        tr("%1 × %2").arg(countText(m_model->rowCount()), countText(m_model->columnCount())));
}

void WhereView::explainIn(const QString& place, const TitleId& title)
{
    QComboBox* country = m_explain.country();
    if (country->findData(place) < 0)
        country->addItem(u"%1  %2"_s.arg(place, territoryName(place)), place);
    const TitleId asked = !title.isEmpty()      ? title
        : m_source && !m_source->titles.empty() ? m_source->titles.front().id
                                                : TitleId();
    m_explain.explainIn(m_explain.title().isEmpty() || !title.isEmpty() ? asked : m_explain.title(), place);
}

} // namespace vidimus::ui::rights
