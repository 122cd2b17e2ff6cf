#pragma once

#include "core/transcode/output_key.h"

namespace vidimus::transcode {

/// Where the engine's files go. The worker process implements it with descriptors handed over by its parent, so the
/// engine never sees a path. Calls come from several threads of the engine but never two at once.
class OutputSink {
public:
    virtual ~OutputSink() = default;
    /// A descriptor of an empty file open for writing. The sink owns it and keeps it open until finish().
    [[nodiscard]] virtual Result<int> open(const OutputKey& key) = 0;
    /// The file is complete; \a output describes what was written. Must make it durable before it returns.
    [[nodiscard]] virtual Result<void> finish(const FinishedOutput& output) = 0;
};

} // namespace vidimus::transcode
