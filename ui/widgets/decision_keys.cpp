#include "ui/widgets/decision_keys.h"

#include "ui/widgets/painting.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>

namespace vidimus::ui::widgets {

/// A key cap, a word, an outline when chosen.
class DecisionKeyButton : public QAbstractButton {
public:
    DecisionKeyButton(DecisionKey key, QWidget* parent)
        : QAbstractButton(parent)
        , m_key(std::move(key))
    {
        setText(m_key.text);
        setAccessibleDescription(DecisionKeys::tr("Key %1").arg(m_key.key));
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::NoFocus);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        setEnabled(m_key.enabled);
        setToolTip(m_key.disabledReason.isEmpty() ? m_key.text : m_key.disabledReason);
    }

    void setOutline(const QColor& color, bool filled)
    {
        m_outline = color;
        m_filled = filled;
        update();
    }
    [[nodiscard]] const QString& id() const { return m_key.id; }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {
            8 + keyCapSize(m_key.key).width() + 8 + roleMetrics(TextRole::BodyMedium).horizontalAdvance(text()) + 10,
            kControlHeight};
    }

    [[nodiscard]] QSize minimumSizeHint() const override
    {
        constexpr int kFewLetters = 34;
        return {std::min(sizeHint().width(), 8 + keyCapSize(m_key.key).width() + 8 + kFewLetters), kControlHeight};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Tokens& tokens = currentTokens();
        if (!isEnabled())
            painter.setOpacity(0.4);
        QColor fill;
        if (m_outline.isValid() && m_filled)
            fill = tokens.selectionOver(tokens.raised);
        else if (isEnabled() && underMouse())
            fill = tokens.hoverOver(tokens.raised);
        if (fill.isValid() || m_outline.isValid())
            drawPanel(painter, rect(), fill, m_outline);
        const QSize cap = keyCapSize(m_key.key);
        const auto place = [this](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
        drawKeyCap(painter, place(QRect(QPoint(8, (height() - cap.height()) / 2), cap)), m_key.key);
        drawText(painter, place({16 + cap.width(), 0, width() - cap.width() - 18, height()}), text(),
            TextRole::BodyMedium, tokens.text,
            QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter);
    }

private:
    DecisionKey m_key;
    QColor m_outline;
    bool m_filled = false;
};

DecisionKeys::DecisionKeys(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(kGap);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void DecisionKeys::setKeys(std::vector<DecisionKey> keys)
{
    for (QWidget* button : m_buttons)
        delete button;
    m_buttons.clear();
    m_keys = std::move(keys);
    for (const DecisionKey& key : m_keys) {
        auto* button = new DecisionKeyButton(key, this);
        connect(button, &QAbstractButton::clicked, this, [this, id = key.id] { Q_EMIT chosen(id); });
        m_layout->addWidget(button);
        m_buttons.push_back(button);
    }
}

void DecisionKeys::setChosen(const QString& id, Ink ink)
{
    for (DecisionKeyButton* button : m_buttons) {
        const bool on = !id.isEmpty() && button->id() == id;
        button->setOutline(on ? inkColor(ink) : QColor(), ink == Ink::Accent);
    }
}

} // namespace vidimus::ui::widgets
