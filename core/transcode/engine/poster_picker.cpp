#include "core/transcode/engine/poster_picker_p.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vidimus::transcode::engine {

namespace {

constexpr int kCandidatesInWindow = 16;
constexpr double kBlackLuma = 32; // of 16..235
constexpr double kFlatDeviation = 8;

} // namespace

PosterScore scorePoster(const AVFrame& picture)
{
    double sum = 0;
    double squares = 0;
    double differences = 0;
    std::int64_t count = 0;
    for (int y = 0; y < picture.height; y += 4) {
        const std::uint8_t* row = picture.data[0] + std::ptrdiff_t {y} * picture.linesize[0];
        for (int x = 0; x + 1 < picture.width; x += 2) {
            sum += row[x];
            squares += double(row[x]) * row[x];
            differences += std::abs(row[x + 1] - row[x]);
            ++count;
        }
    }
    if (count == 0)
        return {};
    const double mean = sum / double(count);
    const double deviation = std::sqrt(std::max(0.0, squares / double(count) - mean * mean));
    return {.hasContent = mean > kBlackLuma && deviation > kFlatDeviation, .sharpness = differences / double(count)};
}

PosterPicker::PosterPicker(const SegmentGrid& grid, int segmentCount)
    : m_timescale(grid.timescale)
{
    const std::int64_t length = grid.startOf(segmentCount);
    m_windowStart = length * 28 / 100;
    m_windowEnd = length * 40 / 100;
    m_stride = std::max<std::int64_t>(1, (m_windowEnd - m_windowStart) / kCandidatesInWindow);
}

void PosterPicker::prefer(const std::vector<TimeSpan>& spans)
{
    const auto ticksOf = [this](double seconds) { return std::llround(seconds * m_timescale); };
    for (const TimeSpan& span : spans)
        m_preferred.push_back({ticksOf(span.start), ticksOf(span.end)});
}

bool PosterPicker::isPreferred(std::int64_t ticks) const
{
    return std::ranges::any_of(
        m_preferred, [ticks](const Ticks& span) { return ticks >= span.start && ticks < span.end; });
}

void PosterPicker::offer(const AVFrame& picture, std::int64_t ticks)
{
    const bool inWindow = ticks >= m_windowStart && ticks <= m_windowEnd;
    const bool preferred = isPreferred(ticks);
    const bool isNextPreferred = preferred && ticks >= m_nextPreferredTicks;
    if (m_best && ticks < m_nextTicks && !isNextPreferred && !(inWindow && !m_bestInWindow && !m_bestScore.hasContent))
        return;
    if (preferred)
        m_nextPreferredTicks = ticks + m_stride;
    m_nextTicks = ticks + (inWindow ? m_stride : std::max<std::int64_t>(m_stride, (m_windowEnd - m_windowStart) / 2));
    const PosterScore score = scorePoster(picture);
    const auto rank = [](const PosterScore& value, bool wanted, bool window) {
        return (value.hasContent ? 4 : 0) + (wanted ? 2 : 0) + (window ? 1 : 0);
    };
    const int mine = rank(score, preferred, inWindow);
    const int best = rank(m_bestScore, m_bestPreferred, m_bestInWindow);
    if (m_best && (mine < best || (mine == best && score.sharpness <= m_bestScore.sharpness)))
        return;
    auto kept = shareFrame(picture);
    if (!kept)
        return; // a poster is not worth failing for
    m_best = *std::move(kept);
    m_bestScore = score;
    m_bestPreferred = preferred;
    m_bestInWindow = inWindow;
}

Result<QByteArray> PosterPicker::finish(const ColourTags& colour)
{
    if (!m_best)
        return QByteArray();
    return encodeJpeg(*m_best, colour);
}

} // namespace vidimus::transcode::engine
