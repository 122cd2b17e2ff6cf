#include "core/worker/frame_slots.h"

#include <cstdlib>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {
constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kBytesPerPixel = 4;
} // namespace

void FrameSlots::reset(media::PictureSize box)
{
    m_box = box;
    m_slots = {};
}

std::size_t FrameSlots::slotBytes() const
{
    const auto bytes = static_cast<std::size_t>(m_box.width) * static_cast<std::size_t>(m_box.height) * kBytesPerPixel;
    return (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
}

int FrameSlots::find(qint64 frame) const
{
    for (int slot = 0; slot < kCount; ++slot) {
        const Slot& candidate = m_slots[static_cast<std::size_t>(slot)];
        const bool usable = candidate.state == Slot::State::Ready
            || (candidate.state == Slot::State::Pending && candidate.wanted && !candidate.near);
        if (usable && candidate.frame == frame)
            return slot;
    }
    return -1;
}

int FrameSlots::takeFor(qint64 frame)
{
    int best = -1;
    for (int slot = 0; slot < kCount; ++slot) {
        const Slot& candidate = at(slot);
        if (candidate.state == Slot::State::Free || candidate.state == Slot::State::Failed)
            return slot;
        if (candidate.state == Slot::State::Ready
            && (best < 0 || std::llabs(candidate.frame - frame) > std::llabs(at(best).frame - frame)))
            best = slot;
    }
    return best;
}

bool FrameSlots::hasPending() const
{
    return std::any_of(
        m_slots.begin(), m_slots.end(), [](const Slot& slot) { return slot.state == Slot::State::Pending; });
}

FrameRequestRecord FrameSlots::request(int slot, qint64 frame, std::uint64_t serial, bool near)
{
    at(slot) = Slot {
        .state = Slot::State::Pending, .wanted = true, .serial = serial, .frame = frame, .near = near, .size = {}};
    return FrameRequestRecord {serial, frame, static_cast<std::uint32_t>(m_box.width),
        static_cast<std::uint32_t>(m_box.height), offsetOf(slot), near ? 1U : 0U, 0};
}

void FrameSlots::giveUpPending()
{
    for (Slot& slot : m_slots)
        slot.wanted = false;
}

Result<int> FrameSlots::book(const FrameReplyRecord& reply)
{
    for (int number = 0; number < kCount; ++number) {
        Slot& slot = at(number);
        if (slot.state != Slot::State::Pending || slot.serial != reply.serial)
            continue;
        if (slot.frame != reply.frame && !slot.near)
            return protocolError(u"another frame than asked for"_s);
        switch (static_cast<ReplyState>(reply.state)) {
        case ReplyState::Delivered:
            if (reply.width < 1 || reply.height < 1 || reply.width > static_cast<std::uint32_t>(m_box.width)
                || reply.height > static_cast<std::uint32_t>(m_box.height) || reply.damaged > 1)
                return protocolError(u"a picture of %1 by %2"_s.arg(reply.width).arg(reply.height));
            slot.state = Slot::State::Ready;
            slot.frame = reply.frame;
            slot.near = false;
            slot.size = {static_cast<int>(reply.width), static_cast<int>(reply.height)};
            slot.damaged = reply.damaged == 1;
            return number;
        case ReplyState::Dropped:
            if (slot.wanted)
                return protocolError(u"dropped a frame that is wanted"_s);
            slot.state = Slot::State::Free;
            return number;
        case ReplyState::Failed:
            slot.state = Slot::State::Failed;
            return number;
        }
        return protocolError(u"an unknown reply state"_s);
    }
    return protocolError(u"a frame that was not asked for"_s);
}

} // namespace vidimus::worker
