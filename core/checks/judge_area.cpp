#include "core/checks/judge_rules_p.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr qint32 kUnknown = -1;
enum Edge { Top, Right, Bottom, Left };
using Bars = std::array<qint32, 4>; ///< thickness in pixels, by Edge
constexpr std::array<const char*, 4> kSeries {"top", "right", "bottom", "left"};

struct Area {
    Bars bars {kUnknown, kUnknown, kUnknown, kUnknown};
    qint64 first = 0; ///< frame
    qint64 end = 0; ///< frame, exclusive
};

bool isCompatible(const Bars& a, const Bars& b, double tolerance)
{
    for (std::size_t edge = 0; edge < a.size(); ++edge) {
        if (a[edge] != kUnknown && b[edge] != kUnknown && std::abs(a[edge] - b[edge]) > tolerance)
            return false;
    }
    return true;
}

void fillUnknown(Bars& bars, const Bars& from)
{
    for (std::size_t edge = 0; edge < bars.size(); ++edge) {
        if (bars[edge] == kUnknown)
            bars[edge] = from[edge];
    }
}

std::vector<Area> findAreas(const std::array<const Series*, 4>& series, qint64 frames, double tolerance)
{
    std::vector<Area> areas;
    for (qint64 frame = 0; frame < frames; ++frame) {
        Bars bars {};
        for (std::size_t edge = 0; edge < bars.size(); ++edge)
            bars[edge] = series[edge]->codes[static_cast<std::size_t>(frame)];
        if (areas.empty() || !isCompatible(areas.back().bars, bars, tolerance))
            areas.push_back({bars, frame, frame});
        fillUnknown(areas.back().bars, bars);
        areas.back().end = frame + 1;
    }
    return areas;
}

/// What an area must last, and how far edges may be apart.
struct Patience {
    double tolerance; ///< pixels
    double minDuration; ///< seconds
    double uncentredMinDuration;
    double offCentreX; ///< pixels by which opposite bars may differ
    double offCentreY;
};

bool isCentred(const Bars& bars, const Patience& patience)
{
    // An edge that nobody could tell is no proof that a bar has its counterpart.
    const auto agree
        = [](qint32 a, qint32 b, double limit) { return std::abs(std::max(a, 0) - std::max(b, 0)) <= limit; };
    return agree(bars[Left], bars[Right], patience.offCentreX) && agree(bars[Top], bars[Bottom], patience.offCentreY);
}

/// Only what stays; neighbours that agree become one; edges nobody could tell are taken from the area before.
std::vector<Area> stableAreas(const std::vector<Area>& areas, const FrameClock& clock, const Patience& patience)
{
    const double whole = clock.start(clock.count()) - clock.start(0);
    std::vector<Area> stable;
    for (const Area& area : areas) {
        const double needed = isCentred(area.bars, patience) ? patience.minDuration : patience.uncentredMinDuration;
        // A programme shorter than that is judged by what it has from end to end.
        if (clock.start(area.end) - clock.start(area.first) < std::min(needed, whole))
            continue;
        if (!stable.empty() && isCompatible(stable.back().bars, area.bars, patience.tolerance)) {
            fillUnknown(stable.back().bars, area.bars);
            stable.back().end = area.end;
            continue;
        }
        stable.push_back(area);
        if (stable.size() > 1)
            fillUnknown(stable.back().bars, stable[stable.size() - 2].bars);
    }
    return stable;
}

Region activeRegion(Bars bars, const ProgrammeFacts& facts, double minBar)
{
    const std::array<int, 4> side {facts.height, facts.width, facts.height, facts.width};
    for (std::size_t edge = 0; edge < bars.size(); ++edge) {
        if (bars[edge] < minBar * side[edge])
            bars[edge] = 0; // an unknown edge is no proof of a bar
    }
    return {bars[Left], bars[Top], std::max(0, facts.width - bars[Left] - bars[Right]),
        std::max(0, facts.height - bars[Top] - bars[Bottom])};
}

const char* shapeName(const Region& region, const ProgrammeFacts& facts)
{
    if (region.width < facts.width)
        return region.height < facts.height ? "windowbox" : "pillarbox";
    return "letterbox";
}

} // namespace

bool applyRule(const AreaRule& rule, const JudgeContext& context, CheckResult& result)
{
    const FrameClock& clock = context.measurements.clock;
    const ProgrammeFacts& facts = context.measurements.facts;
    std::array<const Series*, 4> series {};
    for (std::size_t edge = 0; edge < series.size(); ++edge) {
        const auto found = context.measurement.series.find(QString::fromLatin1(kSeries[edge]));
        if (found == context.measurement.series.end()
            || static_cast<qint64>(found->second.codes.size()) != clock.count())
            return false;
        series[edge] = &found->second;
    }
    if (clock.count() == 0)
        return false;
    const double tolerance = context.threshold(rule.tolerance);
    const double minBar = context.threshold(rule.minBar);
    const Patience patience {tolerance, context.threshold(rule.minDuration),
        context.threshold(rule.uncentredMinDuration), std::max(tolerance, minBar * facts.width),
        std::max(tolerance, minBar * facts.height)};
    const auto areas = stableAreas(findAreas(series, clock.count(), tolerance), clock, patience);
    const Region whole {0, 0, facts.width, facts.height};
    const auto append = [&](const Area& area, const Region& region, const char* detail) {
        Finding finding = context.findingAt(clock.start(area.first), clock.start(area.end), detail);
        finding.region = region;
        finding.measured = {{u"x"_s, region.x}, {u"y"_s, region.y}, {u"w"_s, region.width}, {u"h"_s, region.height}};
        result.findings.push_back(std::move(finding));
    };
    std::optional<Region> before;
    int changes = 0;
    for (const Area& area : areas) {
        const Region region = activeRegion(area.bars, facts, minBar);
        if (before && *before != region) {
            ++changes;
            append(area, region, "active_area_change");
        } else if (!before && region != whole && context.threshold(rule.reportConstant) > 0) {
            append(area, region, shapeName(region, facts));
        }
        before = region;
    }
    result.measured[u"changes"_s] = changes;
    return true;
}

} // namespace vidimus::checks
