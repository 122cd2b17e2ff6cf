#include "core/checks/engine/stuck_pixels.h"

#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kStandsOut = 32; ///< codes beyond every neighbour
constexpr int kEven = 24; ///< the neighbours lie within this
constexpr std::size_t kMostCandidates = 4096;
constexpr int kLeastSamples = 10; ///< ten seconds
constexpr double kLeastHits = 0.9;
constexpr int kChanges = 24; ///< codes by which the neighbours change over time
constexpr std::size_t kMostMarks = 64;

} // namespace

void StuckPixels::addRow(const Luma& luma, int y, qint64 frame)
{
    const std::uint8_t* above = m_rows[(y + 2) % 3].data();
    const std::uint8_t* here = m_rows[y % 3].data();
    const std::uint8_t* below = m_rows[(y + 1) % 3].data();
    if (!markApart(here + 1, luma.width - 2, kStandsOut, m_apart.data() + 1))
        return;
    for (auto next = m_apart.begin() + 1;; ++next) {
        next = std::find(next, m_apart.end() - 1, 1);
        if (next == m_apart.end() - 1)
            return;
        const int x = static_cast<int>(next - m_apart.begin());
        const std::array<int, 8> around {
            above[x - 1], above[x], above[x + 1], here[x - 1], here[x + 1], below[x - 1], below[x], below[x + 1]};
        const auto [least, most] = std::ranges::minmax(around);
        const bool brighter = here[x] >= most + kStandsOut;
        if (most - least > kEven || (!brighter && here[x] > least - kStandsOut))
            continue;
        const qint64 place = static_cast<qint64>(y) * luma.width + x + 1;
        const qint64 key = brighter ? place : -place;
        auto found = m_candidates.find(key);
        if (found == m_candidates.end()) {
            if (m_candidates.size() >= kMostCandidates)
                return;
            found = m_candidates.emplace(key, Candidate {frame, frame, m_samples}).first;
        }
        Candidate& candidate = found->second;
        const int mean = (least + most) / 2;
        candidate.lastFrame = frame;
        ++candidate.hits;
        candidate.darkest = std::min(candidate.darkest, mean);
        candidate.brightest = std::max(candidate.brightest, mean);
        candidate.contrast += brighter ? here[x] - most : least - here[x];
    }
}

void StuckPixels::add(const Luma& luma, qint64 frame)
{
    if (luma.width < 3 || luma.height < 3)
        return;
    if (luma.width != m_width || luma.height != m_height) {
        m_candidates.clear();
        m_samples = 0;
        m_width = luma.width;
        m_height = luma.height;
    }
    for (auto& row : m_rows)
        row.resize(static_cast<std::size_t>(luma.width));
    m_apart.assign(static_cast<std::size_t>(luma.width), 0);
    for (int y = 0; y < luma.height; ++y) {
        copyRowTo8(luma, y, m_rows[y % 3].data());
        if (y >= 2)
            addRow(luma, y - 1, frame);
    }
    ++m_samples;
    // What was missing too often makes room for others.
    std::erase_if(m_candidates, [this](const auto& entry) {
        const int seen = m_samples - entry.second.firstSample;
        return seen >= 4 && entry.second.hits < kLeastHits * seen;
    });
}

std::vector<Mark> StuckPixels::find() const
{
    std::vector<Mark> marks;
    for (const auto& [key, candidate] : m_candidates) {
        const int seen = m_samples - candidate.firstSample;
        if (seen < kLeastSamples || candidate.hits < kLeastHits * seen
            || candidate.brightest - candidate.darkest < kChanges)
            continue;
        const qint64 place = std::abs(key) - 1;
        const double contrast = static_cast<double>(candidate.contrast) / candidate.hits;
        marks.push_back({u"stuck_pixel"_s, candidate.firstFrame, candidate.lastFrame, {{u"contrast_codes"_s, contrast}},
            Region {static_cast<int>(place % m_width), static_cast<int>(place / m_width), 1, 1}});
    }
    std::ranges::stable_sort(
        marks, std::greater<>(), [](const Mark& mark) { return mark.values.at(u"contrast_codes"_s); });
    marks.resize(std::min(marks.size(), kMostMarks));
    return marks;
}

} // namespace vidimus::checks::engine
