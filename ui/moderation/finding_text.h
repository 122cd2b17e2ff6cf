#pragma once

#include "core/checks/evidence.h"
#include "ui/widgets/painting.h"

#include <QRectF>

namespace vidimus::media {
struct VideoStream;
}

namespace vidimus::ui::moderation {

/// A finding of a report in words and places, as lanes, table and picture show it. A value.
struct FindingRow {
    QString id; ///< unique in the report
    QString checkId;
    QString kind; ///< "Black picture"
    QString detail; ///< "left channel silent"; empty when the kind says it all
    QString severity; ///< "High", "Medium"
    QString measured; ///< "−18.2 LUFS"
    widgets::SeverityPattern pattern = widgets::SeverityPattern::Solid;
    int colorIndex = 0;
    double start = 0; ///< seconds
    double end = 0;
    qint64 firstFrame = -1; ///< -1: sound alone
    qint64 lastFrame = -1;
    std::optional<QRectF> region; ///< share of the shown picture
    checks::Finding finding; ///< as the report has it
    checks::Values threshold; ///< of its check
};

/// In order of time.
[[nodiscard]] std::vector<FindingRow> findingRows(const checks::Report& report, const media::VideoStream* video);
/// "−18.2 LUFS", "2.4 s", "98 %": the value of a finding that says most.
[[nodiscard]] QString measuredText(const checks::Finding& finding);
/// A number in the unit of a check's parameter: "98 %" for a fraction, "−23.0 LUFS", "2.5 s".
[[nodiscard]] QString valueText(double value, const QString& unit);
/// "Measured −32.5 LUFS; allowed from −24.0 LUFS to −22.0 LUFS."
[[nodiscard]] QString evidenceText(const checks::Evidence& evidence);
/// Words of a check by its id.
[[nodiscard]] QString checkTitle(const QString& checkId);
/// One hue per kind of finding, steady over all items.
[[nodiscard]] int laneColor(const QString& checkId);
/// A region of the stored picture as a share of the picture that is shown, turned and mirrored as the stream says.
[[nodiscard]] QRectF shownRegion(const checks::Region& region, const media::VideoStream& video);

} // namespace vidimus::ui::moderation
