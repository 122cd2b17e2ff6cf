#pragma once

#include "ui/widgets/table_helpers.h"

namespace vidimus::ui::rights {

/// Paints the grid's cells: title rows over the whole width, the territory's code in its own place, an outline around
/// the cell that keys act on. The editor is a line of text.
class RightsGridDelegate : public widgets::CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QWidget* createEditor(
        QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(
        QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace vidimus::ui::rights
