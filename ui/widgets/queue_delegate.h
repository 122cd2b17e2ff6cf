#pragma once

#include <QStyledItemDelegate>

namespace vidimus::ui::widgets {

/// Roles that QueueDelegate reads. DisplayRole is the title, DecorationRole a QImage or QPixmap (16:9).
enum QueueRole {
    SecondLineRole = Qt::UserRole + 1, ///< "#88214  0:31"
    BadgeRole, ///< text at the end of the second line: "Late in 9 m", "12 m"
    BadgeInkRole, ///< int of Ink; with BadgeBoxedRole
    BadgeBoxedRole, ///< bool: boxed, otherwise plain
    BadgeIconRole, ///< icon name
    QueueRoleEnd,
};

/// Rows of a queue: thumbnail 64×36, title, second line with a badge. Row 48.
class QueueDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    /// In narrow windows the badge gives way to its plain text.
    void setNarrow(bool narrow) { m_narrow = narrow; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    bool m_narrow = false;
};

} // namespace vidimus::ui::widgets
