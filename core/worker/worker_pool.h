#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/checks/check_cost.h"
#include "core/checks/first_verdict.h"
#include "core/checks/judge.h"
#include "core/checks/model_manifest.h"
#include "core/checks/self_test_row.h"
#include "core/matching/fingerprint.h"
#include "core/media/frame_source.h"
#include "core/worker/sandbox_status.h"
#include "core/worker/self_probe.h"
#include "core/worker/worker_options.h"

#include <QList>
#include <memory>

namespace vidimus::transcode {
struct TranscodeRequest;
struct TranscodeResult;
class OutputSink;
struct FixPlan;
struct FixedFile;
struct FrameSpan;
} // namespace vidimus::transcode

namespace vidimus::worker {

class PassKeeper;

/// What a pass of checks gives: the report, and what it was judged from.
struct CheckedFile {
    checks::Report report;
    checks::Measurements measurements;
    std::vector<checks::CheckCost> costs; ///< as the worker says
    double seconds = 0; ///< wall clock of the pass
    qint64 resumedAt = 0; ///< pictures before it were measured by an earlier pass that was stopped
    matching::Fingerprint fingerprint; ///< of checkAndFingerprint(); without frames when there is no picture
};

/// What a model saw of a file.
struct ModelRun {
    checks::CheckMeasurement measurement;
    double cpuSeconds = 0; ///< as the worker says
};

/// Runs work on untrusted media in sandboxed vidimus-mediaworker processes, one process for each piece of work. Calls
/// are synchronous and may come from any thread at once; one started worker is kept waiting so that a call begins fast.
/// \a input is an open descriptor of a regular file; it is opened anew for reading and the caller keeps his own. No
/// name or path reaches a worker.
///
/// Errors of every call: Missing ("no_worker", "no_sandbox"), Canceled, Unsupported or Corrupt from the media itself
/// (the reason names the problem: "moov_missing"), LimitExceeded ("worker_limit_memory", "worker_timeout"), Unavailable
/// ("worker_crashed" from a transcode; other work is repeated once), Corrupt ("file_parked") after two crashes on one
/// file, Corrupt ("worker_protocol") when a worker breaks the protocol.
class WorkerPool {
public:
    explicit WorkerPool(WorkerOptions options = {});
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Starts the waiting worker now (in the background), so that the first call is fast too.
    void warmUp();
    /// The walls around the worker, found by starting one. Errors: Missing.
    [[nodiscard]] Result<SandboxStatus> sandboxStatus();
    /// Tries each of kForbiddenThings in a worker of its own. Errors: Missing.
    [[nodiscard]] Result<QList<SelfProbeOutcome>> selfProbe();
    /// Proves every check on vectors that a worker generates. Errors: Missing, Canceled.
    [[nodiscard]] Result<std::vector<checks::SelfTestRow>> selfTest(
        const CancelToken& cancel = {}, const ProgressSink& progress = {});
    /// A file on which the worker crashed twice may be tried again.
    void release(int input);

    [[nodiscard]] Result<media::MediaFacts> probe(int input, const CancelToken& cancel = {});
    /// One pass of all checks that \a profile has on; the report is judged here, from measurements that are stored.
    /// With a \a keeper a pass that was stopped, also by a crash, goes on where it was; the report is the same.
    [[nodiscard]] Result<CheckedFile> check(int input, const checks::Profile& profile, const CancelToken& cancel = {},
        const ProgressSink& progress = {}, PassKeeper* keeper = nullptr);
    /// What a few looks say before the file is read as a whole; \a range instead of them: that part of it, whole.
    [[nodiscard]] Result<checks::FirstVerdict> lookFirst(int input, const checks::Profile& profile,
        const std::optional<checks::PlannedLook>& range = {}, const CancelToken& cancel = {},
        const ProgressSink& progress = {});
    /// The hashes of the picture. Errors also: Invalid ("no_picture").
    [[nodiscard]] Result<matching::Fingerprint> fingerprint(
        int input, const CancelToken& cancel = {}, const ProgressSink& progress = {});
    /// check() and fingerprint() from one decode.
    [[nodiscard]] Result<CheckedFile> checkAndFingerprint(int input, const checks::Profile& profile,
        const CancelToken& cancel = {}, const ProgressSink& progress = {}, PassKeeper* keeper = nullptr);
    /// Makes the outputs of \a request. The worker names an output by its key in the plan, never by a path; a key that
    /// the plan does not have is refused before \a outputs (a transcode::SegmentStore) hears of it. \a outputs is
    /// called on this thread. A worker that crashes is not started again here: the caller asks again with what is
    /// finished.
    [[nodiscard]] Result<transcode::TranscodeResult> transcode(int input, const transcode::TranscodeRequest& request,
        transcode::OutputSink& outputs, const CancelToken& cancel = {}, const ProgressSink& progress = {});
    /// Writes a corrected copy to \a output, an empty file open for reading and writing that nobody else has; when this
    /// returns, no worker can write to it any more. Errors also: Invalid "bad_plan", DiskFull.
    [[nodiscard]] Result<transcode::FixedFile> fix(int input, int output, const transcode::FixPlan& plan,
        const CancelToken& cancel = {}, const ProgressSink& progress = {});
    /// check() of these frames and the sound of that time alone. Frames are counted from the start of the file.
    [[nodiscard]] Result<CheckedFile> checkRange(int input, const checks::Profile& profile,
        const transcode::FrameSpan& frames, const CancelToken& cancel = {}, const ProgressSink& progress = {});
    /// Runs a model, an open file that is given to the worker for reading, over sampled pictures. A worker that crashes
    /// counts against the model, not against \a input. Errors also: Unsupported "bad_model", Corrupt "model_changed".
    [[nodiscard]] Result<ModelRun> runModel(int input, int model, const checks::ModelManifest& manifest,
        const CancelToken& cancel = {}, const ProgressSink& progress = {});
    /// The sheets of an XLSX workbook or an Avails XML file, as bytes for avails::sheetsFromBytes(): still untrusted.
    [[nodiscard]] Result<QByteArray> readSheets(int input, const CancelToken& cancel = {});
    /// Frames and sound for the player. The source may outlive the pool's other calls but not the pool.
    [[nodiscard]] Result<std::unique_ptr<media::FrameSource>> openFrames(int input, const CancelToken& cancel = {});

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace vidimus::worker
