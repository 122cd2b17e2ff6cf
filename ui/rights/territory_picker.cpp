#include "ui/rights/territory_picker.h"

#include "ui/rights/rights_texts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

TerritoryPicker::TerritoryPicker(QWidget* parent)
    : Panel(Qt::RightEdge, parent)
    , m_header(new SectionHeader(tr("Territory"), this))
    , m_filter(new QLineEdit(this))
    , m_model(new TerritoryModel(this))
    , m_list(new QListView(this))
    , m_text(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_clear(new Button(tr("Clear"), Button::Kind::Quiet, this))
    , m_give(new Button({}, Button::Kind::Plain, this))
{
    setAccessibleName(tr("Territory"));
    m_filter->setPlaceholderText(tr("Find a country or group"));
    m_filter->setAccessibleName(tr("Find a country or group"));
    m_filter->setClearButtonEnabled(true);
    setUpList(m_list);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CellDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Groups and countries; Space takes in, again leaves out"));
    m_list->installEventFilter(this);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kGap);
    top->addWidget(m_filter);
    auto* words = new QHBoxLayout;
    words->setContentsMargins(kPanelPadding, 6, kPanelPadding, 0);
    words->addWidget(m_text);
    m_buttons = new QBoxLayout(QBoxLayout::LeftToRight);
    m_buttons->setContentsMargins(kPanelPadding, 6, kPanelPadding, kGap);
    m_buttons->addWidget(m_clear);
    m_buttons->addStretch(1);
    m_buttons->addWidget(m_give);
    column()->addWidget(m_header);
    column()->addLayout(top);
    column()->addWidget(m_list, 1);
    column()->addLayout(words);
    column()->addLayout(m_buttons);
    connect(m_filter, &QLineEdit::textChanged, m_model, &TerritoryModel::setFilter);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        m_list->setCurrentIndex(m_model->index(0));
        m_list->setFocus(Qt::OtherFocusReason);
    });
    connect(m_list, &QListView::clicked, m_model, &TerritoryModel::cycle);
    connect(m_clear, &QAbstractButton::clicked, this, [this] { m_model->setExpression({}); });
    connect(m_give, &QAbstractButton::clicked, this, [this] { Q_EMIT giveWanted(m_model->expression()); });
    connect(m_model, &TerritoryModel::changed, this, [this] {
        refresh();
        Q_EMIT changed(m_model->expression());
    });
    refresh();
}

void TerritoryPicker::setTargets(int windows, const QString& problem)
{
    m_windows = windows;
    m_problem = problem;
    refresh();
}

void TerritoryPicker::refresh()
{
    const engine::TerritoryExpression& territory = m_model->expression();
    const bool empty = territory.include.isEmpty();
    m_text->setText(empty ? tr("All that windows name are shown.") : territoryNames(territory));
    m_clear->setDisabledReason(empty && territory.exclude.isEmpty() ? tr("Nothing is chosen.") : QString());
    //: Stages the chosen territory for the windows selected in the timeline.
    m_give->setText(tr("Give to %n window(s)", nullptr, m_windows));
    m_give->setDisabledReason(!m_problem.isEmpty() ? m_problem
            : empty                                ? tr("Choose a territory first.")
            : m_windows == 0                       ? tr("Select windows in the timeline first.")
                                                   : QString());
    placeButtons();
}

void TerritoryPicker::placeButtons()
{
    const int wanted = m_clear->sizeHint().width() + m_give->sizeHint().width() + 2 * kPanelPadding + kGap;
    m_buttons->setDirection(wanted <= width() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void TerritoryPicker::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    placeButtons();
}

bool TerritoryPicker::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Space || key->key() == Qt::Key_Return) && key->modifiers() == Qt::NoModifier) {
            m_model->cycle(m_list->currentIndex());
            return true;
        }
    }
    return Panel::eventFilter(watched, event);
}

} // namespace vidimus::ui::rights
