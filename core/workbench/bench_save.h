#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/workbench/bench_figures.h"

namespace vidimus::workbench {

struct SaveBench {
    quint32 titles = 300'000;
    int saves = 24;
    QString programs; ///< folder of vidimus and vidimus-catalogd
};

/// From the studio's "save" to an answer that changed in another process, through all that lies between: a workspace
/// and a catalog that hold the workload, the plan saved as the studio saves it, the outbox, vidimus-catalogd, its
/// announced delta, and `vidimus availability serve`. The clock of all legs begins with the save. Errors: Missing,
/// Canceled, Internal "wrong_answer", TimedOut, Io.
[[nodiscard]] Result<void> measureSaves(const SaveBench& bench, const CancelToken& cancel, FigureList& figures);

} // namespace vidimus::workbench
