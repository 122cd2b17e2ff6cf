#pragma once

#include "core/base/ids.h"
#include "core/checks/evidence.h"

namespace vidimus::workbench {

class Workspace;

/// Why a finding of the asset's newest report fired, from its stored measurements. \a result needs id and thresholds
/// only. None when the rule compares no number or nothing was stored. Blocking. Errors: NotFound, Io, Corrupt.
[[nodiscard]] Result<std::optional<checks::Evidence>> findingEvidence(
    Workspace& workspace, const AssetId& asset, const checks::CheckResult& result, const checks::Finding& finding);

} // namespace vidimus::workbench
