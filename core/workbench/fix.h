#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/checks/profile.h"
#include "core/checks/report.h"
#include "core/transcode/fix_result.h"
#include "core/transcode/propose_fix.h"

namespace vidimus::worker {
class WorkerPool;
}

namespace vidimus::workbench {

class Workspace;

/// A correction from the proposal to its proof. Plain values, for the command line and the window alike.
struct FixOutcome {
    QString profile; ///< id of the check profile
    QStringList ids; ///< checks that were asked for
    checks::Profile judgedBy; ///< that profile with these checks alone, and what they depend on
    checks::Report before;
    transcode::FixProposal proposal;
    qint64 frames = 0; ///< of the source

    // after applyFix()
    std::optional<checks::Report> after;
    std::optional<transcode::FrameSpan> rechecked; ///< frames that the second check saw; absent: all
    std::optional<transcode::FixedFile> file; ///< absent when it was not proved: then nothing was written
    int attempts = 0;
    bool proved = false; ///< each corrected finding is gone
};

/// Measures a file with the checks \a ids and proposes the smallest corrections; writes nothing. Blocking.
/// Errors: Invalid "not_correctable", NotFound (no such check), of worker::WorkerPool.
[[nodiscard]] Result<FixOutcome> proposeFixOfFile(worker::WorkerPool& workers, int input,
    const checks::Profile& profile, const QStringList& ids, const CancelToken& cancel = {},
    const ProgressSink& progress = {});

/// The same for an asset, from its newest stored report: nothing is decoded but the container's facts.
/// Errors: NotFound ("no_report", original_missing), of worker::WorkerPool.
[[nodiscard]] Result<FixOutcome> proposeFixOfAsset(
    Workspace& workspace, const AssetId& asset, const QStringList& ids, const CancelToken& cancel = {});

/// Makes the corrected copy \a out, checks it again where it was touched, and gives it its name only when each
/// corrected finding is gone; a correction that was too weak is tried again, stronger, at most twice. \a input is never
/// written to. Killed half-way it leaves nothing behind. Blocking.
/// Errors: Invalid "nothing_to_correct", Conflict "exists" when \a out is there, of worker::WorkerPool, Io, DiskFull.
[[nodiscard]] Result<FixOutcome> applyFix(worker::WorkerPool& workers, int input, const FixOutcome& proposed,
    const QString& out, const CancelToken& cancel = {}, const ProgressSink& progress = {});
/// applyFix() of an asset's original.
[[nodiscard]] Result<FixOutcome> applyFixToAsset(Workspace& workspace, const AssetId& asset, const FixOutcome& proposed,
    const QString& out, const CancelToken& cancel = {}, const ProgressSink& progress = {});

/// "profile", "steps[]", "refused[]", "before", and after a run "after", "file", "proved", "attempts".
[[nodiscard]] QJsonObject toJson(const FixOutcome& outcome);

} // namespace vidimus::workbench
