#include "ui/widgets/error_card.h"

#include "ui/widgets/button.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int kWidth = 540;
constexpr int kIndent = 28;
} // namespace

FactRows::FactRows(int labelWidth, QWidget* parent)
    : QWidget(parent)
    , m_labelWidth(labelWidth)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kGap);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(1, 1);
}

void FactRows::addRow(const QString& label, const QString& text)
{
    if (text.isEmpty())
        return;
    auto* grid = static_cast<QGridLayout*>(layout());
    const int row = grid->rowCount();
    auto* name = new TextLabel(label, TextRole::Body, Ink::Second, this);
    name->setFixedWidth(m_labelWidth - kGap);
    grid->addWidget(name, row, 0, Qt::AlignTop);
    grid->addWidget(new Paragraph(text, TextRole::Body, Ink::Text, this), row, 1);
}

void FactRows::clear()
{
    while (QLayoutItem* item = layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

ErrorCard::ErrorCard(const QString& title, const FivePartText& text, QWidget* parent)
    : QWidget(parent)
    , m_title(title)
    , m_actions(new QHBoxLayout)
{
    setAccessibleName(title);
    setMaximumWidth(kWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(kPanelPadding);
    auto* head = new TextLabel(title, TextRole::Section, Ink::Text, this);
    head->setContentsMargins(kIndent, 0, 0, 0);
    auto* headRow = new QHBoxLayout;
    headRow->addSpacing(kIndent);
    headRow->addWidget(head, 1);
    layout->addLayout(headRow);
    auto* facts = new FactRows(60, this);
    facts->addRow(tr("What"), text.what);
    facts->addRow(tr("Effect"), text.effect);
    facts->addRow(tr("Safe"), text.safe);
    facts->addRow(tr("Do"), text.action);
    layout->addWidget(facts);
    layout->addStretch(1);
    m_actions->setSpacing(kGap);
    m_actions->addStretch(1);
    auto* details = new Button(tr("Details"), Button::Kind::Quiet, this);
    details->setIconName(u"copy"_s);
    details->setToolTip(text.details);
    details->setAccessibleDescription(tr("Copies all five parts to the clipboard."));
    connect(details, &Button::clicked, this, [this, text] {
        QGuiApplication::clipboard()->setText(text.toClipboardText());
        Q_EMIT detailsCopied();
    });
    m_actions->addWidget(details);
    layout->addLayout(m_actions);
}

Button* ErrorCard::addAction(const QString& text, const QString& key)
{
    auto* button = new Button(text, m_actionCount == 0 ? Button::Kind::Primary : Button::Kind::Plain, this);
    button->setKeyHint(key);
    m_actions->insertWidget(m_actionCount++, button);
    return button;
}

void ErrorCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    drawPanel(painter, rect(), tokens.raised, tokens.line, 8);
    const QRect mark(16, 17, 18, 18);
    drawIcon(painter, u"cross"_s, QStyle::visualRect(layoutDirection(), rect(), mark), tokens.rejected);
}

} // namespace vidimus::ui::widgets
