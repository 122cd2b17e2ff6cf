#pragma once

#include "core/base/result.h"

#include <QJsonObject>

namespace vidimus::workbench {

class Workspace;

/// Which version of the compiled rights the catalog answers from, what is pinned, and what other backends can follow.
/// Errors: Missing, Unavailable, Denied.
[[nodiscard]] Result<QJsonObject> availabilityAnnouncement(Workspace& workspace);
/// Puts an older version back at once, for visitors and followers; rights go on changing behind it.
/// Errors: Denied, NotFound (that version is not kept), Unavailable.
[[nodiscard]] Result<QJsonObject> pinAvailability(Workspace& workspace, qint64 version, const QString& reason);
/// Goes on with the newest version.
[[nodiscard]] Result<QJsonObject> unpinAvailability(Workspace& workspace);
/// Changes that would darken more of a site than one person may, and wait for another: {"items": […]}.
[[nodiscard]] Result<QJsonObject> availabilityHolds(Workspace& workspace);
/// Agrees to one of somebody else's. Errors: Denied, NotFound, Unavailable.
[[nodiscard]] Result<QJsonObject> confirmAvailabilityHold(Workspace& workspace, const QString& hold);

} // namespace vidimus::workbench
