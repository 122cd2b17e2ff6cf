#pragma once

#include "core/workbench/catalog_link.h"
#include "core/workbench/person.h"
#include "ui/shell/main_window.h"

#include <QTimer>

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::studio {

/// What the connection chip says of a catalog. Pure.
[[nodiscard]] ui::shell::ConnectionState connectionOf(
    const workbench::CatalogLink::State& link, const workbench::CatalogProfile& profile, Instant now);

/// Tells the window's status strip and chip how fresh the stored and the sent are. Ui thread.
class StatusFeed : public QObject {
    Q_OBJECT

public:
    StatusFeed(ui::shell::MainWindow& window, workbench::Workspace& workspace, QObject* parent);

private:
    void refresh();
    void show(const workbench::CatalogLink::State& link);

    ui::shell::MainWindow& m_window;
    workbench::Workspace& m_workspace;
    std::optional<Instant> m_savedAt;
    QTimer m_timer;
    bool m_isAsking = false;
};

} // namespace vidimus::studio
