#pragma once

#include "ui/widgets/table_helpers.h"

namespace vidimus::ui::publishing {

/// Rows of the jobs tree: groups as bands, ladder steps as cells 16 high, all else as widgets::CellDelegate has it.
class JobDelegate : public widgets::CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace vidimus::ui::publishing
