#pragma once

#include "core/workbench/scrub.h"

#include <QObject>
#include <QTimer>
#include <memory>

namespace vidimus::studio {

class IdleWatch;

/// Reads the day's share of the originals back while nobody uses the window and no job runs, in short slices with long
/// pauses; it stops between two of them and goes on there. Ui thread; the reading is done beside it.
class ScrubKeeper : public QObject {
    Q_OBJECT

public:
    /// \a workspace and \a idle outlive it.
    ScrubKeeper(workbench::Workspace& workspace, const IdleWatch& idle, QObject* parent);

public Q_SLOTS:
    /// Reads a slice if it may; called by itself each minute, and while there is something to read.
    void look();

Q_SIGNALS:
    /// A slice was read.
    void read();
    /// Nothing can be read just now; it is tried again in an hour.
    void failed(const vidimus::Error& error);

private:
    struct Outcome {
        Result<workbench::Scrubber::Slice> slice;
        std::chrono::milliseconds took;
    };
    void take(const Outcome& outcome);

    workbench::Workspace& m_workspace;
    const IdleWatch& m_idle;
    std::shared_ptr<workbench::Scrubber> m_scrubber; ///< shared with the task that uses it
    QTimer m_timer;
    bool m_isReading = false;
};

} // namespace vidimus::studio
