#pragma once

#include "ui/widgets/theme.h"

#include <QRect>
#include <QString>

namespace vidimus::studio {

/// What the first paint needs before the database is open: where the window was, what it wore and spoke. A cache in the
/// workspace's folder; losing it costs a repaint.
struct FrameMemory {
    QRect geometry; ///< invalid: not known
    bool maximized = false;
    ui::widgets::SchemeChoice scheme = ui::widgets::SchemeChoice::System;
    QString language; ///< one of languages()

    [[nodiscard]] static FrameMemory read(const QString& workspaceFolder);
    void write(const QString& workspaceFolder) const;
    friend bool operator==(const FrameMemory&, const FrameMemory&) = default;
};

} // namespace vidimus::studio
