#pragma once

#include <QFont>
#include <QFontMetrics>

namespace vidimus::ui::widgets {

/// The few sizes of text there are. The bundled face is Inter with tabular digits, so numbers line up everywhere.
enum class TextRole {
    Body, ///< 13 px
    BodyMedium, ///< 13 px medium: buttons
    BodyStrong, ///< 13 px semi-bold: panel titles
    Label, ///< 11 px medium
    LabelPlain, ///< 11 px regular: counts, second lines
    Section, ///< 15 px semi-bold
    Timecode, ///< 15 px medium
    Title, ///< 20 px semi-bold
};

/// Registers the bundled faces once; does nothing the second time. Ui thread.
void loadFonts();
[[nodiscard]] QFont roleFont(TextRole role);
[[nodiscard]] QFontMetrics roleMetrics(TextRole role);

} // namespace vidimus::ui::widgets
