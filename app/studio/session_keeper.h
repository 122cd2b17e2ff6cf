#pragma once

#include "ui/shell/main_window.h"

#include <QTimer>

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::studio {

/// Keeps where the person is (window, page, item, panes) in the workspace, soon after it changes, so that even a killed
/// studio comes back there. Ui thread; writes run beside it.
class SessionKeeper : public QObject {
    Q_OBJECT

public:
    static constexpr int kInterval = 700; ///< milliseconds between looks

    SessionKeeper(ui::shell::MainWindow& window, workbench::Workspace& workspace, QObject* parent);

    /// Stores the last state now, on this thread: for the end of the program.
    void finish();

private:
    [[nodiscard]] QJsonObject current() const;
    void lookAgain();

    ui::shell::MainWindow& m_window;
    workbench::Workspace& m_workspace;
    QTimer m_timer;
    QJsonObject m_stored;
    bool m_isWriting = false;
};

} // namespace vidimus::studio
