#include "ui/widgets/filter_field.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

FilterField::FilterField(const QString& placeholder, const QString& keyHint, QWidget* parent)
    : QLineEdit(parent)
    , m_keyHint(keyHint)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setTextMargins(22, 0, 0, 0);
    setMaxLength(256);
}

QSize FilterField::sizeHint() const
{
    return {200, kControlHeight};
}

void FilterField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    if (!isEnabled())
        painter.setOpacity(0.4);
    const auto place = [this](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    drawIcon(painter, u"search"_s, place({9, (height() - 16) / 2, 16, 16}), currentTokens().second);
    if (text().isEmpty() && !m_keyHint.isEmpty() && !hasFocus()) {
        const QSize cap = keyCapSize(m_keyHint);
        drawKeyCap(painter,
            place({width() - cap.width() - 4, (height() - cap.height()) / 2, cap.width(), cap.height()}), m_keyHint);
    }
}

} // namespace vidimus::ui::widgets
