#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/style_parts.h"

#include <QComboBox>

namespace vidimus::ui::widgets::style_parts {

using namespace Qt::StringLiterals;

namespace {

void drawHeaderSection(const QStyleOptionHeader& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    painter.fillRect(option.rect, tokens.surface);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.line);
}

void drawHeaderLabel(const QStyleOptionHeader& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    QRect rect = option.rect.adjusted(4, 0, -4, 0);
    const auto alignment = QStyle::visualAlignment(option.direction, option.textAlignment) | Qt::AlignVCenter;
    if (option.sortIndicator != QStyleOptionHeader::None) {
        const QString name = option.sortIndicator == QStyleOptionHeader::SortUp ? u"chevron-up"_s : u"chevron-down"_s;
        drawIcon(painter, name, QRect(rect.right() - 11, rect.center().y() - 5, 12, 12), tokens.second);
        rect.setRight(rect.right() - 14);
    }
    drawText(painter, rect, option.text, TextRole::Label, tokens.second, alignment);
}

void drawProgress(const QStyleOptionProgressBar& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    const QRectF groove(option.rect.left(), option.rect.center().y() - 1.5, option.rect.width(), 4);
    drawPanel(painter, groove, tokens.line, QColor(), 2);
    const int range = option.maximum - option.minimum;
    if (range <= 0)
        return;
    const double share = std::clamp(double(option.progress - option.minimum) / range, 0.0, 1.0);
    QRectF done = groove;
    done.setWidth(groove.width() * share);
    if (option.direction == Qt::RightToLeft)
        done.moveRight(groove.right());
    drawPanel(painter, done, tokens.second, QColor(), 2);
}

void drawScrollBar(const QStyleOptionSlider& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    painter.fillRect(option.rect, tokens.surface);
    if (option.maximum <= option.minimum)
        return;
    const bool active = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const QColor color
        = blended(tokens.dark ? Qt::white : Qt::black, tokens.surface, tokens.strength(active ? 0.4 : 0.22));
    const QRectF rect = scrollBarRect(option, QStyle::SC_ScrollBarSlider);
    drawPanel(painter, rect.adjusted(2, 2, -2, -2), color, QColor(), 3);
}

void drawComboBox(const QStyleOptionComboBox& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    QColor fill = tokens.raised;
    if (option.state & QStyle::State_Enabled && option.state & QStyle::State_MouseOver)
        fill = tokens.hoverOver(fill);
    if (!(option.state & QStyle::State_Enabled))
        painter.setOpacity(0.4);
    drawPanel(painter, option.rect, fill, option.state & QStyle::State_On ? tokens.accent : tokens.line);
    const QRect arrow(option.rect.right() - 23, option.rect.center().y() - 6, 14, 14);
    drawIcon(painter, u"chevron-down"_s, QStyle::visualRect(option.direction, option.rect, arrow), tokens.second);
    painter.setOpacity(1);
}

void drawSlider(const QStyleOptionSlider& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int span = (horizontal ? option.rect.width() : option.rect.height()) - 14;
    const int at = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, span, option.upsideDown);
    const QPointF center = QRectF(option.rect).center();
    if (horizontal) {
        painter.fillRect(QRectF(option.rect.left(), center.y() - 1, option.rect.width(), 2), tokens.line);
        painter.fillRect(QRectF(option.rect.left(), center.y() - 1, at + 7, 2), tokens.second);
        drawPanel(painter, QRectF(option.rect.left() + at, center.y() - 7, 14, 14), tokens.text, QColor(), 7);
    } else {
        painter.fillRect(QRectF(center.x() - 1, option.rect.top(), 2, option.rect.height()), tokens.line);
        drawPanel(painter, QRectF(center.x() - 7, option.rect.top() + at, 14, 14), tokens.text, QColor(), 7);
    }
}

void drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(option.rect.left(), option.rect.center().y(), option.rect.width(), 1), tokens.line);
        return;
    }
    const bool enabled = option.state & QStyle::State_Enabled;
    if (enabled && option.state & QStyle::State_Selected)
        drawSelection(painter, option.rect, tokens.raised, option.direction);
    if (!enabled)
        painter.setOpacity(0.4);
    QRect rect = option.rect.adjusted(8, 0, -12, 0);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable || option.maxIconWidth > 0) {
        const QRect mark(rect.left(), rect.center().y() - 8, 16, 16);
        if (option.checked)
            drawIcon(painter, u"check"_s, QStyle::visualRect(option.direction, option.rect, mark), tokens.text);
        else if (!option.icon.isNull())
            option.icon.paint(&painter, QStyle::visualRect(option.direction, option.rect, mark));
        rect.setLeft(rect.left() + 24);
    }
    const QStringList parts = option.text.split(u'\t');
    QString text = parts.first();
    text.remove(u'&');
    const QRect shown = QStyle::visualRect(option.direction, option.rect, rect);
    drawText(painter, shown, text, TextRole::Body, tokens.text,
        QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter);
    if (parts.size() > 1)
        drawText(painter, shown, parts.last(), TextRole::Label, tokens.second,
            QStyle::visualAlignment(option.direction, Qt::AlignRight) | Qt::AlignVCenter);
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        drawIcon(painter, u"chevron-right"_s, QRect(option.rect.right() - 18, option.rect.center().y() - 7, 14, 14),
            tokens.second);
    painter.setOpacity(1);
}

} // namespace

bool drawControl(QStyle::ControlElement element, const QStyleOption& option, QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    switch (element) {
    case QStyle::CE_HeaderSection:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(&option))
            drawHeaderSection(*header, painter);
        return true;
    case QStyle::CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(&option))
            drawHeaderLabel(*header, painter);
        return true;
    case QStyle::CE_HeaderEmptyArea:
        painter.fillRect(option.rect, tokens.surface);
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.line);
        return true;
    case QStyle::CE_Splitter:
        painter.fillRect(option.rect, option.state & QStyle::State_MouseOver ? tokens.accent : tokens.line);
        return true;
    case QStyle::CE_ProgressBarGroove:
    case QStyle::CE_ProgressBarLabel:
        return true;
    case QStyle::CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(&option))
            drawProgress(*bar, painter);
        return true;
    case QStyle::CE_ComboBoxLabel:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(&option)) {
            const QRect field = QStyle::visualRect(option.direction, option.rect, option.rect.adjusted(10, 0, -26, 0));
            QColor ink = tokens.text;
            ink.setAlphaF(option.state & QStyle::State_Enabled ? 1.0F : 0.4F);
            if (!combo->editable)
                drawText(painter, field, combo->currentText, TextRole::Body, ink,
                    QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter);
        }
        return true;
    case QStyle::CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(&option))
            drawMenuItem(*item, painter);
        return true;
    case QStyle::CE_MenuEmptyArea:
        painter.fillRect(option.rect, tokens.raised);
        return true;
    case QStyle::CE_ShapedFrame:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(&option);
            frame && frame->frameShape == QFrame::StyledPanel) {
            painter.setPen(tokens.line);
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
            return true;
        }
        return false;
    default:
        return false;
    }
}

bool drawComplexControl(QStyle::ComplexControl control, const QStyleOptionComplex& option, QPainter& painter)
{
    switch (control) {
    case QStyle::CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(&option))
            drawScrollBar(*bar, painter);
        return true;
    case QStyle::CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(&option))
            drawComboBox(*combo, painter);
        return true;
    case QStyle::CC_Slider:
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(&option))
            drawSlider(*slider, painter);
        return true;
    default:
        return false;
    }
}

QRect scrollBarRect(const QStyleOptionSlider& bar, QStyle::SubControl subControl)
{
    const bool horizontal = bar.orientation == Qt::Horizontal;
    const int length = horizontal ? bar.rect.width() : bar.rect.height();
    const int range = bar.maximum - bar.minimum;
    int slider = length;
    if (range > 0)
        slider = std::clamp(
            static_cast<int>(qint64(length) * bar.pageStep / std::max<qint64>(1, qint64(range) + bar.pageStep)),
            std::min(28, length), length);
    const int at = QStyle::sliderPositionFromValue(
        bar.minimum, bar.maximum, bar.sliderPosition, length - slider, bar.upsideDown);
    const auto part = [&bar, horizontal](int from, int size) {
        return horizontal ? QRect(bar.rect.left() + from, bar.rect.top(), size, bar.rect.height())
                          : QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), size);
    };
    switch (subControl) {
    case QStyle::SC_ScrollBarSlider:
        return part(at, slider);
    case QStyle::SC_ScrollBarSubPage:
        return part(0, at);
    case QStyle::SC_ScrollBarAddPage:
        return part(at + slider, length - at - slider);
    case QStyle::SC_ScrollBarGroove:
        return bar.rect;
    default:
        return {};
    }
}

} // namespace vidimus::ui::widgets::style_parts
