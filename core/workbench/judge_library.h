#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/checks/profile.h"

#include <map>
#include <vector>

namespace vidimus::workbench {

class Workspace;

/// What one check says before and after.
struct ChangedCheck {
    QString id;
    QString before; ///< "pass", "warn", "fail", "not_evaluated"; "off" when the profile leaves it out
    QString after;
};

/// An asset whose verdict another profile would change.
struct ChangedVerdict {
    AssetId asset;
    QString name;
    QString profile; ///< of the report that stands
    QString before;
    QString after;
    std::vector<ChangedCheck> checks; ///< those that differ, in the order of reports
};

struct LibraryJudgement {
    int judged = 0; ///< assets with stored measurements
    int unmeasured = 0; ///< of these: assets that lack a measurement which the profile needs
    int unchecked = 0; ///< besides: assets without any measurement
    std::map<QString, int> verdicts; ///< how many assets get each verdict under the profile
    std::vector<ChangedVerdict> changed;
    int applied = 0; ///< reports that were stored anew; only after applyProfile()
};

/// Judges every stored measurement by \a profile, with what people allowed: no decoding, nothing is written. The
/// profile editor's back-test and `checks judge`. Errors: Io, Corrupt, Canceled.
[[nodiscard]] Result<LibraryJudgement> judgeLibrary(Workspace& workspace, const checks::Profile& profile,
    const CancelToken& cancel = {}, const ProgressSink& progress = {});

/// The same, and what it says is stored: each asset whose measurements suffice gets its report by \a profile, all in
/// one transaction with one audit entry. Assets that lack a measurement keep theirs. For editors and who manages
/// policies. Errors: also Denied, DiskFull.
[[nodiscard]] Result<LibraryJudgement> applyProfile(Workspace& workspace, const checks::Profile& profile,
    const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::workbench
