#include "ui/rights/matrix_view.h"

#include "ui/rights/matrix_model.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/table_helpers.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kCellWidth = 46;
constexpr int kTitleWidth = 260;

/// A mark or a count in the middle of a cell.
class MatrixDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Tokens& tokens = currentTokens();
        const QRect rect = option.rect;
        const bool selected = option.state & QStyle::State_Selected;
        const QColor under = selected ? tokens.selectionOver(tokens.surface) : tokens.surface;
        painter->fillRect(rect, under);
        const QColor line = blended(tokens.line, tokens.surface, 0.5);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line);
        painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), line);
        const QColor ink = inkColor(static_cast<Ink>(index.data(CellInkRole).toInt()));
        if (const QString icon = index.data(CellIconRole).toString(); !icon.isEmpty())
            drawIcon(*painter, icon, QRect(rect.center() - QPoint(7, 7), QSize(14, 14)), ink);
        else
            drawText(*painter, rect, index.data().toString(), TextRole::Label, ink, Qt::AlignCenter);
        if (selected && option.state & QStyle::State_HasFocus)
            drawPanel(*painter, rect.adjusted(1, 1, -1, -2), QColor(), tokens.accent, 3);
    }
};

} // namespace

MatrixView::MatrixView(MatrixModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    setUpTable(this);
    setModel(&model);
    setItemDelegate(new MatrixDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setAccessibleName(tr("Titles by territory"));
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    horizontalHeader()->setStretchLastSection(false);
    horizontalHeader()->setMinimumSectionSize(24);
    horizontalHeader()->setDefaultSectionSize(kCellWidth);
    horizontalHeader()->setDefaultAlignment(Qt::AlignCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->show();
    verticalHeader()->setFixedWidth(kTitleWidth);
    verticalHeader()->setDefaultSectionSize(kRowHeight);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    verticalHeader()->setTextElideMode(Qt::ElideRight);
    connect(this, &QTableView::clicked, this, &MatrixView::cellWanted);
    connect(&model, &QAbstractItemModel::modelReset, this, &MatrixView::look, Qt::QueuedConnection);
}

std::pair<int, int> MatrixView::rowsInView() const
{
    const int rows = model()->rowCount();
    const int first = std::max(0, rowAt(0));
    const int below = rowAt(viewport()->height() - 1);
    return {first, below >= 0 ? below : rows - 1};
}

void MatrixView::look()
{
    const auto [first, last] = rowsInView();
    m_model.see(first, last);
}

void MatrixView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    look();
}

void MatrixView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    look();
}

void MatrixView::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
        Q_EMIT cellWanted(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace vidimus::ui::rights
