#pragma once

#include <QtGlobal>
#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace vidimus::checks::engine {

/// Cuts one channel into overlapping frames. A gap in the stream starts a new frame.
class SoundFrames {
public:
    SoundFrames() = default;
    SoundFrames(std::size_t length, std::size_t hop)
        : m_length(length)
        , m_hop(hop)
    {
    }

    /// \a position: sample periods from the start of sound. Calls \a frame(span, its position) for each full frame.
    template<class Frame>
    void feed(const float* samples, std::size_t count, qint64 position, Frame&& frame)
    {
        if (position != m_start + static_cast<qint64>(m_samples.size())) {
            m_samples.clear();
            // Frames keep their raster, so that a gap does not shift what follows.
            const auto hop = static_cast<qint64>(m_hop);
            m_start = (position + hop - 1) / hop * hop;
            const auto skip
                = static_cast<std::size_t>(std::min<qint64>(m_start - position, static_cast<qint64>(count)));
            samples += skip;
            count -= skip;
        }
        m_samples.insert(m_samples.end(), samples, samples + count);
        std::size_t used = 0;
        for (; m_samples.size() - used >= m_length; used += m_hop)
            frame(std::span<const float>(m_samples).subspan(used, m_length), m_start + static_cast<qint64>(used));
        m_samples.erase(m_samples.begin(), m_samples.begin() + static_cast<std::ptrdiff_t>(used));
        m_start += static_cast<qint64>(used);
    }

private:
    std::size_t m_length = 1;
    std::size_t m_hop = 1;
    qint64 m_start = 0; ///< position of the first sample that is kept
    std::vector<float> m_samples;
};

} // namespace vidimus::checks::engine
