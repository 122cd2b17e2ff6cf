#include "ui/widgets/undo_card.h"

#include "ui/widgets/button.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QHBoxLayout>

namespace vidimus::ui::widgets {

namespace {
constexpr int kRoomForBoth = 240;
}

UndoCard::UndoCard(QWidget* parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, TextRole::BodyMedium, Ink::Text, this))
    , m_detail(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_sendNow(new Button(tr("Send now"), Button::Kind::Quiet, this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* undo = new Button(tr("Undo"), Button::Kind::Plain, this);
    undo->setKeyHint(keyText(QKeySequence(Qt::CTRL | Qt::Key_Z)));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(37, 11, kPanelPadding, 13);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_detail);
    layout->addStretch(1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    buttons->addWidget(undo);
    buttons->addWidget(m_sendNow);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    connect(undo, &Button::clicked, this, &UndoCard::undoWanted);
    connect(m_sendNow, &Button::clicked, this, &UndoCard::sendNowWanted);
}

void UndoCard::showDecision(const QString& iconName, Ink ink, const QString& text)
{
    m_iconName = iconName;
    m_ink = ink;
    m_title->setText(text);
    setAccessibleName(text);
    update();
}

void UndoCard::setTimeLeft(Milliseconds left, Milliseconds whole)
{
    m_share = whole.count() > 0 ? std::clamp(double(left.count()) / double(whole.count()), 0.0, 1.0) : 0;
    const auto seconds = static_cast<int>((std::max<qint64>(0, left.count()) + 999) / 1000);
    m_detail->setText(tr("Leaves this machine in %n s", nullptr, seconds));
    update();
}

QSize UndoCard::sizeHint() const
{
    return {248, 94};
}

void UndoCard::resizeEvent(QResizeEvent*)
{
    // In a narrow queue only Undo stays; sending happens by itself.
    m_sendNow->setVisible(width() >= kRoomForBoth);
}

void UndoCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    drawPanel(painter, rect(), tokens.raised, tokens.line);
    const auto place = [this](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    drawIcon(painter, m_iconName, place({13, 12, 16, 16}), inkColor(m_ink));
    painter.fillRect(place({4, height() - 2, qRound((width() - 8) * m_share), 2}), tokens.accent);
}

} // namespace vidimus::ui::widgets
