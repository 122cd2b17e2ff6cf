#pragma once

#include "core/base/rational.h"
#include "core/base/result.h"

#include <QString>

namespace vidimus::media {

/// How frames are counted as HH:MM:SS:FF (SMPTE ST 12-1).
struct TimecodeRate {
    int nominalFps = 25; ///< frames counted per second of timecode: 24, 25, 30, 50, 60 …
    bool dropFrame = false; ///< only with a nominal rate that is a multiple of 30

    friend bool operator==(const TimecodeRate&, const TimecodeRate&) = default;
};

/// The counting for a real frame rate: 30000/1001 and 60000/1001 get drop-frame, 24000/1001 counts 24 without.
/// A rate of 0 or above 1000 counts as 25.
[[nodiscard]] TimecodeRate timecodeRateFor(Rational framesPerSecond);

/// "HH:MM:SS:FF", with ";" before the frames in drop-frame. Hours do not wrap. \a frame is 0 or more.
[[nodiscard]] QString timecodeText(qint64 frame, TimecodeRate rate);
/// Reads what timecodeText() prints, and also fewer fields from the right ("12:05" is 12 s 5 frames) and "." or ";"
/// before the frames. Errors: Invalid (fields out of range; a number that drop-frame leaves out).
[[nodiscard]] Result<qint64> parseTimecode(QStringView text, TimecodeRate rate);

} // namespace vidimus::media
