#pragma once

#include "core/worker/worker_process.h"

#include <functional>

namespace vidimus::worker {

/// Called for each message between a request and its answer that is not progress. An Error ends the exchange and the
/// worker.
using MessageHandler = std::function<Result<void>(const Message&)>;

/// Sends one request and waits for its Result, which is still untrusted JSON. Reports progress that makes sense and
/// drops the rest. Errors: those of WorkerProcess::receive(), what the worker's Failure says, what \a handler gives;
/// Corrupt "worker_protocol" for a message that does not belong here.
[[nodiscard]] Result<QJsonObject> exchange(WorkerProcess& worker, const Message& request, int descriptor,
    const CancelToken& cancel, const ProgressSink& progress = {}, const MessageHandler& handler = {});

} // namespace vidimus::worker
