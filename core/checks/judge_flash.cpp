#include "core/checks/flash_standard.h"
#include "core/checks/judge_rules_p.h"

#include <algorithm>
#include <array>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

/// From this many transitions in a second on a picture is flashing.
constexpr int kFlashing = 4;

/// The columns of the track; read with care, since they come from the worker.
class Track {
public:
    Track(const JudgeContext& context, double standard)
        : m_frames(context.measurements.clock.count())
    {
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            const auto found = context.measurement.series.find(seriesName(kNames[column], standard));
            m_columns[column] = found != context.measurement.series.end() ? &found->second : nullptr;
        }
        m_valid = std::ranges::all_of(m_columns, [&](const Series* series) {
            return series != nullptr && series->codes.size() == m_columns[0]->codes.size();
        });
        m_valid = m_valid && std::ranges::is_sorted(m_columns[0]->codes)
            && std::ranges::all_of(m_columns[0]->codes, [&](qint32 frame) { return frame >= 0 && frame < m_frames; });
    }
    [[nodiscard]] bool isValid() const { return m_valid; }
    [[nodiscard]] std::size_t rows() const { return m_columns[0]->codes.size(); }
    [[nodiscard]] qint64 frame(std::size_t row) const
    {
        return row < rows() ? m_columns[0]->codes[row] : m_frames; // the last state holds to the end
    }
    [[nodiscard]] int transitions(std::size_t row) const { return m_columns[1]->codes[row]; }
    [[nodiscard]] qint64 first(std::size_t row) const { return frameIn(2, row, 0, frame(row)); }
    [[nodiscard]] qint64 last(std::size_t row) const { return frameIn(3, row, first(row), frame(row)); }
    [[nodiscard]] double area(std::size_t row) const { return m_columns[4]->value(row); }
    [[nodiscard]] double step(std::size_t row) const { return m_columns[5]->value(row); }
    [[nodiscard]] Region region(std::size_t row, const ProgrammeFacts& facts) const
    {
        const int x = std::clamp(m_columns[6]->codes[row], 0, facts.width);
        const int y = std::clamp(m_columns[7]->codes[row], 0, facts.height);
        return {x, y, std::clamp(m_columns[8]->codes[row], 0, facts.width - x),
            std::clamp(m_columns[9]->codes[row], 0, facts.height - y)};
    }

private:
    static constexpr std::array<const char*, 10> kNames {
        "frame", "transitions", "first", "last", "area", "step", "x", "y", "w", "h"};
    [[nodiscard]] qint64 frameIn(std::size_t column, std::size_t row, qint64 from, qint64 to) const
    {
        return std::clamp<qint64>(m_columns[column]->codes[row], from, to);
    }

    std::array<const Series*, kNames.size()> m_columns {};
    qint64 m_frames;
    bool m_valid = false;
};

/// Rows [first, end) in which flashing goes on.
struct Stretch {
    std::size_t first = 0;
    std::size_t end = 0;
    qint64 firstFrame = 0; ///< of the flashing itself
    qint64 lastFrame = 0;
};

/// Where flashing that is noticed at a row began. The picture beside a flash may move, and its cells reach the limit
/// first: the first row that knows of most that flashes half a second later is right.
qint64 beginOf(const Track& track, std::size_t row, int transitions, const FrameClock& clock)
{
    constexpr double kHalfSecond = 0.5;
    constexpr double kMostOf = 0.5;
    const double patience = clock.start(track.frame(row)) + kHalfSecond;
    double widest = 0;
    std::size_t end = row;
    for (; end < track.rows() && track.transitions(end) >= transitions; ++end) {
        if (clock.start(track.frame(end)) > patience)
            break;
        widest = std::max(widest, track.area(end));
    }
    std::size_t first = row;
    while (first + 1 < end && track.area(first) < kMostOf * widest)
        ++first;
    return track.first(first);
}

