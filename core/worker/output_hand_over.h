#pragma once

#include "core/base/unique_fd.h"
#include "core/transcode/output_sink.h"
#include "core/transcode/plan.h"
#include "core/worker/worker_process.h"

#include <map>

namespace vidimus::worker {

/// The parent's part in the outputs of a transcode. The worker writes each into memory of its own (a memfd), never into
/// the final file, so that it cannot change what was already checked; when it says that a file is complete, the bytes
/// are copied to the sink's file and the sink checks them against the hash. One thread at a time.
class OutputHandOver {
public:
    /// All three must outlive this.
    OutputHandOver(WorkerProcess& worker, const transcode::Plan& plan, transcode::OutputSink& sink);

    /// Handles OutputRequest and OutputDone. Errors: Corrupt "worker_protocol" (a key outside the plan, a file opened
    /// twice or finished unopened), those of the sink, Io, LimitExceeded.
    [[nodiscard]] Result<void> handle(const Message& message);
    [[nodiscard]] bool hasOpen() const { return !m_open.empty(); }
    /// The master playlist, which every run writes last, was kept.
    [[nodiscard]] bool hasMaster() const { return m_hasMaster; }

private:
    [[nodiscard]] Result<void> open(const QJsonObject& object);
    [[nodiscard]] Result<void> finish(const QJsonObject& object);

    struct OpenOutput {
        UniqueFd fromWorker;
        int toSink = -1; ///< the sink's
    };

    WorkerProcess& m_worker;
    const transcode::Plan& m_plan;
    transcode::OutputSink& m_sink;
    std::map<transcode::OutputKey, OpenOutput> m_open;
    bool m_hasMaster = false;
};

} // namespace vidimus::worker
