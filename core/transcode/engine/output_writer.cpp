#include "core/transcode/engine/output_writer.h"

#include "core/base/posix_error.h"
#include "core/base/sha256.h"

#include <cerrno>
#include <unistd.h>

namespace vidimus::transcode::engine {

namespace {

bool isSegment(OutputKind kind)
{
    return kind == OutputKind::VideoSegment || kind == OutputKind::AudioSegment;
}

Result<void> writeAll(int fd, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(fd, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return posixError("write", written < 0 ? errno : EIO);
        bytes = bytes.sliced(written);
    }
    return {};
}

} // namespace

OutputWriter::OutputWriter(
    OutputSink& sink, const QList<FinishedOutput>& finished, int totalSegments, const ProgressSink& progress)
    : m_sink(sink)
    , m_progress(progress)
    , m_totalSegments(totalSegments)
{
    for (const FinishedOutput& output : finished) {
        m_outputs.emplace(output.key, output);
        m_segmentsReused += isSegment(output.key.kind) ? 1 : 0;
    }
}

bool OutputWriter::has(const OutputKey& key) const
{
    const std::lock_guard lock(m_mutex);
    return m_outputs.contains(key);
}

Result<void> OutputWriter::write(FinishedOutput draft, QByteArrayView bytes)
{
    draft.bytes = bytes.size();
    draft.sha256 = sha256Hex(bytes);
    const std::lock_guard lock(m_mutex);
    const auto fd = m_sink.open(draft.key);
    if (!fd)
        return fd.error();
    if (auto written = writeAll(*fd, bytes); !written)
        return written;
    if (auto finished = m_sink.finish(draft); !finished)
        return finished;
    m_outputs.insert_or_assign(draft.key, draft);
    if (isSegment(draft.key.kind)) {
        ++m_segmentsWritten;
        if (m_progress)
            m_progress({.done = double(m_segmentsWritten + m_segmentsReused), .total = double(m_totalSegments)});
    }
    return {};
}

QList<FinishedOutput> OutputWriter::all(OutputKind kind, int rendition) const
{
    const std::lock_guard lock(m_mutex);
    QList<FinishedOutput> found;
    for (auto it = m_outputs.lower_bound({kind, rendition, 0}); it != m_outputs.end(); ++it) {
        if (it->first.kind != kind || it->first.rendition != rendition)
            break;
        found.append(it->second);
    }
    return found;
}

int OutputWriter::segmentsWritten() const
{
    const std::lock_guard lock(m_mutex);
    return m_segmentsWritten;
}

} // namespace vidimus::transcode::engine
