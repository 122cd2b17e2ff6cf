#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Finds a logo or watermark that stays in place while the picture around it changes: twice a second, the signed
/// differences between neighbouring cells of 4 × 4 pixels are added up. Edges of moving things cancel, those of a logo
/// grow, a see-through one's too. Cells whose sum keeps nearly all of its absolute sum are persistent; a small group of
/// them is a mark of kind "logo". When other parts of the picture are persistent too the camera stands still and
/// nothing is told.
class StaticLogoCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override { ++m_next; }
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Cell {
        qint32 across = 0;
        qint32 down = 0;
        qint32 size = 0; ///< Σ |across| + |down|
        qint32 seen = 0; ///< samples in which there was an edge at all
    };
    void take(const Luma& luma);

    ByteGrid m_cells;
    std::vector<std::uint32_t> m_sums;
    std::vector<std::uint8_t> m_row;
    std::vector<Cell> m_edges;
    int m_samples = 0;
    qint64 m_next = 0;
    qint64 m_first = 0;
    qint64 m_last = 0;
};

} // namespace vidimus::checks::engine
