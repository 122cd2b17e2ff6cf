#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/checks/first_verdict.h"

namespace vidimus::workbench {

class Workspace;

/// The check profile of that id; empty: the workspace's setting, else the default. Errors: NotFound, Invalid, Io.
[[nodiscard]] Result<checks::Profile> chosenCheckProfile(Workspace& workspace, const QString& profileId);

/// A provisional verdict on an original before its whole pass; with \a range on that part of it instead. Nothing is
/// stored. Blocking. Errors: as worker::WorkerPool::lookFirst.
[[nodiscard]] Result<checks::FirstVerdict> lookAtAsset(Workspace& workspace, const AssetId& asset,
    const QString& profileId, const std::optional<checks::PlannedLook>& range = {}, const CancelToken& cancel = {});

} // namespace vidimus::workbench
