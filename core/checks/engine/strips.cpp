#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cstring>

namespace vidimus::checks::engine {

void copyRowTo8(const Luma& luma, int y, std::uint8_t* out)
{
    const std::byte* row = luma.data + luma.stride * y;
    if (luma.bits <= 8) {
        std::memcpy(out, row, static_cast<std::size_t>(luma.width));
        return;
    }
    const auto* wide = reinterpret_cast<const std::uint16_t*>(row);
    const int shift = luma.bits - 8;
    const int half = 1 << (shift - 1);
    for (int x = 0; x < luma.width; ++x)
        out[x] = static_cast<std::uint8_t>(std::min(255, (wide[x] + half) >> shift));
}

void Strips::take(const Luma& luma)
{
    if (m_width != luma.width || m_height != luma.height) {
        m_width = luma.width;
        m_height = luma.height;
        const int all = (m_height + kRows - 1) / kRows;
        const int count = std::min(all, kMaxStrips);
        m_tops.clear();
        for (int strip = 0; strip < count; ++strip)
            m_tops.push_back((2 * strip + 1) * all / (2 * count) * kRows);
        m_pixels.resize(static_cast<std::size_t>(m_width) * static_cast<std::size_t>(count * (kRows + 2 * kMargin)));
    }
    std::uint8_t* out = m_pixels.data();
    for (const int first : m_tops) {
        for (int y = first - kMargin; y < first + kRows + kMargin; ++y, out += m_width)
            copyRowTo8(luma, std::clamp(y, 0, m_height - 1), out);
    }
}

int Strips::rows(int strip) const
{
    return std::min(kRows, m_height - top(strip));
}

std::int64_t Strips::pixels() const
{
    std::int64_t all = 0;
    for (int strip = 0; strip < count(); ++strip)
        all += static_cast<std::int64_t>(rows(strip)) * m_width;
    return all;
}

} // namespace vidimus::checks::engine
