#pragma once

#include "ui/widgets/queue_delegate.h"

namespace vidimus::ui::moderation {

/// The shared queue row, and a skeleton in place of a row that is still being read.
class QueueRowDelegate : public widgets::QueueDelegate {
    Q_OBJECT

public:
    using QueueDelegate::QueueDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Rows painted since the delegate was made.
    [[nodiscard]] int paintCount() const { return m_paintCount; }

private:
    mutable int m_paintCount = 0;
};

} // namespace vidimus::ui::moderation
