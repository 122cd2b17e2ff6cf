#pragma once

#include <QStyledItemDelegate>

namespace vidimus::ui::publishing {

/// A card of the board: thumbnail 72×40, name and kind beside it, the gate strip, a word and a date.
class CardDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace vidimus::ui::publishing
