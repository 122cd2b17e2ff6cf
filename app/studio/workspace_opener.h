#pragma once

#include "core/workbench/workspace.h"

#include <QObject>
#include <functional>
#include <memory>
#include <thread>

namespace vidimus::studio {

/// A workspace that has just been opened.
struct Opened {
    std::unique_ptr<workbench::Workspace> workspace;
    bool isEmpty = false; ///< holds no asset and no title yet
    QHash<QString, QJsonValue> settings; ///< those of the studio, by key
};

/// Opens a workspace beside the window: locks, checks and migrates its database. Ui thread; the work has a thread of
/// its own, which the destructor waits for.
class WorkspaceOpener : public QObject {
    Q_OBJECT

public:
    explicit WorkspaceOpener(QObject* parent = nullptr);
    ~WorkspaceOpener() override;

    /// Closes \a before (which may be null), calls \a between (which may be empty) while no workspace is open, then
    /// opens. Ends with opened() or refused(). Errors: those of Workspace::open; Conflict (reason "studio_runs") when
    /// another studio answers on the workspace's socket.
    void open(const workbench::WorkspaceOptions& options, std::unique_ptr<workbench::Workspace> before = nullptr,
        std::function<Result<void>()> between = {});
    [[nodiscard]] bool isOpening() const { return m_isOpening; }

Q_SIGNALS:
    void opened(const std::shared_ptr<vidimus::studio::Opened>& result);
    void refused(const vidimus::Error& error);

private:
    std::jthread m_thread;
    bool m_isOpening = false;
};

} // namespace vidimus::studio
