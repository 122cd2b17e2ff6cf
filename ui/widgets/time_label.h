#pragma once

#include "core/base/instant.h"
#include "core/base/rational.h"
#include "ui/widgets/labels.h"

#include <QTimeZone>

namespace vidimus::ui::widgets {

/// "12:01 +01:00" or "21 Nov 12:01 +01:00": an instant with its zone, by locale. UTC is written "Z".
[[nodiscard]] QString zonedTimeText(Instant instant, const QTimeZone& zone, bool withDate);
/// "3 m 10 s", "9 d 12 h": two largest units.
[[nodiscard]] QString spanText(Milliseconds span);
/// "0.2 s ago", "4 m ago".
[[nodiscard]] QString ageText(Milliseconds age);
/// HH:MM:SS:FF of a 0-based frame (SMPTE ST 12-1, non-drop); the frame digits count whole frames of the rounded rate.
[[nodiscard]] QString frameTimecodeText(qint64 frame, Rational framesPerSecond);
/// HH:MM:SS
[[nodiscard]] QString clockText(qint64 frame, Rational framesPerSecond);
/// "1 041" with the locale's grouping.
[[nodiscard]] QString countText(qint64 count);

/// Shows an instant with its zone; the UTC form stands in the tooltip.
class TimeLabel : public TextLabel {
    Q_OBJECT

public:
    explicit TimeLabel(QWidget* parent = nullptr);
    void setInstant(Instant instant, const QTimeZone& zone, bool withDate = false);
};

} // namespace vidimus::ui::widgets
