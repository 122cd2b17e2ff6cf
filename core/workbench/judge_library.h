#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/checks/profile.h"

#include <vector>

namespace vidimus::workbench {

class Workspace;

/// An asset whose verdict another profile would change.
struct ChangedVerdict {
    AssetId asset;
    QString name;
    QString before;
    QString after;
};

struct LibraryJudgement {
    int judged = 0; ///< assets with stored measurements
    std::vector<ChangedVerdict> changed;
};

/// Judges every stored measurement by \a profile: no decoding, nothing is written. Errors: Io, Corrupt, Canceled.
[[nodiscard]] Result<LibraryJudgement> judgeLibrary(
    Workspace& workspace, const checks::Profile& profile, const CancelToken& cancel = {});

} // namespace vidimus::workbench
