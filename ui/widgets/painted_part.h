#pragma once

#include <QRect>
#include <QString>

#include <vector>

class QHelpEvent;
class QWidget;

namespace vidimus::ui::widgets {

/// A part of a widget that paints itself, such as a bar on a timeline.
struct PaintedPart {
    QRect rect; ///< in the widget
    QString text;
};

/// Shows the text of the part under the pointer, or hides the tip.
void showPartTip(const QHelpEvent& event, QWidget* widget, const std::vector<PaintedPart>& parts);

} // namespace vidimus::ui::widgets
