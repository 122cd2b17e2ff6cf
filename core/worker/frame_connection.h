#pragma once

#include "core/media/frame_source.h"
#include "core/worker/frame_slots.h"
#include "core/worker/input_file.h"
#include "core/worker/shared_memory.h"
#include "core/worker/worker_process.h"

namespace vidimus::worker {

/// One worker that has a file open and decodes frames and sound into shared memory. When the worker ends, so does the
/// connection: isUsable() is false and every call fails. One thread at a time.
class FrameConnection {
public:
    /// Has \a worker open \a input. Errors: those of exchange().
    [[nodiscard]] static Result<std::unique_ptr<FrameConnection>> open(
        std::unique_ptr<WorkerProcess> worker, const InputFile& input, const CancelToken& cancel);

    [[nodiscard]] const media::MediaFacts& facts() const { return m_facts; }
    [[nodiscard]] const media::FrameIndex& index() const { return m_index; }
    [[nodiscard]] bool isUsable() const { return m_worker->isUsable(); }
    [[nodiscard]] pid_t pid() const { return m_worker->pid(); }

    /// Frame \a number (in the index) fitted into \a box. Errors: of media::FrameSource, and of WorkerProcess.
    [[nodiscard]] Result<media::PictureBuffer> frame(qint64 number, media::PictureSize box, const CancelToken& cancel);
    /// A picture on the way to frame \a number, see media::FrameSource::nearFrame().
    [[nodiscard]] Result<media::PictureBuffer> nearFrame(
        qint64 number, media::PictureSize box, const CancelToken& cancel);
    /// Has the worker decode \a number ahead if a slot is free for it. Does not wait.
    [[nodiscard]] Result<void> prefetch(qint64 number);
    [[nodiscard]] Result<std::vector<float>> audio(qint64 startSample, qint64 count, const CancelToken& cancel);

private:
    using SteadyClock = std::chrono::steady_clock;

    FrameConnection(std::unique_ptr<WorkerProcess> worker, media::MediaFacts facts, media::FrameIndex index);
    [[nodiscard]] Result<void> attachMemory(media::PictureSize box, const CancelToken& cancel);
    [[nodiscard]] Result<void> dropPending();
    [[nodiscard]] Result<void> request(int slot, qint64 number, bool near = false);
    [[nodiscard]] Result<media::PictureBuffer> take(
        qint64 number, media::PictureSize box, bool near, const CancelToken& cancel);
    [[nodiscard]] Result<void> pump(SteadyClock::time_point since);
    [[nodiscard]] Result<void> handle(const Message& message);
    [[nodiscard]] media::PictureBuffer copyOf(int slot);
    [[nodiscard]] Result<std::vector<float>> audioPiece(qint64 startSample, qint64 count, const CancelToken& cancel);

    std::unique_ptr<WorkerProcess> m_worker;
    media::MediaFacts m_facts;
    media::FrameIndex m_index;
    SharedMemory m_memory;
    FrameSlots m_slots;
    std::uint64_t m_serial = 0;
    std::optional<int> m_failedSlot; ///< a Failure message for it comes next
    std::array<Error, FrameSlots::kCount> m_failures;
    std::optional<AudioRequestRecord> m_audioRequest;
    std::optional<AudioReplyRecord> m_audioReply;
    bool m_audioFailed = false; ///< a Failure message for the sound comes next
    Error m_audioError;
};

} // namespace vidimus::worker
