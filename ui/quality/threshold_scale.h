#pragma once

#include "core/checks/check_descriptor.h"

#include <QString>

namespace vidimus::ui::quality {

/// Where a threshold stands on a slider of kSteps steps. Bounds are often far apart (0 to 3600 s) while people care
/// about the low end, so the scale is bent such that the shipped default stands at two fifths. A value.
class ThresholdScale {
public:
    static constexpr int kSteps = 1000;

    explicit ThresholdScale(const checks::CheckParameter& parameter);
    [[nodiscard]] int positionOf(double value) const; ///< 0…kSteps; values outside the bounds stand at the ends
    /// Rounded to what a person would type: at most three digits that say something.
    [[nodiscard]] double valueAt(int position) const;
    /// One key press up or down: the smallest step of the rounded values there.
    [[nodiscard]] double next(double value, int direction) const;

private:
    [[nodiscard]] double rounded(double value) const;

    double m_minimum;
    double m_maximum;
    double m_power; ///< value = minimum + span × share^power
    bool m_whole; ///< counted things: frames, samples
    bool m_level; ///< dB and LU: people set tenths
};

/// Words of a parameter's unit, also of those that are counted; empty for plain numbers and shares (shown in %).
[[nodiscard]] QString unitText(const checks::CheckParameter& parameter);
/// A value as it stands in the field: shares in per cent.
[[nodiscard]] QString fieldText(const checks::CheckParameter& parameter, double value);
/// What was typed, within the bounds; none for anything else.
[[nodiscard]] std::optional<double> fieldValue(const checks::CheckParameter& parameter, const QString& text);

} // namespace vidimus::ui::quality
