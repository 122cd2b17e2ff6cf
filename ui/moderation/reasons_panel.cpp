#include "ui/moderation/reasons_panel.h"

#include "ui/moderation/finding_detail.h"
#include "ui/moderation/panel.h"
#include "ui/moderation/thread_panel.h"
#include "ui/shell/mode.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"

#include <QHeaderView>
#include <QTableView>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kLeastRows = 3; // of the findings, however much stands below them
constexpr int kRoomyRows = 25; // a lower panel folds its explanation to what decides
constexpr int kFoldedFactHeight = 24;

/// Icon, sentence, short fact.
class FactRow : public QWidget {
public:
    FactRow(WhyFact fact, QWidget* parent)
        : QWidget(parent)
        , m_fact(std::move(fact))
    {
        setFixedHeight(rowHeight());
        setAccessibleName(m_fact.text + u' ' + m_fact.trailing);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
        row->setSpacing(kGap);
        row->addSpacing(24); // the icon's place, also where texts run from right to left
        row->addWidget(new TextLabel(m_fact.text, TextRole::Body, Ink::Text, this), 1);
        auto* trailing = new TextLabel(m_fact.trailing, TextRole::Body, Ink::Second, this);
        trailing->setKeepsWidth(true);
        row->addWidget(trailing);
        if (m_fact.other.isEmpty())
            return;
        m_compare = new Button(ReasonsPanel::tr("Compare"), Button::Kind::Link, this);
        m_compare->setFocusPolicy(Qt::TabFocus);
        m_compare->setAccessibleDescription(m_fact.text);
        row->addWidget(m_compare);
    }

    [[nodiscard]] Button* compareButton() const { return m_compare; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const QRect icon(kPanelPadding, (height() - 16) / 2, 16, 16);
        drawIcon(painter, m_fact.iconName, QStyle::visualRect(layoutDirection(), rect(), icon), inkColor(m_fact.ink));
    }

private:
    WhyFact m_fact;
    Button* m_compare = nullptr;
};

} // namespace

ReasonsPanel::ReasonsPanel(FindingsModel& findings, CommentsModel& comments, QWidget* parent)
    : QWidget(parent)
    , m_findings(findings)
    , m_factsPart(new QWidget(this))
    , m_header(new SectionHeader(tr("Findings"), this))
    , m_table(new QTableView(this))
    , m_empty(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_detail(new FindingDetail(this))
    , m_thread(new ThreadPanel(comments, this))
{
    setMinimumWidth(300);
    auto* layout = tightColumn(this);
    layout->addWidget(new SectionHeader(tr("Why it is here"), this));
    m_facts = tightColumn(m_factsPart);
    m_facts->setContentsMargins(0, 4, 0, 4);
    layout->addWidget(m_factsPart);
    m_header->setLineAbove(true);
    auto* previous = new IconButton(u"arrow-up"_s, tr("Previous evidence point"), this);
    auto* next = new IconButton(u"arrow-down"_s, tr("Next evidence point"), this);
    for (IconButton* button : {previous, next}) {
        button->setBordered(true);
        button->setFocusPolicy(Qt::TabFocus);
        m_header->addTrailing(button);
    }
    layout->addWidget(m_header);
    setUpTable(m_table);
    m_table->setAccessibleName(tr("Findings"));
    m_table->setModel(&m_findings);
    m_table->setFocusPolicy(Qt::TabFocus);
    shell::setModeOf(m_table, shell::Mode::List);
    m_table->horizontalHeader()->setSectionResizeMode(FindingsModel::Kind, QHeaderView::Stretch);
    m_table->setColumnWidth(FindingsModel::From, 100);
    m_table->setColumnWidth(FindingsModel::Severity, 68);
    m_table->setColumnWidth(FindingsModel::Measured, 92);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_table, 1);
    m_empty->setFixedHeight(44);
    m_empty->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    auto* emptyRow = new QHBoxLayout;
    emptyRow->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    emptyRow->addWidget(m_empty);
    layout->addLayout(emptyRow);
    layout->addWidget(m_detail);
    layout->addWidget(m_thread, 1);
    connect(previous, &QAbstractButton::clicked, this, &ReasonsPanel::previousWanted);
    connect(next, &QAbstractButton::clicked, this, &ReasonsPanel::nextWanted);
    const auto choose = [this](const QModelIndex& index) {
        if (index.isValid())
            Q_EMIT findingChosen(index.row());
    };
    connect(m_table, &QTableView::clicked, this, choose);
    connect(m_table, &QTableView::activated, this, choose);
    connect(&m_findings, &QAbstractItemModel::modelReset, this, &ReasonsPanel::refresh);
    refresh();
}

void ReasonsPanel::refresh()
{
    const int count = m_findings.rowCount();
    m_header->setCount(count > 0 ? countText(count) : QString());
    m_table->setVisible(count > 0);
    m_empty->setVisible(count == 0);
    // As high as its rows; what is left belongs to the thread.
    const int head = m_table->horizontalHeader()->height() + 2;
    m_table->setMaximumHeight(head + count * rowHeight());
    m_table->setMinimumHeight(head + std::min(count, kLeastRows) * rowHeight());
}

void ReasonsPanel::setFacts(const std::vector<WhyFact>& facts)
{
    while (QLayoutItem* item = m_facts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const WhyFact& fact : facts) {
        auto* row = new FactRow(fact, m_factsPart);
        m_facts->addWidget(row);
        if (row->compareButton()) {
            connect(row->compareButton(), &QAbstractButton::clicked, this,
                [this, other = fact.other] { Q_EMIT compareWanted(other); });
        }
    }
    m_factsPart->setVisible(!facts.empty());
    fold();
}

void ReasonsPanel::fold()
{
    const bool low = height() < kRoomyRows * rowHeight();
    m_detail->setFolded(low);
    for (int i = 0; i < m_facts->count(); ++i)
        m_facts->itemAt(i)->widget()->setFixedHeight(low ? std::min(kFoldedFactHeight, rowHeight()) : rowHeight());
}

void ReasonsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fold();
}

void ReasonsPanel::setEmptyText(const QString& sentence)
{
    m_empty->setText(sentence);
}

void ReasonsPanel::selectRow(int row)
{
    if (row < 0)
        m_table->clearSelection();
    else if (m_table->currentIndex().row() != row || !m_table->selectionModel()->hasSelection())
        m_table->selectRow(row);
}

void ReasonsPanel::setNarrow(bool narrow)
{
    m_table->setColumnHidden(FindingsModel::Severity, narrow);
    m_thread->setNarrow(narrow);
}

void ReasonsPanel::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), currentTokens().surface);
}

} // namespace vidimus::ui::moderation
