#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/jobs/job_runner.h"

#include <QStringList>

namespace vidimus::workbench {

class Workspace;

/// What a correction did to one check, for people: outcome, findings and the numbers before and after.
struct FixedCheck {
    QString id;
    QString before; ///< "fail", "warn", "pass", "not_evaluated"
    QString after;
    int findingsBefore = 0;
    int findingsAfter = 0;
    QJsonObject measuredBefore;
    QJsonObject measuredAfter;
};
/// The end of a "fix" job, out of its detail.
struct FixJobResult {
    bool proved = false; ///< each corrected finding is gone; else nothing was kept
    AssetId copy; ///< the corrected copy, another version of the same title
    std::vector<FixedCheck> checks;
};
/// Nothing while the job has not come to its end.
[[nodiscard]] std::optional<FixJobResult> fixResultOf(const jobs::Job& job);

/// Queues the correction of the findings of the checks \a ids as a heavy job "fix". The original stays as it is; the
/// corrected and proved copy becomes another version of its title and goes through checks and review like every file.
/// Errors: Denied, NotFound, Io.
[[nodiscard]] Result<JobId> queueFix(Workspace& workspace, const AssetId& asset, const QStringList& ids);
/// A job as it stands now. Errors: NotFound, Io.
[[nodiscard]] Result<jobs::Job> findJob(Workspace& workspace, const JobId& id);
/// What the job does. Errors: of proposeFixOfAsset(), applyFixToAsset() and ingestFile(); Invalid "fix_not_proved"
/// where the findings would have stayed.
[[nodiscard]] Result<void> runFixJob(
    Workspace& workspace, const jobs::Job& job, const CancelToken& cancel, const jobs::JobProgressSink& progress);

} // namespace vidimus::workbench
