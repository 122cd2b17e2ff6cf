#include "ui/shell/palette_delegate.h"

#include "ui/shell/palette_model.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr int kEdge = 18;

/// Text with some of its letters in accent; returns its width.
int drawMatched(QPainter& painter, QPoint at, int height, const QString& text, const QList<int>& positions)
{
    const Tokens& tokens = currentTokens();
    painter.setFont(roleFont(TextRole::Body));
    const QFontMetrics metrics = painter.fontMetrics();
    int x = at.x();
    for (qsizetype from = 0; from < text.size();) {
        const bool matched = positions.contains(static_cast<int>(from));
        qsizetype end = from + 1;
        while (end < text.size() && positions.contains(static_cast<int>(end)) == matched)
            ++end;
        const QString part = text.mid(from, end - from);
        painter.setFont(roleFont(matched ? TextRole::BodyMedium : TextRole::Body));
        painter.setPen(matched ? tokens.accent : tokens.text);
        painter.drawText(QRect(x, at.y(), 2000, height), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, part);
        x += painter.fontMetrics().horizontalAdvance(part);
        from = end;
    }
    Q_UNUSED(metrics)
    return x - at.x();
}

/// "Ctrl+Shift+Z" as one cap per key, right-aligned; returns the width.
int drawKeys(QPainter& painter, const QRect& row, const QString& keys)
{
    int x = row.right() - kEdge + 4;
    const QString plus = keys.endsWith(u'+') ? u"+"_s : QString();
    QStringList parts = keys.split(u'+', Qt::SkipEmptyParts);
    if (!plus.isEmpty())
        parts << plus;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        const QSize cap = keyCapSize(*part);
        x -= cap.width();
        drawKeyCap(painter, QRect(QPoint(x, row.center().y() - cap.height() / 2 + 1), cap), *part);
        x -= 6;
    }
    return row.right() - x;
}

} // namespace

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Tokens& tokens = currentTokens();
    painter->save();
    const QRect row = option.rect;
    const QString text = index.data(Qt::DisplayRole).toString();
    if (index.data(PaletteModel::IsSectionRole).toBool()) {
        drawText(*painter, row.adjusted(kEdge - 2, 0, -kEdge, 0), text, TextRole::Label, tokens.second);
        painter->restore();
        return;
    }
    if (option.state & QStyle::State_Selected)
        drawSelection(*painter, row, tokens.raised, option.direction);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(row, tokens.hoverOver(tokens.raised));
    const bool off = !index.data(PaletteModel::DisabledReasonRole).toString().isEmpty();
    if (off)
        painter->setOpacity(0.4);
    drawIcon(*painter, index.data(PaletteModel::IconNameRole).toString(),
        {row.left() + kEdge - 2, row.center().y() - 7, 16, 16}, tokens.second);
    int right = 0;
    if (off)
        drawIcon(*painter, u"lock"_s, {row.right() - kEdge - 12, row.center().y() - 7, 14, 14}, tokens.second);
    else if (const QString keys = index.data(PaletteModel::KeyRole).toString(); !keys.isEmpty())
        right = drawKeys(*painter, row, keys);
    const int left = row.left() + kEdge + 22;
    const int used = drawMatched(
        *painter, {left, row.top()}, row.height(), text, index.data(PaletteModel::PositionsRole).value<QList<int>>());
    drawText(*painter, {left + used + 8, row.top(), row.right() - right - left - used - 16, row.height()},
        index.data(PaletteModel::DetailRole).toString(), TextRole::LabelPlain, tokens.second);
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return {200, index.data(PaletteModel::IsSectionRole).toBool() ? 26 : 32};
}

} // namespace vidimus::ui::shell
