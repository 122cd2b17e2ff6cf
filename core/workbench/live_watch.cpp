#include "core/workbench/live_watch.h"

#include "core/store/workspace_store.h"
#include "core/workbench/publish.h"
#include "core/workbench/workspace.h"

#include <QLoggingCategory>

namespace vidimus::workbench {

namespace {
Q_LOGGING_CATEGORY(lcLive, "vidimus.workbench.live")
constexpr int kMaxLooked = 200; // last changed first, so that a new one is always among them
} // namespace

int seeAcceptedLive(Workspace& workspace)
{
    const auto publications
        = workspace.store().read([](const store::UnitOfWork& unit) { return unit.publications.list(kMaxLooked); });
    if (!publications) {
        qCWarning(lcLive) << "cannot read the publications:" << publications.error().detail;
        return 0;
    }
    int unseen = 0;
    for (const store::Publication& publication : *publications) {
        if (publication.state != publishing::PublicationState::Announced)
            continue;
        const auto seen = verifyLive(workspace, publication.title);
        if (seen)
            continue;
        ++unseen;
        qCDebug(lcLive) << "not seen live yet:" << publication.title.toString() << seen.error().detail;
    }
    return unseen;
}

} // namespace vidimus::workbench
