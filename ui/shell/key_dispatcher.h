#pragma once

#include "ui/shell/mode.h"

#include <QKeySequence>
#include <QObject>
#include <QPointer>
#include <functional>
#include <vector>

class QKeyEvent;

namespace vidimus::ui::shell {

class CommandTable;

/// The one place where keys become commands. Watches the application's key events for one window, decides the mode by
/// focus, lets text inputs type, and makes Esc climb: overlay → text field → base focus of the page. Ui thread.
class KeyDispatcher : public QObject {
    Q_OBJECT

public:
    KeyDispatcher(QWidget* window, CommandTable& commands, QObject* parent = nullptr);

    /// Mode of the page when no text input has the focus.
    void setPageMode(Mode mode);
    /// Where Esc ends: the page's own focus widget.
    void setBaseFocus(std::function<QWidget*()> baseFocus);
    /// Asked before anything else when Esc is pressed, last added first; true means handled.
    void addEscapeStep(QObject* context, std::function<bool()> step);
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool isHeld(int key) const; ///< for K held with J or L

Q_SIGNALS:
    void modeChanged(vidimus::ui::shell::Mode mode);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool isOurs(QObject* watched) const;
    [[nodiscard]] bool dispatch(const QKeyEvent& event, bool act);
    [[nodiscard]] bool climb();
    void updateMode();

    QWidget* m_window;
    CommandTable& m_commands;
    std::function<QWidget*()> m_baseFocus;
    struct EscapeStep {
        QPointer<QObject> context;
        std::function<bool()> step;
    };
    std::vector<EscapeStep> m_escapeSteps;
    std::vector<int> m_held;
    Mode m_pageMode = Mode::Review;
    Mode m_mode = Mode::Review;
};

/// The chord of a key press as bindings are written: letters upper-case, Shift kept only where it is not part of the
/// character ("?" is "?", not "Shift+?").
[[nodiscard]] QKeySequence chordOf(const QKeyEvent& event);

} // namespace vidimus::ui::shell
