#pragma once

#include <QStyledItemDelegate>

namespace vidimus::ui::shell {

/// Rows of the command palette: icon, text with the matched letters in accent, second text, key caps. Row 32, head 24.
class PaletteDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace vidimus::ui::shell
