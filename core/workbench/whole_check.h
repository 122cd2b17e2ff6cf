#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/checks/report.h"

namespace vidimus::workbench {

class Workspace;

/// What a check job does and `vidimus check` of a file that is here: checkAsset(), then the models that the profile
/// asks for; a file of which no picture could be read is set aside as unreadable, one that could be read waits again.
/// Gives the report that stands afterwards. Blocking. Errors: as checkAsset().
[[nodiscard]] Result<checks::Report> checkWholly(Workspace& workspace, const AssetId& asset, const QString& profileId,
    const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::workbench
