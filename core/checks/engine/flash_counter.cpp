#include "core/checks/engine/flash_counter.h"

#include "core/checks/engine/flash_region.h"
#include "core/checks/flash_standard.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vidimus::checks::engine {

namespace {

/// Time stamps of many containers are whole milliseconds.
constexpr double kTimeSlack = 0.001;
/// Transitions this close together occur concurrently, in seconds: one frame up to 30 frames a second, two at 50
/// and 60.
constexpr double kInstant = 0.030;
/// Instants that are remembered: at 60 frames a second those of two frames each overlap.
constexpr std::size_t kInstants = 4;
/// Lists that are kept to be used again.
constexpr std::size_t kSpares = 16;
/// Two instants change the same cells when they share at least this part of all that either changed.
constexpr double kSameCells = 0.6;
/// From this many transitions on where and when they are is kept.
constexpr int kDescribed = 4;
/// Seven transitions are three flashes and a half; the only count that spacing can excuse.
constexpr int kSpaced = 7;
/// A frame belongs to the flashing when at least this share of the cells that flash change in it, at the widest of the
/// last second: so what moves beside a flash does not lengthen it.
constexpr double kSharedChange = 0.25;

} // namespace

void FlashCounter::reset(const FlashCells& cells)
{
    m_columns = cells.columns;
    m_rows = cells.rows;
    m_side = cells.side;
    m_counts.reset(cells.count());
    m_mask.assign(cells.count(), 0);
    m_covered.assign(cells.count(), 1);
    m_moments.clear();
    m_waiting.clear();
    m_instants.clear();
    m_windows.reset(m_columns, m_rows);
}

void FlashCounter::state(StateArchive& archive)
{
    archive(m_columns, m_rows, m_side, m_counts, m_waiting, m_moments, m_instants, m_times, m_mask, m_covered, m_state,
        m_track);
    if (archive.isReading() && m_columns > 0 && m_rows > 0)
        m_windows.reset(m_columns, m_rows);
}

void FlashCounter::addFrame(qint64 frame, double seconds, const FlashCells& cells, const Transitions& transitions)
{
    if (cells.columns != m_columns || cells.rows != m_rows || cells.side != m_side)
        reset(cells);
    const std::size_t before = m_moments.size();
    expire(seconds);
    const bool expired = m_moments.size() != before;
    m_times.push_back(seconds);
    bool counted = false;
    if (transitions.count() > 0) {
        remember(frame, seconds, transitions);
        counted = countConcurrent();
    }
    if (expired || counted) {
        m_state = measure(cells);
        if (m_state.transitions >= kLeastTransitions && counted)
            m_state.step = transitions.stepSum / static_cast<double>(transitions.count());
    }
    m_track.add(frame, m_state);
}

void FlashCounter::expire(double seconds)
{
    const double oldest = seconds - 1 + kTimeSlack;
    while (!m_times.empty() && m_times.front() < oldest)
        m_times.pop_front();
    while (!m_moments.empty() && m_moments.front().seconds < oldest) {
        for (const auto* cells : {&m_moments.front().rises, &m_moments.front().falls}) {
            for (const std::uint32_t cell : *cells)
                m_counts.remove(cell);
        }
        spare(std::move(m_moments.front()));
        m_moments.pop_front();
    }
}

