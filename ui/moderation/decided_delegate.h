#pragma once

#include <QStyledItemDelegate>

namespace vidimus::ui::moderation {

/// Rows of DecidedModel: icon, short id, what was decided, where it is. Row 28.
class DecidedDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace vidimus::ui::moderation
