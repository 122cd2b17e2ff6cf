#pragma once

#include "core/base/cancel.h"
#include "core/transcode/output_sink.h"

#include <map>
#include <mutex>

namespace vidimus::transcode::engine {

/// Writes whole outputs to the sink, one at a time, and remembers all that exist. Any thread.
class OutputWriter {
public:
    /// \a finished are outputs of an earlier run. \a totalSegments is for the progress.
    OutputWriter(
        OutputSink& sink, const QList<FinishedOutput>& finished, int totalSegments, const ProgressSink& progress);

    /// Whether an earlier run or this one made it.
    [[nodiscard]] bool has(const OutputKey& key) const;
    /// Adds size and hash to \a draft. Errors: those of the sink, Io, DiskFull.
    [[nodiscard]] Result<void> write(FinishedOutput draft, QByteArrayView bytes);
    /// All outputs of a kind and rendition, by segment.
    [[nodiscard]] QList<FinishedOutput> all(OutputKind kind, int rendition) const;
    [[nodiscard]] int segmentsWritten() const;
    [[nodiscard]] int segmentsReused() const { return m_segmentsReused; }

private:
    OutputSink& m_sink;
    const ProgressSink& m_progress;
    int m_totalSegments;
    int m_segmentsReused = 0;
    mutable std::mutex m_mutex;
    std::map<OutputKey, FinishedOutput> m_outputs;
    int m_segmentsWritten = 0;
};

} // namespace vidimus::transcode::engine
