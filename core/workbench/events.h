#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"

#include <QObject>

namespace vidimus::workbench {

/// What changed in the workspace, for whoever shows it. Signals come from any thread; a connection with a receiver in
/// the window's thread queues them. A signal says "look again" and carries no state.
class WorkspaceEvents : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

Q_SIGNALS:
    void assetsChanged(); ///< added, or the order or counts of the queue changed
    void assetChanged(const vidimus::AssetId& asset); ///< its facts, report, decision or renditions
    void decisionsChanged();
    void jobChanged(const vidimus::JobId& job);
    void rulesChanged();
    void publicationChanged(const vidimus::TitleId& title);
    void outboxChanged();
    void attentionChanged();
    void saved(); ///< something was stored durably just now
    /// What stands in the database cannot be trusted: nothing works any more. A second look is
    /// WorkspaceStore::damage().
    void databaseDamaged(const vidimus::Error& error);
    void sent(); ///< the catalog took something just now
};

} // namespace vidimus::workbench
