#pragma once

#include <QStyledItemDelegate>

namespace vidimus::ui::moderation {

/// A comment: place, who and when on the first line, the words below, on as many lines as they need.
class CommentDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace vidimus::ui::moderation