std::vector<Stretch> stretchesWith(const Track& track, int transitions, const FrameClock& clock)
{
    std::vector<Stretch> stretches;
    for (std::size_t row = 0; row < track.rows(); ++row) {
        if (track.transitions(row) < transitions)
            continue;
        Stretch stretch {row, row, beginOf(track, row, transitions, clock), 0};
        stretch.lastFrame = stretch.firstFrame;
        for (; stretch.end < track.rows() && track.transitions(stretch.end) >= transitions; ++stretch.end)
            stretch.lastFrame = std::max(stretch.lastFrame, track.last(stretch.end));
        row = stretch.end;
        // The same flashing that only dipped below the limit.
        if (!stretches.empty() && stretch.firstFrame <= stretches.back().lastFrame) {
            stretches.back().end = stretch.end;
            stretches.back().lastFrame = std::max(stretches.back().lastFrame, stretch.lastFrame);
        } else {
            stretches.push_back(stretch);
        }
    }
    return stretches;
}

/// Adds what was seen in the stretch to its finding.
void describe(
    const Stretch& stretch, const Track& track, const JudgeContext& context, const QString& stepName, Finding& finding)
{
    int most = 0;
    std::size_t widest = stretch.first;
    double step = 0;
    qint64 last = -1;
    // The first row knows of all transitions so far, each later one of those that it saw first.
    int total = track.transitions(stretch.first) - 1;
    for (std::size_t row = stretch.first; row < stretch.end; ++row) {
        most = std::max(most, track.transitions(row));
        step = std::max(step, track.step(row));
        if (track.area(row) > track.area(widest))
            widest = row;
        if (track.last(row) != last) {
            ++total;
            last = track.last(row);
        }
    }
    finding.measured = {{u"flashes_per_s"_s, most / 2.0}, {u"flash_count"_s, std::max(total, most) / 2},
        {u"area_share"_s, track.area(widest)}, {u"duration_s"_s, finding.end - finding.start}};
    if (step > 0)
        finding.measured[stepName] = step;
    finding.region = track.region(widest, context.measurements.facts);
}

} // namespace

bool applyRule(const FlashRule& rule, const JudgeContext& context, CheckResult& result)
{
    const double choice = context.threshold(rule.standard);
    const auto standard = std::ranges::find(flashStandards(), choice, &FlashStandard::choice);
    const Track track(context, choice);
    if (standard == flashStandards().end() || !track.isValid())
        return false;
    const QString stepName = rule.redSteps ? u"colour_step_uv"_s : QString::fromLatin1(standard->stepName);
    const FrameClock& clock = context.measurements.clock;
    const auto append = [&](const Stretch& stretch, const char* detail) -> Finding& {
        Finding finding
            = context.findingAt(clock.start(stretch.firstFrame), clock.start(stretch.lastFrame + 1), detail);
        describe(stretch, track, context, stepName, finding);
        result.findings.push_back(std::move(finding));
        return result.findings.back();
    };
    const int allowed = 2 * static_cast<int>(context.threshold(rule.maxFlashes));
    const auto harmful = stretchesWith(track, allowed + 1, clock);
    for (const Stretch& stretch : harmful)
        append(stretch, rule.detail);
    const double patience = context.threshold(rule.maxDuration);
    for (const Stretch& stretch : stretchesWith(track, kFlashing, clock)) {
        const bool reported = std::ranges::any_of(harmful, [&](const Stretch& other) {
            return other.firstFrame <= stretch.lastFrame && stretch.firstFrame <= other.lastFrame;
        });
        if (!reported && clock.start(stretch.lastFrame) - clock.start(stretch.firstFrame) > patience)
            append(stretch, rule.detailProlonged).severity = Severity::Warn;
    }
    int most = 0;
    for (std::size_t row = 0; row < track.rows(); ++row)
        most = std::max(most, track.transitions(row));
    result.measured[u"flashes_per_s"_s] = most / 2.0;
    return true;
}

} // namespace vidimus::checks
