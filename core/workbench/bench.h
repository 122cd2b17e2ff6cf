#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/workbench/bench_figures.h"

namespace vidimus::workbench {

/// What a measurement works on and how long it takes. The defaults are those of `vidimus bench`.
struct BenchOptions {
    QString file; ///< the media file that seek, checks and ladder work on
    QString programs; ///< folder of vidimus, vidimus-catalogd and vidimus-studio; empty: the running program's
    std::vector<int> queueRows {10'000, 100'000};
    int studioRows = 10'000;
    int decisions = 200;
    int seeks = 100; ///< steps in each direction, and random jumps
    int videos = 100'000; ///< made-up ones of 100 hashes each that matching searches
    int titles = 0; ///< that availability is measured on; 0: 300,000, and ten times as many for what is compiled
    int repeats = 3; ///< of what takes seconds; the median counts
    qint64 databaseBytes = 1'000'000'000; ///< of the workspace that is backed up and restored
    QString ladder = QStringLiteral("web-two");
};

// Each makes what it needs in temporary folders of its own and removes them. Blocking. Ratios are between measurements
// of the same run. Errors: NotFound (the file), Missing (no worker), Canceled, what the measured thing gives.

/// The review queue over many rows: opening, ids, a page, counts, durable decisions, claiming from the outbox.
[[nodiscard]] Result<FigureList> benchQueue(const BenchOptions& options, const CancelToken& cancel);
/// Exact frames from the sandboxed worker: the first; steps forward and backward as a held key makes them; random jumps
/// with the first picture near the frame and the frame itself; a step after a look at it. And the CPU of playing
/// through the sandbox against ffmpeg's for the same pictures.
[[nodiscard]] Result<FigureList> benchSeek(const BenchOptions& options, const CancelToken& cancel);
/// CPU and memory of all checks against decoding alone, what each check costs, and ffmpeg's own filters where ffmpeg is
/// installed.
[[nodiscard]] Result<FigureList> benchChecks(const BenchOptions& options, const CancelToken& cancel);
/// CPU and time of a ladder against one run of ffmpeg with the same settings; measured against declared bit rates.
[[nodiscard]] Result<FigureList> benchLadder(const BenchOptions& options, const CancelToken& cancel);
/// The compiled availability on the published workload, every answer checked, beside SQLite, in the thread's own CPU
/// time; then from a save to the answer of another process where the programs are installed (bench_save.h), by the wall
/// clock; then what is compiled with ten times the titles. Errors: Internal "wrong_checksum", those of measureSaves().
[[nodiscard]] Result<FigureList> benchAvailability(const BenchOptions& options, const CancelToken& cancel);
/// The hash index on one thread, in its CPU time: one hash at distance 31, a whole video, and reading every hash
/// instead; every answer is checked. Errors: Internal "wrong_answer".
[[nodiscard]] Result<FigureList> benchMatching(const BenchOptions& options, const CancelToken& cancel);
/// Backs a workspace up whose database has so many bytes, restores it with every check on the way, opens what was
/// restored and looks whether all is there. Needs four times that room. Errors: Internal "wrong_answer".
[[nodiscard]] Result<FigureList> benchRestore(const BenchOptions& options, const CancelToken& cancel);
/// How soon programs are ready: doctor, worker, catalog, and the studio's first picture where it is installed.
[[nodiscard]] Result<FigureList> benchStart(const BenchOptions& options, const CancelToken& cancel);

} // namespace vidimus::workbench
