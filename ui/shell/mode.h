#pragma once

#include <QString>

class QWidget;

namespace vidimus::ui::shell {

/// What a single key means now. Shown as a chip, spoken to assistive technology.
enum class Mode {
    Review, ///< single keys act
    List, ///< arrows move rows, letters mean list things
    Type, ///< single keys type
};
enum ModeFlag { InReview = 1, InList = 2, InType = 4, InAnyMode = 7 };
Q_DECLARE_FLAGS(Modes, ModeFlag)

[[nodiscard]] Modes flagOf(Mode mode);
/// "REVIEW", translated.
[[nodiscard]] QString modeText(Mode mode);

/// The mode that the focus gives: a text input that can be edited is Type; otherwise \a pageMode. A widget can say its
/// own through the dynamic property "vidimusMode" (int of Mode), which holds for its children too.
[[nodiscard]] Mode modeOf(const QWidget* focus, Mode pageMode);
void setModeOf(QWidget* widget, Mode mode);

} // namespace vidimus::ui::shell
