#pragma once

#include "core/checks/engine/check.h"

#include <algorithm>

namespace vidimus::checks::engine {

/// Cuts sound into windows of a fixed time without drift: window n ends at sample period (n + 1) · rate / windows a
/// second, rounded down. Where a stream has a gap, windows pass empty.
class SoundWindows {
public:
    SoundWindows() = default;
    SoundWindows(int sampleRate, int windowsPerSecond)
        : m_rate(sampleRate)
        , m_perSecond(windowsPerSecond)
        , m_end(sampleRate / windowsPerSecond)
    {
    }
    /// A rate below one sample a window has no windows.
    [[nodiscard]] bool isUsable() const { return m_rate >= m_perSecond && m_perSecond > 0; }
    [[nodiscard]] double step() const { return 1.0 / m_perSecond; }
    /// Part of the window that is open holds something.
    [[nodiscard]] bool hasRest() const { return m_position * m_perSecond > m_closed * m_rate; }

    /// Calls \a piece(first, count), sample periods of the block that belong to the open window, and \a full() when a
    /// window ends.
    template<class Piece, class Full>
    void feed(const SoundBlock& block, Piece&& piece, Full&& full)
    {
        if (!isUsable())
            return;
        while (m_end <= block.position)
            close(full);
        m_position = std::max(m_position, block.position);
        for (std::size_t first = 0; first < block.frames;) {
            const std::size_t count = std::min(static_cast<std::size_t>(m_end - m_position), block.frames - first);
            piece(first, count);
            first += count;
            m_position += static_cast<qint64>(count);
            if (m_position == m_end)
                close(full);
        }
    }

private:
    template<class Full>
    void close(Full&& full)
    {
        full();
        ++m_closed;
        m_position = std::max(m_position, m_end);
        m_end = (m_closed + 1) * m_rate / m_perSecond;
    }

    qint64 m_rate = 0;
    qint64 m_perSecond = 1;
    qint64 m_position = 0; ///< sample periods taken in
    qint64 m_end = 0; ///< at which the open window closes
    qint64 m_closed = 0;
};

} // namespace vidimus::checks::engine
