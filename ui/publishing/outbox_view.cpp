#include "ui/publishing/outbox_view.h"

#include "ui/publishing/operation_panel.h"
#include "ui/publishing/outbox_model.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/skeleton_rows.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/table_helpers.h"

#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {
enum StackPage { Loading, Empty, Content };
}

OutboxView::OutboxView(QWidget* parent)
    : QWidget(parent)
    , m_model(new OutboxModel(this))
    , m_stack(new QStackedWidget(this))
    , m_splitter(new Splitter(Qt::Horizontal, m_stack))
    , m_table(new QTableView(m_splitter))
    , m_panel(new OperationPanel(m_splitter))
{
    m_stack->setFocusPolicy(Qt::ClickFocus); // the focus rests here while there is no list
    m_stack->setAccessibleName(tr("Outbox"));
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Outbox"));
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(OutboxModel::Title, QHeaderView::Stretch);
    header->setSectionResizeMode(OutboxModel::LastError, QHeaderView::Stretch);
    header->resizeSection(OutboxModel::What, 180);
    header->resizeSection(OutboxModel::State, 140);
    header->resizeSection(OutboxModel::Age, 90);
    header->resizeSection(OutboxModel::Attempts, 80);
    header->resizeSection(OutboxModel::NextTry, 110);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({1360, 484});
    m_panel->setMinimumWidth(320);
    m_stack->addWidget(new SkeletonRows(kRowHeight, false, m_stack));
    m_stack->addWidget(new EmptyState(u"check"_s, tr("Everything is sent."),
        tr("What you do is stored here first; what the site has not taken yet stands in this list."), m_stack));
    m_stack->addWidget(m_splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (const catalog::Operation* operation = m_model->operation(current)) {
            m_selected = operation->id;
            showSelected();
        }
    });
    connect(m_panel, &OperationPanel::retryWanted, this, &OutboxView::retryWanted);
    connect(m_panel, &OperationPanel::dropWanted, this, &OutboxView::dropWanted);
    connect(m_panel, &OperationPanel::sendWanted, this, &OutboxView::sendWanted);
}

void OutboxView::setOperations(
    std::vector<catalog::Operation> operations, const QHash<TitleId, QString>& names, Instant now)
{
    m_now = now;
    m_stack->setCurrentIndex(operations.empty() ? Empty : Content);
    const OperationId wanted = m_selected;
    m_model->setOperations(std::move(operations), names, now);
    const int row = std::max(0, m_model->rowOf(wanted));
    if (m_model->rowCount() > 0 && m_table->currentIndex().row() != row)
        m_table->setCurrentIndex(m_model->index(row, 0));
    showSelected();
}

const catalog::Operation* OutboxView::selected() const
{
    const int row = m_model->rowOf(m_selected);
    return row < 0 ? nullptr : m_model->operation(m_model->index(row, 0));
}

void OutboxView::showSelected()
{
    if (const catalog::Operation* operation = selected())
        m_panel->setOperation(*operation, m_model->nameOf(operation->title), m_now);
}

QWidget* OutboxView::focusWidgetOf() const
{
    return m_stack->currentIndex() == Content ? static_cast<QWidget*>(m_table) : m_stack;
}

QRect OutboxView::panelRect() const
{
    return m_stack->currentIndex() == Content ? m_panel->geometry() : QRect();
}

void OutboxView::setNarrow(bool narrow)
{
    m_splitter->setSizes(narrow ? QList {896, 340} : QList {1360, 484});
}

} // namespace vidimus::ui::publishing
