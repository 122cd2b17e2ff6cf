#pragma once

#include "core/checks/measurements.h"
#include "core/checks/profile.h"
#include "core/checks/report.h"
#include "core/media/color.h"
#include "support/flash_sequence.h"

#include <QString>

namespace vidimus::test {

/// A frame rate as a fraction.
struct FrameRate {
    int num = 25;
    int den = 1;
    [[nodiscard]] double perSecond() const { return static_cast<double>(num) / den; }
};

/// Feeds a flash sequence to the checks as a pass would, without an encoder.
struct FlashProgramme {
    FlashSequence sequence;
    FrameRate rate;
    int frames = 50;
    std::vector<qint64> timesMs; ///< when not empty: presentation times, one more than frames (the end)
    int bits = 8; ///< 8 or 10
    media::ColorTags color {media::ColorRange::Limited, 1, 1, 1};

    [[nodiscard]] checks::Measurements measure(const QString& check) const;
    /// The check's answer by a standard.
    [[nodiscard]] checks::CheckResult judged(const QString& check, double standard) const;
    /// The outcomes by several standards of one measurement.
    [[nodiscard]] std::vector<checks::CheckOutcome> outcomes(
        const QString& check, const std::vector<double>& standards) const;
};

/// The rates at which boundaries are tested: 24, 25, 29.97, 50, 59.94, 60. Column "rate".
void addFrameRates();

} // namespace vidimus::test

Q_DECLARE_METATYPE(vidimus::test::FrameRate)
Q_DECLARE_METATYPE(vidimus::test::Yuv)
