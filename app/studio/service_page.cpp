#include "app/studio/service_page.h"

#include "ui/widgets/announcer.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/table_helpers.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QTableView>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace ui::widgets;

/// Keeps its place while it is empty, so that nothing jumps when it speaks.
class ResultLine : public QWidget {
public:
    explicit ResultLine(QWidget* parent)
        : QWidget(parent)
        , m_announcer(new Announcer(this))
    {
        m_layout = new QVBoxLayout(this);
        m_layout->setContentsMargins(0, 0, 0, 0);
        setMinimumHeight(20);
    }
    void say(const QString& sentence, bool failed)
    {
        delete m_label;
        m_label = new Paragraph(sentence, TextRole::Body, failed ? Ink::Rejected : Ink::Passed, this);
        m_layout->addWidget(m_label);
        m_announcer->say(sentence);
    }

private:
    Announcer* m_announcer;
    QVBoxLayout* m_layout = nullptr;
    Paragraph* m_label = nullptr;
};

ServicePage::ServicePage(const QString& title, const QString& sentence, QWidget* parent)
    : WorkspacePage(parent)
    , m_column(new QWidget(this))
    , m_layout(new QVBoxLayout(m_column))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    outer->addWidget(area);
    auto* body = new QWidget(area);
    auto* centre = new QHBoxLayout(body);
    centre->setContentsMargins(24, 24, 24, 24);
    m_column->setParent(body);
    m_column->setMaximumWidth(kColumnWidth);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(kGap);
    m_layout->addStretch(1); // takes what is left, so that everything stands at the top
    place(new TextLabel(title, TextRole::Title, Ink::Text, m_column));
    if (!sentence.isEmpty())
        place(new Paragraph(sentence, TextRole::Body, Ink::Second, m_column));
    m_result = new ResultLine(m_column);
    place(m_result);
    centre->addStretch(1);
    centre->addWidget(m_column, 100);
    centre->addStretch(1);
    area->setWidget(body);
}

void ServicePage::place(QWidget* widget)
{
    m_layout->insertWidget(m_layout->count() - 1, widget);
}

void ServicePage::beginSection(const QString& title, const QString& sentence)
{
    m_layout->insertSpacing(m_layout->count() - 1, kPanelPadding);
    place(new TextLabel(title, TextRole::Section, Ink::Text, m_column));
    if (!sentence.isEmpty())
        place(new Paragraph(sentence, TextRole::Body, Ink::Second, m_column));
}

void ServicePage::add(QWidget* widget)
{
    widget->setParent(m_column);
    place(widget);
}

void ServicePage::addRow(std::initializer_list<QWidget*> widgets)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    for (QWidget* widget : widgets) {
        widget->setParent(m_column);
        row->addWidget(widget, 0, Qt::AlignBottom);
    }
    row->addStretch(1);
    m_layout->insertLayout(m_layout->count() - 1, row);
}

QTableView* ServicePage::makeTable(QStandardItemModel* model, const QString& name, const std::vector<int>& columnWidths)
{
    auto* table = new QTableView(m_column);
    setUpTable(table);
    table->setModel(model);
    table->setItemDelegate(new CellDelegate(table));
    table->setAccessibleName(name);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    for (int section = 0; section < static_cast<int>(columnWidths.size()); ++section) {
        const int width = columnWidths[static_cast<std::size_t>(section)];
        if (width == 0)
            table->horizontalHeader()->setSectionResizeMode(section, QHeaderView::Stretch);
        else
            table->setColumnWidth(section, width);
    }
    return table;
}

int ServicePage::selectedRow(const QTableView* table)
{
    const QModelIndexList rows = table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

void ServicePage::fitHeight(QTableView* table, int maxRows)
{
    const int rows = std::clamp(table->model()->rowCount(), 1, maxRows);
    table->setFixedHeight(rows * rowHeight() + kRowHeight + 2);
}

void ServicePage::say(const QString& sentence, bool failed)
{
    m_result->say(sentence, failed);
}

QWidget* labelled(const QString& label, QWidget* control, QWidget* parent)
{
    auto* holder = new QWidget(parent);
    auto* layout = new QVBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(new TextLabel(label, TextRole::Label, Ink::Second, holder));
    control->setParent(holder);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(label);
    layout->addWidget(control);
    return holder;
}

} // namespace vidimus::studio
