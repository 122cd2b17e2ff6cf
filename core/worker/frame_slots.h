#pragma once

#include "core/media/frame.h"
#include "core/worker/records.h"

#include <array>
#include <optional>

namespace vidimus::worker {

/// The parent's book of frames asked of a worker: which slot of the shared memory each will fill, and which are there.
/// Pure bookkeeping; one thread at a time.
class FrameSlots {
public:
    static constexpr int kCount = 4; ///< one to look at, three decoded ahead

    struct Slot {
        enum class State { Free, Pending, Ready, Failed };
        State state = State::Free;
        bool wanted = false; ///< pending, and not given up
        std::uint64_t serial = 0;
        qint64 frame = -1;
        bool near = false; ///< pending: any frame may come; it is booked under the number that came
        media::PictureSize size; ///< of the delivered picture
        bool damaged = false;
    };

    /// Forgets everything; the slots are for pictures within \a box from now on.
    void reset(media::PictureSize box);
    [[nodiscard]] media::PictureSize box() const { return m_box; }
    [[nodiscard]] std::size_t slotBytes() const;
    [[nodiscard]] std::size_t offsetOf(int slot) const { return static_cast<std::size_t>(slot) * slotBytes(); }

    [[nodiscard]] Slot& at(int slot) { return m_slots[static_cast<std::size_t>(slot)]; }
    /// The slot that holds or will hold exactly \a frame; -1: none.
    [[nodiscard]] int find(qint64 frame) const;
    /// A slot that may be used: a free one, else the delivered one farthest from \a frame; -1 when all are pending.
    [[nodiscard]] int takeFor(qint64 frame);
    [[nodiscard]] bool hasPending() const;
    [[nodiscard]] FrameRequestRecord request(int slot, qint64 frame, std::uint64_t serial, bool near = false);
    /// What is pending is no longer waited for.
    void giveUpPending();
    /// Books a reply after checking that it was asked for and fits its slot; the slot's number.
    /// Errors: Corrupt "worker_protocol".
    [[nodiscard]] Result<int> book(const FrameReplyRecord& reply);

private:
    media::PictureSize m_box;
    std::array<Slot, kCount> m_slots;
};

} // namespace vidimus::worker
