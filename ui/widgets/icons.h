#pragma once

#include "ui/widgets/tokens.h"

#include <QIcon>
#include <QPixmap>
#include <QStringList>

namespace vidimus::ui::widgets {

/// An icon of our own set (resources/icons/<name>.svg), drawn in the palette's text colour at the moment of painting,
/// so it follows the theme. Stroke is 1.5 px at every size. An unknown name gives a null icon.
[[nodiscard]] QIcon icon(const QString& name);
/// The same in one ink.
[[nodiscard]] QIcon icon(const QString& name, Ink ink);
/// \a size logical pixels, cached by name, size, colour and ratio.
[[nodiscard]] QPixmap iconPixmap(const QString& name, int size, const QColor& color, double devicePixelRatio);
void drawIcon(QPainter& painter, const QString& name, const QRect& rect, const QColor& color);
[[nodiscard]] QStringList iconNames();

} // namespace vidimus::ui::widgets
