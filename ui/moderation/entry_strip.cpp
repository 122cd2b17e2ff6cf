#include "ui/moderation/entry_strip.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QApplication>
#include <QFocusEvent>
#include <QLineEdit>

namespace vidimus::ui::moderation {

using namespace widgets;

EntryStrip::EntryStrip(QWidget* parent)
    : Panel(&Tokens::raised, Qt::TopEdge, parent)
    , m_label(new TextLabel({}, TextRole::BodyMedium, Ink::Second, this))
    , m_field(new QLineEdit(this))
    , m_hint(new TextLabel(tr("Enter takes it, Esc leaves"), TextRole::LabelPlain, Ink::Second, this))
{
    setFixedHeight(44);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    row->setSpacing(kPanelPadding);
    m_label->setKeepsWidth(true);
    m_hint->setKeepsWidth(true);
    row->addWidget(m_label);
    row->addWidget(m_field, 1);
    row->addWidget(m_hint);
    m_field->setMaxLength(2000);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (m_accept)
            m_accept(m_field->text().trimmed());
        else
            close();
    });
    connect(m_field, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_hint->setInk(Ink::Second);
        m_hint->setText(tr("Enter takes it, Esc leaves"));
        if (m_typed)
            m_typed(text);
    });
    hide();
}

void EntryStrip::open(
    const QString& label, const QString& placeholder, const QString& text, Accept accept, Accept typed)
{
    m_accept = std::move(accept);
    m_typed = std::move(typed);
    m_label->setText(label);
    m_field->setAccessibleName(label);
    m_field->setPlaceholderText(placeholder);
    m_field->setText(text);
    m_hint->setInk(Ink::Second);
    m_hint->setText(tr("Enter takes it, Esc leaves"));
    if (!isVisible())
        m_before = QApplication::focusWidget();
    show();
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->selectAll();
}

void EntryStrip::complain(const QString& sentence)
{
    m_hint->setInk(Ink::Rejected);
    m_hint->setText(sentence);
}

void EntryStrip::close()
{
    if (m_field->hasFocus() && m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    hide();
}

bool EntryStrip::eventFilter(QObject* watched, QEvent* event)
{
    // A popup (the input method, a menu) takes the focus only for a moment.
    if (watched == m_field && event->type() == QEvent::FocusOut
        && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason
        && static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason)
        hide();
    return Panel::eventFilter(watched, event);
}

} // namespace vidimus::ui::moderation
