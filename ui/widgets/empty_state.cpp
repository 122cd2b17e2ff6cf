#include "ui/widgets/empty_state.h"

#include "ui/widgets/button.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QVBoxLayout>

namespace vidimus::ui::widgets {

namespace {

constexpr int kRing = 40;

class RingedIcon : public QWidget {
public:
    RingedIcon(QString iconName, QWidget* parent)
        : QWidget(parent)
        , m_iconName(std::move(iconName))
    {
        setFixedSize(kRing, kRing);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        drawPanel(painter, rect(), QColor(), currentTokens().line, kRing / 2.0);
        drawIcon(painter, m_iconName, QRect(10, 10, 20, 20), currentTokens().second);
    }

private:
    QString m_iconName;
};

} // namespace

EmptyState::EmptyState(const QString& iconName, const QString& sentence, const QString& more, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(kGap);
    layout->addStretch(1);
    layout->addWidget(new RingedIcon(iconName, this), 0, Qt::AlignHCenter);
    layout->addSpacing(4);
    auto* title = new Paragraph(sentence, TextRole::Section, Ink::Text, this);
    title->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    layout->addWidget(title);
    if (!more.isEmpty()) {
        auto* text = new Paragraph(more, TextRole::Body, Ink::Second, this);
        text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
        layout->addWidget(text);
    }
    layout->addStretch(1);
}

Button* EmptyState::setNextStep(const QString& text, const QString& key)
{
    delete m_next;
    m_next = new Button(text, Button::Kind::Primary, this);
    m_next->setKeyHint(key);
    auto* box = static_cast<QVBoxLayout*>(layout());
    box->insertWidget(box->count() - (m_other ? 2 : 1), m_next, 0, Qt::AlignHCenter);
    return m_next;
}

Button* EmptyState::setOtherStep(const QString& text)
{
    delete m_other;
    m_other = new Button(text, Button::Kind::Quiet, this);
    auto* box = static_cast<QVBoxLayout*>(layout());
    box->insertWidget(box->count() - 1, m_other, 0, Qt::AlignHCenter);
    return m_other;
}

} // namespace vidimus::ui::widgets
