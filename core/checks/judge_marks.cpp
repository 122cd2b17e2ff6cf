#include "core/checks/judge_rules_p.h"

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr double kSlack = 1e-6;
/// Time stamps of many containers are whole milliseconds.
constexpr double kTimeSlack = 0.001;

struct Range {
    double start = 0; ///< seconds
    double end = 0;
};

Range rangeOf(const Mark& mark, const FrameClock& clock)
{
    return {clock.start(mark.firstFrame), clock.start(mark.lastFrame + 1)};
}

bool holds(Relation relation, double value, double limit)
{
    switch (relation) {
    case Relation::AtMost:
        return value <= limit + kSlack;
    case Relation::AtLeast:
        return value >= limit - kSlack;
    case Relation::Above:
        return value > limit + kSlack;
    }
    Q_UNREACHABLE();
}

bool standsAt(Place place, const Range& range, double ends, const FrameClock& clock)
{
    const bool head = range.start <= clock.start(0) + ends;
    const bool tail = range.end >= clock.start(clock.count()) - ends;
    switch (place) {
    case Place::Anywhere:
        return true;
    case Place::Head:
        return head;
    case Place::Tail:
        return tail && !head;
    case Place::Inside:
        return !head && !tail;
    }
    Q_UNREACHABLE();
}

bool fits(const MarkRule& rule, const JudgeContext& context, const Mark& mark, const Range& range)
{
    const double length = range.end - range.start;
    if (rule.minDuration != nullptr && length + kTimeSlack < context.threshold(rule.minDuration))
        return false;
    if (rule.limit != nullptr) {
        double value = length;
        if (rule.value != nullptr) {
            const auto found = mark.values.find(QString::fromLatin1(rule.value));
            if (found == mark.values.end())
                return false;
            value = found->second;
        }
        if (!holds(rule.relation, value, context.threshold(rule.limit)))
            return false;
    }
    const double ends = rule.ends != nullptr ? context.threshold(rule.ends) : 0;
    return standsAt(rule.place, range, ends, context.measurements.clock);
}

/// Values of one finding out of several marks: the largest of each.
void joinValues(Values& into, const Values& more)
{
    for (const auto& [name, value] : more) {
        const auto [place, isNew] = into.emplace(name, value);
        if (!isNew)
            place->second = std::max(place->second, value);
    }
}

void joinRegion(std::optional<Region>& into, const std::optional<Region>& more)
{
    if (!into || !more) {
        into = into ? into : more;
        return;
    }
    const int right = std::max(into->x + into->width, more->x + more->width);
    const int bottom = std::max(into->y + into->height, more->y + more->height);
    into->x = std::min(into->x, more->x);
    into->y = std::min(into->y, more->y);
    into->width = right - into->x;
    into->height = bottom - into->y;
}

} // namespace

bool applyRule(const MarkRule& rule, const JudgeContext& context, CheckResult& result)
{
    const FrameClock& clock = context.measurements.clock;
    if (rule.enabled != nullptr && context.threshold(rule.enabled) < 0.5)
        return true;
    const std::size_t before = result.findings.size();
    double total = 0;
    for (const Mark& mark : context.measurement.marks) {
        if (mark.kind != QLatin1StringView(rule.kind) || mark.lastFrame >= clock.count())
            continue;
        const Range range = rangeOf(mark, clock);
        if (!fits(rule, context, mark, range))
            continue;
        total += range.end - range.start;
        if (rule.mergeGap > 0 && result.findings.size() > before
            && range.start - result.findings.back().end < rule.mergeGap) {
            Finding& last = result.findings.back();
            last.end = std::max(last.end, range.end);
            last.lastFrame = std::max(last.lastFrame, mark.lastFrame);
            joinValues(last.measured, mark.values);
            joinRegion(last.region, mark.region);
        } else {
            Finding finding = context.findingAt(range.start, range.end, rule.detail);
            finding.firstFrame = mark.firstFrame;
            finding.lastFrame = mark.lastFrame;
            finding.measured = mark.values;
            finding.region = mark.region;
            result.findings.push_back(std::move(finding));
        }
    }
    result.measured[QString::fromLatin1(rule.detail) + u"_s"_s] = total;
    return true;
}

bool applyRule(const TrackRule& rule, const JudgeContext& context, CheckResult& result)
{
    const FrameClock& clock = context.measurements.clock;
    int count = 0;
    for (const Mark& mark : context.measurement.marks) {
        if (mark.kind != QLatin1StringView(rule.kind) || mark.lastFrame >= clock.count())
            continue;
        const Range range = rangeOf(mark, clock);
        result.track.push_back(
            {mark.kind, range.start, range.end, mark.firstFrame, mark.lastFrame, mark.values, mark.region});
        ++count;
    }
    result.measured[QString::fromLatin1(rule.count)] = count;
    return true;
}

} // namespace vidimus::checks
