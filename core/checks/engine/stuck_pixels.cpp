#include "core/checks/engine/stuck_pixels.h"

#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kStandsOut = 32; ///< codes beyond all of the ring
constexpr int kEven = 24; ///< the ring lies within this
constexpr std::size_t kMostCandidates = 4096;
constexpr int kLeastSamples = 10; ///< ten seconds from the first hit on
constexpr int kLeastTold = 6;
constexpr double kLeastHits = 0.9;
/// A candidate whose ring is even more seldom makes room for others.
constexpr int kToldOneIn = 4;
constexpr int kChanges = 24; ///< codes by which the ring changes over time
/// A fade in and out changes it in two directions, one turn; what moves behind a stuck pixel goes to and fro.
constexpr int kMove = 8;
constexpr int kLeastTurns = 2;
constexpr std::size_t kMostMarks = 64;

/// Whether \a place lies in \a spot or beside it.
bool touches(const Region& spot, int x, int y)
{
    return x >= spot.x - 1 && x <= spot.x + spot.width && y >= spot.y - 1 && y <= spot.y + spot.height;
}

void extend(Region& spot, int x, int y)
{
    const int right = std::max(spot.x + spot.width, x + 1);
    const int bottom = std::max(spot.y + spot.height, y + 1);
    spot.x = std::min(spot.x, x);
    spot.y = std::min(spot.y, y);
    spot.width = right - spot.x;
    spot.height = bottom - spot.y;
}

} // namespace

std::optional<StuckPixels::Look> StuckPixels::lookAt(int x, int y) const
{
    int least = 255;
    int most = 0;
    const auto read = [&](int column, int line) {
        const int code = row(line)[column];
        least = std::min(least, code);
        most = std::max(most, code);
    };
    for (int i = -kReach; i <= kReach; ++i) {
        read(x + i, y - kReach);
        read(x + i, y + kReach);
        read(x - kReach, y + i);
        read(x + kReach, y + i);
    }
    if (most - least > kEven)
        return std::nullopt;
    const int here = row(y)[x];
    const int contrast = here > most ? here - most : std::min(0, here - least);
    return Look {contrast, (least + most) / 2};
}

void StuckPixels::lookAgain(int y, qint64 frame)
{
    const qint64 begin = static_cast<qint64>(y) * m_width;
    for (auto entry = m_candidates.lower_bound(begin); entry != m_candidates.end() && entry->first < begin + m_width;
        ++entry) {
        Candidate& candidate = entry->second;
        const auto look = lookAt(static_cast<int>(entry->first - begin), y);
        if (!look)
            continue;
        ++candidate.told;
        const int contrast = candidate.brighter ? look->contrast : -look->contrast;
        if (contrast < kStandsOut)
            continue;
        ++candidate.hits;
        if (const int move = look->ring - candidate.ring; std::abs(move) >= kMove) {
            const int direction = move > 0 ? 1 : -1;
            candidate.turns += direction == -candidate.direction ? 1 : 0;
            candidate.direction = direction;
            candidate.ring = look->ring;
        }
        candidate.lastFrame = frame;
        candidate.darkest = std::min(candidate.darkest, look->ring);
        candidate.brightest = std::max(candidate.brightest, look->ring);
        candidate.contrast += contrast;
    }
}

void StuckPixels::lookForNew(int y, qint64 frame)
{
    if (!markApart(row(y) + kReach, m_width - 2 * kReach, kStandsOut, m_apart.data() + kReach))
        return;
    const auto end = m_apart.end() - kReach;
    for (auto next = std::find(m_apart.begin() + kReach, end, 1); next != end; next = std::find(next + 1, end, 1)) {
        const int x = static_cast<int>(next - m_apart.begin());
        const qint64 place = static_cast<qint64>(y) * m_width + x;
        if (m_candidates.contains(place))
            continue;
        const auto look = lookAt(x, y);
        if (!look || std::abs(look->contrast) < kStandsOut)
            continue;
        if (m_candidates.size() >= kMostCandidates)
            return;
        m_candidates.emplace(place,
            Candidate {.firstFrame = frame,
                .lastFrame = frame,
                .firstSample = m_samples,
                .told = 1,
                .hits = 1,
                .ring = look->ring,
                .darkest = look->ring,
                .brightest = look->ring,
                .contrast = std::abs(look->contrast),
                .brighter = look->contrast > 0});
    }
}

void StuckPixels::add(const Luma& luma, qint64 frame)
{
    if (luma.width < kRows || luma.height < kRows)
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
        copyRowTo8(luma, y, m_rows[static_cast<std::size_t>(y % kRows)].data());
        if (y < kRows - 1)
            continue;
        lookAgain(y - kReach, frame);
        lookForNew(y - kReach, frame);
    }
    ++m_samples;
    // What was missing too often, or can hardly ever be told, makes room for others.
    std::erase_if(m_candidates, [this](const auto& entry) {
        const Candidate& candidate = entry.second;
        const int age = m_samples - candidate.firstSample;
        return age >= kToldOneIn && (candidate.hits < kLeastHits * candidate.told || candidate.told * kToldOneIn < age);
    });
}

bool StuckPixels::isStuck(const Candidate& candidate) const
{
    return m_samples - candidate.firstSample >= kLeastSamples && candidate.told >= kLeastTold
        && candidate.hits >= kLeastHits * candidate.told && candidate.turns >= kLeastTurns
        && candidate.brightest - candidate.darkest >= kChanges;
}

std::vector<Mark> StuckPixels::find() const
{
    std::vector<Mark> marks;
    for (const auto& [place, candidate] : m_candidates) {
        if (!isStuck(candidate))
            continue;
        const int x = static_cast<int>(place % m_width);
        const int y = static_cast<int>(place / m_width);
        const double contrast = static_cast<double>(candidate.contrast) / candidate.hits;
        const auto spot = std::ranges::find_if(marks, [&](const Mark& mark) { return touches(*mark.region, x, y); });
        if (spot == marks.end()) {
            marks.push_back({u"stuck_pixel"_s, candidate.firstFrame, candidate.lastFrame,
                {{u"contrast_codes"_s, contrast}}, Region {x, y, 1, 1}});
            continue;
        }
        extend(*spot->region, x, y);
        spot->firstFrame = std::min(spot->firstFrame, candidate.firstFrame);
        spot->lastFrame = std::max(spot->lastFrame, candidate.lastFrame);
        double& strongest = spot->values[u"contrast_codes"_s];
        strongest = std::max(strongest, contrast);
    }
    std::ranges::stable_sort(
        marks, std::greater<>(), [](const Mark& mark) { return mark.values.at(u"contrast_codes"_s); });
    marks.resize(std::min(marks.size(), kMostMarks));
    return marks;
}

} // namespace vidimus::checks::engine
