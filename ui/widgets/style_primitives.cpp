#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/style_parts.h"

#include <QAbstractItemView>
#include <QComboBox>

namespace vidimus::ui::widgets::style_parts {

using namespace Qt::StringLiterals;

namespace {

void drawInput(const QStyleOption& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    const bool focused = option.state & QStyle::State_HasFocus;
    const QColor line = tokens.dark ? blended(Qt::white, tokens.raised, tokens.strength(0.1))
                                    : blended(Qt::black, tokens.raised, tokens.strength(0.2));
    drawPanel(painter, option.rect, tokens.dark ? tokens.surface : tokens.raised, focused ? tokens.accent : line);
}

void drawPushButton(const QStyleOption& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    QColor fill = tokens.raised;
    if (option.state & QStyle::State_Enabled && option.state & QStyle::State_MouseOver)
        fill = tokens.hoverOver(fill);
    if (option.state & (QStyle::State_Sunken | QStyle::State_On))
        fill = tokens.selectionOver(tokens.raised);
    drawPanel(painter, option.rect, fill, tokens.line);
}

void drawCheckBox(const QStyleOption& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    const bool on = option.state & QStyle::State_On;
    const bool partly = option.state & QStyle::State_NoChange;
    if (!(option.state & QStyle::State_Enabled))
        painter.setOpacity(0.4);
    drawPanel(
        painter, option.rect, on || partly ? tokens.accent : QColor(), on || partly ? tokens.accent : tokens.third, 4);
    if (on || partly)
        drawIcon(painter, partly ? u"minus"_s : u"check"_s, option.rect.adjusted(2, 2, -2, -2), tokens.onAccent);
    painter.setOpacity(1);
}

void drawRadio(const QStyleOption& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    const bool on = option.state & QStyle::State_On;
    drawPanel(painter, option.rect, QColor(), on ? tokens.accent : tokens.third, option.rect.width() / 2.0);
    if (on)
        drawPanel(painter, QRectF(option.rect).adjusted(4, 4, -4, -4), tokens.accent, QColor(), 4);
}

void drawItemRow(const QStyleOptionViewItem& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    if (option.state & QStyle::State_Selected) {
        const bool first = option.viewItemPosition == QStyleOptionViewItem::Beginning
            || option.viewItemPosition == QStyleOptionViewItem::OnlyOne
            || option.viewItemPosition == QStyleOptionViewItem::Invalid;
        if (first)
            drawSelection(painter, option.rect, tokens.surface, option.direction);
        else
            painter.fillRect(option.rect, tokens.selectionOver(tokens.surface));
    } else if (option.state & QStyle::State_MouseOver) {
        painter.fillRect(option.rect, tokens.hoverOver(tokens.surface));
    } else if (option.backgroundBrush.style() != Qt::NoBrush) {
        painter.fillRect(option.rect, option.backgroundBrush);
    }
}

void drawRing(const QStyleOption& option, QPainter& painter)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(currentTokens().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 4, 4);
    painter.restore();
}

QString arrowName(QStyle::PrimitiveElement element)
{
    switch (element) {
    case QStyle::PE_IndicatorArrowUp:
        return u"chevron-up"_s;
    case QStyle::PE_IndicatorArrowLeft:
        return u"chevron-left"_s;
    case QStyle::PE_IndicatorArrowRight:
        return u"chevron-right"_s;
    default:
        return u"chevron-down"_s;
    }
}

} // namespace

bool drawPrimitive(
    QStyle::PrimitiveElement element, const QStyleOption& option, QPainter& painter, const QWidget* widget)
{
    const Tokens& tokens = currentTokens();
    switch (element) {
    case QStyle::PE_PanelLineEdit:
        if (widget && qobject_cast<QComboBox*>(widget->parentWidget()))
            return true;
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(&option); frame && frame->lineWidth <= 0)
            return true;
        drawInput(option, painter);
        return true;
    case QStyle::PE_FrameLineEdit:
        return true;
    case QStyle::PE_PanelButtonCommand:
    case QStyle::PE_PanelButtonTool:
        drawPushButton(option, painter);
        return true;
    case QStyle::PE_IndicatorCheckBox:
    case QStyle::PE_IndicatorItemViewItemCheck:
        drawCheckBox(option, painter);
        return true;
    case QStyle::PE_IndicatorRadioButton:
        drawRadio(option, painter);
        return true;
    case QStyle::PE_PanelItemViewRow:
        return true;
    case QStyle::PE_PanelItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(&option))
            drawItemRow(*item, painter);
        return true;
    case QStyle::PE_FrameFocusRect:
        // Lists show their current row; other controls have the ring outside (FocusRing).
        if (qobject_cast<const QAbstractItemView*>(widget) && option.state & QStyle::State_KeyboardFocusChange)
            drawRing(option, painter);
        return true;
    case QStyle::PE_IndicatorBranch:
        if (option.state & QStyle::State_Children) {
            const QString name = option.state & QStyle::State_Open ? u"chevron-down"_s : u"chevron-right"_s;
            drawIcon(painter, name, QRect(0, 0, 16, 16).translated(option.rect.center() - QPoint(8, 8)), tokens.second);
        }
        return true;
    case QStyle::PE_IndicatorArrowDown:
    case QStyle::PE_IndicatorArrowUp:
    case QStyle::PE_IndicatorArrowLeft:
    case QStyle::PE_IndicatorArrowRight:
        drawIcon(painter, arrowName(element), option.rect, tokens.second);
        return true;
    case QStyle::PE_PanelTipLabel:
        painter.fillRect(option.rect, tokens.raised);
        painter.setPen(tokens.line);
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
        return true;
    case QStyle::PE_FrameMenu:
        painter.setPen(tokens.line);
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
        return true;
    case QStyle::PE_PanelMenu:
        painter.fillRect(option.rect, tokens.raised);
        return true;
    case QStyle::PE_PanelScrollAreaCorner:
        painter.fillRect(option.rect, tokens.surface);
        return true;
    default:
        return false;
    }
}

} // namespace vidimus::ui::widgets::style_parts
