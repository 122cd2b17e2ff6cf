#pragma once

#include "ui/widgets/tokens.h"

#include <QObject>
#include <QPalette>

class QApplication;

namespace vidimus::ui::widgets {

class SystemAppearance;

/// What the person chose; System follows the desktop's portal.
enum class SchemeChoice { System, Dark, Light, HighContrast };
[[nodiscard]] QString schemeChoiceName(SchemeChoice choice); ///< stable token for settings: "system", "dark" …
[[nodiscard]] SchemeChoice schemeChoiceFromName(QStringView name); ///< System for an unknown name

/// Dresses the application: fonts, style, palette; changes live. One per application, made after QApplication. Ui
/// thread.
class Theme : public QObject {
    Q_OBJECT

public:
    explicit Theme(QApplication& application, QObject* parent = nullptr);

    void setChoice(SchemeChoice choice);
    [[nodiscard]] SchemeChoice choice() const { return m_choice; }

Q_SIGNALS:
    /// Palettes are set already; painted widgets have been asked to repaint.
    void schemeChanged(vidimus::ui::widgets::Scheme scheme);

private:
    void apply();

    QApplication& m_application;
    SystemAppearance* m_system;
    SchemeChoice m_choice = SchemeChoice::System;
};

/// The palette of a scheme. PlaceholderText is the second text colour, so setForegroundRole() can use it.
[[nodiscard]] QPalette paletteFor(const Tokens& tokens);
/// True when the system asks for no motion, or the person does. Animations last at most kMotionMs otherwise.
[[nodiscard]] bool isMotionReduced();
void setMotionReduced(bool reduced);
inline constexpr int kMotionMs = 120;

} // namespace vidimus::ui::widgets
