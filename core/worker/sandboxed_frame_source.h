#pragma once

#include "core/worker/frame_connection.h"
#include "core/worker/parked_files.h"
#include "core/worker/worker_launcher.h"

#include <type_traits>

namespace vidimus::worker {

/// media::FrameSource whose decoder runs in a sandboxed worker. While frames are taken in steady steps the next ones
/// are decoded ahead. A worker that crashes is replaced and the call repeated once; after two crashes on one file every
/// call gives Corrupt "file_parked". One thread at a time.
class SandboxedFrameSource : public media::FrameSource {
public:
    /// \a launcher and \a parked must outlive the source. Errors: those of FrameConnection::open(), Missing.
    [[nodiscard]] static Result<std::unique_ptr<SandboxedFrameSource>> open(
        WorkerLauncher& launcher, ParkedFiles& parked, InputFile input, const CancelToken& cancel);

    [[nodiscard]] const media::MediaFacts& facts() const override { return m_facts; }
    [[nodiscard]] const media::FrameIndex& index() const override { return m_index; }
    [[nodiscard]] Result<media::PictureBuffer> frame(
        qint64 number, media::PictureSize bounds, const CancelToken& cancel = {}) override;
    [[nodiscard]] Result<media::PictureBuffer> nearFrame(
        qint64 number, media::PictureSize bounds, const CancelToken& cancel = {}) override;
    [[nodiscard]] Result<std::vector<float>> audio(
        qint64 startSample, qint64 count, const CancelToken& cancel = {}) override;

    [[nodiscard]] int restarts() const override { return m_crashes; }

    /// The worker that decodes now; -1: none. For supervision and tests.
    [[nodiscard]] pid_t workerPid() const { return m_connection ? m_connection->pid() : -1; }

private:
    SandboxedFrameSource(WorkerLauncher& launcher, ParkedFiles& parked, InputFile input);
    [[nodiscard]] Result<void> connect(const CancelToken& cancel);
    /// Calls \a attempt with a working connection, a second time if the worker crashes in the first.
    template<class Attempt>
    auto withWorker(const CancelToken& cancel, Attempt attempt) -> std::invoke_result_t<Attempt, FrameConnection&>;
    [[nodiscard]] Result<media::PictureSize> boxFor(qint64 number, media::PictureSize bounds) const;
    void prefetchAround(qint64 number);

    WorkerLauncher& m_launcher;
    ParkedFiles& m_parked;
    InputFile m_input;
    media::MediaFacts m_facts;
    media::FrameIndex m_index;
    std::unique_ptr<FrameConnection> m_connection;
    qint64 m_lastFrame = -1;
    qint64 m_lastStep = 0;
    int m_crashes = 0;
};

} // namespace vidimus::worker
