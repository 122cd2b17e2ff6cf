#pragma once

#include "core/base/state_archive.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vidimus::checks::engine {

/// A number from 0 to 255 for each cell, and how many cells have each number.
class CellCounts {
public:
    void reset(std::size_t cells)
    {
        m_counts.assign(cells, 0);
        m_cellsAt.fill(0);
        m_cellsAt[0] = static_cast<int>(cells);
    }
    /// False, and nothing changes, at 255.
    [[nodiscard]] bool add(std::size_t cell)
    {
        if (m_counts[cell] == 255)
            return false;
        --m_cellsAt[m_counts[cell]];
        ++m_cellsAt[++m_counts[cell]];
        return true;
    }
    /// Takes back one add().
    void remove(std::size_t cell)
    {
        --m_cellsAt[m_counts[cell]];
        ++m_cellsAt[--m_counts[cell]];
    }
    [[nodiscard]] std::size_t size() const { return m_counts.size(); }
    [[nodiscard]] int operator[](std::size_t cell) const { return m_counts[cell]; }
    /// Cells that have at least this number.
    [[nodiscard]] int cellsWith(int least) const
    {
        int cells = 0;
        for (std::size_t count = static_cast<std::size_t>(least); count < m_cellsAt.size(); ++count)
            cells += m_cellsAt[count];
        return cells;
    }
    void state(StateArchive& archive) { archive(m_counts, m_cellsAt); }

private:
    std::vector<std::uint8_t> m_counts;
    std::array<int, 256> m_cellsAt {};
};

} // namespace vidimus::checks::engine
