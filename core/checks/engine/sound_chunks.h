#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace vidimus::checks::engine {

/// Cuts a stream of interleaved sound into chunks of a fixed number of sample periods for a meter.
class SoundChunks {
public:
    SoundChunks() = default;
    SoundChunks(std::size_t channels, std::size_t chunkFrames)
        : m_channels(channels)
        , m_chunk(chunkFrames)
    {
    }
    [[nodiscard]] std::size_t chunkFrames() const { return m_chunk; }
    [[nodiscard]] std::size_t pending() const { return m_filled; } ///< sample periods since the last full chunk

    /// Calls \a piece(span) with parts that never cross a chunk's end, and \a full() after each whole chunk.
    template<class Piece, class Full>
    void feed(std::span<const float> interleaved, Piece&& piece, Full&& full)
    {
        while (m_chunk > 0 && interleaved.size() >= m_channels) {
            const std::size_t frames = std::min(m_chunk - m_filled, interleaved.size() / m_channels);
            piece(interleaved.first(frames * m_channels));
            interleaved = interleaved.subspan(frames * m_channels);
            m_filled += frames;
            if (m_filled == m_chunk) {
                m_filled = 0;
                full();
            }
        }
    }

private:
    std::size_t m_channels = 1;
    std::size_t m_chunk = 0;
    std::size_t m_filled = 0;
};

} // namespace vidimus::checks::engine
