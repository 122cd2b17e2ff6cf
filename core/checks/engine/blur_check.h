#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures how wide the sharpest edges are: the sigma, in pixels, of the Gaussian that would blur a step as much. For
/// such an edge Σ slope² / Σ curvature² is 2·sigma², whatever its height, so the measure does not depend on what is in
/// the picture; the narrow edges dominate the curvature, so a soft background behind a sharp face is not blurred.
/// Slope and curvature are taken over two pixels on either side, which keeps coding noise small; a perfect step gives
/// 0.7. Of the two directions the sharper counts: motion blurs one. Frames with edges at fewer than kLeastEdges of
/// their places (fades, sky, black) cannot tell and are stored as 0.
class BlurCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    Series m_sigma;
};

} // namespace vidimus::checks::engine
