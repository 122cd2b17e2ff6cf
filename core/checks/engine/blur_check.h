#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/engine/wide_edges.h"

#include <memory>
#include <vector>

namespace vidimus::checks::engine {

/// Measures how wide the sharpest edges are: the sigma, in pixels, of the Gaussian that would blur a step as much. For
/// such an edge Σ slope² / Σ curvature² is 2·sigma², whatever its height, so the measure does not depend on what is in
/// the picture; the narrow edges dominate the curvature, so a soft background behind a sharp face is not blurred.
/// Slope and curvature are taken over two pixels on either side, which keeps coding noise small; a perfect step gives
/// 0.8. Edges that are wide over two pixels are measured again over squares of 4 and of 8 pixels (wide_edges.h), where
/// noise is small again; Gaussians of 2 to 12 pixels are told within about a fifth. 20 stands for 20 or more. Of the
/// two directions the sharper counts: motion blurs one. Frames with edges at fewer than kLeastEdges of their places
/// (fades, sky, black) cannot tell and are stored as 0.
class BlurCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    [[nodiscard]] double widthOf(const EdgeWidths& overPixels, const Picture& picture);
    [[nodiscard]] double sharpestPart(const Strips& strips);

    Series m_sigma;
    WideEdges m_wideEdges;
    std::vector<EdgeSums> m_tilesAcross;
    std::vector<EdgeSums> m_tilesDown;
};

} // namespace vidimus::checks::engine
