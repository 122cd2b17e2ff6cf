#pragma once

#include "core/base/rational.h"
#include "core/base/result.h"
#include "core/media/time_list.h"

#include <QByteArray>
#include <vector>

namespace vidimus::media {

struct FrameIndexEntry {
    qint64 pts = 0; ///< in time base units, on the file's own clock
    qint64 duration = 0; ///< in time base units, to the next frame; the last one's own; 0 when unknown
    bool key = false; ///< decoding may start here

    friend bool operator==(const FrameIndexEntry&, const FrameIndexEntry&) = default;
};

/// The frames of one video stream that are shown, in presentation order. Frame numbers are positions here. About a byte
/// a frame in memory, or less. A value; const functions from any thread.
class FrameIndex {
public:
    FrameIndex() = default;
    /// \a entries ascend strictly by pts. \a origin: seconds on the file's clock that count as media time 0.
    FrameIndex(Rational timeBase, Rational origin, const std::vector<FrameIndexEntry>& entries);
    /// Without frames so far.
    FrameIndex(Rational timeBase, Rational origin);
    /// The next frame; its pts is above the one before.
    void append(const FrameIndexEntry& entry);

    [[nodiscard]] qint64 count() const { return static_cast<qint64>(m_times.size()); }
    [[nodiscard]] bool isEmpty() const { return m_times.empty(); }
    /// \a number in [0, count).
    [[nodiscard]] FrameIndexEntry at(qint64 number) const;
    [[nodiscard]] Rational timeBase() const { return m_timeBase; }
    [[nodiscard]] Rational origin() const { return m_origin; }

    /// Media time of a frame, seconds, exact. \a number in [0, count).
    [[nodiscard]] Rational timeOf(qint64 number) const;
    [[nodiscard]] Rational durationOf(qint64 number) const;
    /// Media time at which the last frame ends.
    [[nodiscard]] Rational endTime() const;
    /// The frame shown at \a time: the last one that has begun, the first one before all, -1 when empty. A frame owns
    /// [its time, the next one's time); a time less than a microsecond before a frame counts as that frame's, so that
    /// times that went through a double find their frame again.
    [[nodiscard]] qint64 frameAt(Rational time) const;
    [[nodiscard]] qint64 frameAt(double seconds) const;
    /// The frame with exactly this pts; -1 when there is none.
    [[nodiscard]] qint64 frameWithPts(qint64 pts) const;
    /// The nearest key frame at or before \a number; 0 when there is none.
    [[nodiscard]] qint64 keyBefore(qint64 number) const;
    /// The nearest key frame after \a number; -1 when there is none.
    [[nodiscard]] qint64 keyAfter(qint64 number) const;
    /// True when all frames but the last have one duration (within one time base unit).
    [[nodiscard]] bool isConstantRate() const;

    /// Compact form for messages: about 2 bytes a frame.
    [[nodiscard]] QByteArray toBytes() const;
    /// Untrusted bytes. Errors: Invalid, LimitExceeded (more than 16 million frames).
    [[nodiscard]] static Result<FrameIndex> fromBytes(QByteArrayView bytes);

    friend bool operator==(const FrameIndex&, const FrameIndex&) = default;

private:
    Rational m_timeBase {1, 1};
    Rational m_origin {0, 1};
    TimeList m_times; ///< pts
    TimeList m_excess; ///< of each duration but the last over the time to the next frame: as a rule 0
    qint64 m_lastDuration = 0;
    std::vector<bool> m_keys;
};

} // namespace vidimus::media