void FlashCounter::remember(qint64 frame, double seconds, const Transitions& transitions)
{
    while (!m_waiting.empty() && m_waiting.front().seconds < seconds - kInstant) {
        spare(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    Moment moment = newMoment(frame, seconds);
    moment.rises.assign(transitions.rises.begin(), transitions.rises.end());
    moment.falls.assign(transitions.falls.begin(), transitions.falls.end());
    m_waiting.push_back(std::move(moment));
}

FlashCounter::Moment FlashCounter::newMoment(qint64 frame, double seconds)
{
    Moment moment;
    if (!m_spare.empty()) {
        moment.rises = std::move(m_spare.back().rises);
        moment.falls = std::move(m_spare.back().falls);
        m_spare.pop_back();
    }
    moment.rises.clear();
    moment.falls.clear();
    moment.frame = frame;
    moment.seconds = seconds;
    return moment;
}

void FlashCounter::spare(Moment moment)
{
    if (m_spare.size() < kSpares)
        m_spare.push_back(std::move(moment));
}

bool FlashCounter::isLarge(bool rises, bool falls)
{
    const double enough = m_windows.cells() * kFlashArea;
    std::size_t most = 0;
    for (const Moment& moment : m_waiting)
        most += (rises ? moment.rises.size() : 0) + (falls ? moment.falls.size() : 0);
    if (static_cast<double>(most) <= enough)
        return false;
    std::ranges::fill(m_mask, std::uint8_t(0));
    for (const Moment& moment : m_waiting) {
        for (std::size_t i = 0; rises && i < moment.rises.size(); ++i)
            m_mask[moment.rises[i]] = 1;
        for (std::size_t i = 0; falls && i < moment.falls.size(); ++i)
            m_mask[moment.falls[i]] = 1;
    }
    if (m_windows.largestArea(m_mask) <= enough)
        return false;
    if (!m_windows.isWholeScreen())
        m_windows.cover(enough, m_covered);
    return true;
}

bool FlashCounter::countConcurrent()
{
    if (!isLarge(true, true))
        return false;
    bool counts = repeatsEarlierInstant();
    if (counts) {
        for (Moment& moment : m_waiting)
            count(moment, true, true);
    } else {
        if (isLarge(true, false)) {
            counts = true;
            for (Moment& moment : m_waiting)
                count(moment, true, false);
        }
        if (isLarge(false, true)) {
            counts = true;
            for (Moment& moment : m_waiting)
                count(moment, false, true);
        }
    }
    for (const Moment& moment : m_waiting) {
        if (!counts)
            m_instants.back().moments.push_back(moment);
    }
    return counts;
}

/// Notes the instant in m_mask. True when an earlier one changed the same cells; that one then counts too.
bool FlashCounter::repeatsEarlierInstant()
{
    const double first = m_waiting.front().seconds;
    const double oldest = m_waiting.back().seconds - 1 + kTimeSlack;
    const auto before = std::find_if(m_instants.rbegin(), m_instants.rend(),
        [&](const Instant& instant) { return instant.seconds < first && instant.seconds > oldest; });
    bool repeats = false;
    if (before != m_instants.rend()) {
        int shared = 0;
        int either = 0;
        for (std::size_t cell = 0; cell < m_mask.size(); ++cell) {
            shared += m_mask[cell] & before->changed[cell];
            either += m_mask[cell] | before->changed[cell];
        }
        repeats = shared >= kSameCells * either;
    }
    if (repeats) {
        for (Moment& moment : before->moments) {
            if (m_moments.empty() || m_moments.back().seconds < moment.seconds)
                count(moment, true, true);
        }
        before->moments.clear();
    }
    noteInstant();
    return repeats;
}

void FlashCounter::noteInstant()
{
    if (m_instants.size() == kInstants) {
        m_instants.push_back(std::move(m_instants.front()));
        m_instants.pop_front();
    } else {
        m_instants.emplace_back();
    }
    Instant& instant = m_instants.back();
    instant.seconds = m_waiting.back().seconds;
    instant.changed = m_mask;
    instant.moments.clear();
}

void FlashCounter::count(Moment& moment, bool rises, bool falls)
{
    Moment counted = newMoment(moment.frame, moment.seconds);
    const auto countCells = [&](const std::vector<std::uint32_t>& from, std::vector<std::uint32_t>& to) {
        for (const std::uint32_t cell : from) {
            // What is not counted up must not be counted down.
            if (m_covered[cell] != 0 && m_counts.add(cell))
                to.push_back(cell);
        }
    };
    if (rises && !std::exchange(moment.countedRises, true))
        countCells(moment.rises, counted.rises);
    if (falls && !std::exchange(moment.countedFalls, true))
        countCells(moment.falls, counted.falls);
    if (counted.rises.empty() && counted.falls.empty()) {
        spare(std::move(counted));
        return;
    }
    // Most often the latest; a second direction of the same frame joins the first.
    const auto place = std::ranges::upper_bound(m_moments, counted.seconds, {}, &Moment::seconds);
    m_moments.insert(place, std::move(counted));
}

FlashState FlashCounter::measure(const FlashCells& cells)
{
    const double enough = m_windows.cells() * kFlashArea;
    int transitions = 0;
    for (int cellCount = 0; transitions < 255; ++transitions) {
        cellCount = m_counts.cellsWith(transitions + 1);
        if (cellCount <= enough)
            break;
    }
    for (; transitions >= kLeastTransitions; --transitions) {
        maskCells(transitions);
        if (transitions == kSpaced)
            dropSpacedFlashes();
        const int area = m_windows.largestArea(m_mask);
        if (area <= enough)
            continue;
        FlashState state;
        state.transitions = transitions;
        if (transitions >= kDescribed)
            describe(area, cells, state);
        return state;
    }
    return {};
}

void FlashCounter::maskCells(int transitions)
{
    for (std::size_t cell = 0; cell < m_counts.size(); ++cell)
        m_mask[cell] = m_counts[cell] >= transitions ? 1 : 0;
}

double FlashCounter::spacing() const
{
    // A second of 25 or 50 frames is 50 Hz.
    const std::size_t frames = m_times.size();
    return frames == 25 || frames == 50 || frames == 100 ? kFlashSpacing50 : kFlashSpacing60;
}

/// Of seven transitions the leading edges are the second, fourth and sixth; the others belong to these three flashes or
/// to the one before.
void FlashCounter::dropSpacedFlashes()
{
    std::vector<std::uint8_t> seen(m_counts.size(), 0);
    std::vector<double> lastEdge(m_counts.size(), 0);
    std::vector<std::uint8_t> isSpaced(m_counts.size(), 1);
    const double enough = spacing() - kTimeSlack;
    for (const Moment& moment : m_moments) {
        for (const auto* cells : {&moment.rises, &moment.falls}) {
            for (const std::uint32_t cell : *cells) {
                if (m_counts[cell] != kSpaced)
                    continue;
                const int edge = ++seen[cell];
                if (edge % 2 != 0)
                    continue;
                if (edge > 2 && moment.seconds - lastEdge[cell] < enough)
                    isSpaced[cell] = 0;
                lastEdge[cell] = moment.seconds;
            }
        }
    }
    for (std::size_t cell = 0; cell < m_counts.size(); ++cell) {
        if (m_counts[cell] == kSpaced && isSpaced[cell] != 0)
            m_mask[cell] = 0;
    }
}

void FlashCounter::describe(int area, const FlashCells& cells, FlashState& state)
{
    state.area = std::min(1.0, area / m_windows.cells());
    const auto [region, total] = maskedRegion(m_mask, m_columns, m_rows, cells.side);
    state.region = region;
    m_moments.back().flashing = std::max(m_moments.back().flashing, total);
    qint64 frame = -1;
    qint64 changed = 0;
    const int widest = std::ranges::max(m_moments, {}, &Moment::flashing).flashing;
    for (const Moment& moment : m_moments) {
        const auto masked = [&](std::uint32_t cell) { return m_mask[cell] != 0; };
        if (moment.frame != frame)
            changed = 0;
        frame = moment.frame;
        changed += std::ranges::count_if(moment.rises, masked) + std::ranges::count_if(moment.falls, masked);
        if (static_cast<double>(changed) < widest * kSharedChange)
            continue;
        if (state.firstFrame < 0)
            state.firstFrame = moment.frame;
        state.lastFrame = moment.frame;
    }
    if (state.firstFrame < 0) {
        // Nothing that flashes together: the cells of a texture, each at its own time.
        const bool goesOn = m_state.lastFrame >= m_moments.front().frame;
        state.firstFrame = goesOn ? m_state.firstFrame : m_moments.front().frame;
        state.lastFrame = goesOn ? m_state.lastFrame : m_moments.back().frame;
    }
}

} // namespace vidimus::checks::engine
