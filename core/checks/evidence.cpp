#include "core/checks/evidence.h"

#include "core/checks/check_descriptor.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr double kLeastMargin = 2; // seconds

struct Request {
    const Measurements& measurements;
    const CheckDescriptor& descriptor;
    const CheckMeasurement& measurement;
    const CheckResult& result;
    const Finding& finding;
    int maxPoints;

    [[nodiscard]] std::optional<double> threshold(const char* parameter) const
    {
        if (parameter == nullptr)
            return std::nullopt;
        const auto found = result.threshold.find(QString::fromLatin1(parameter));
        return found != result.threshold.end() ? std::optional(found->second) : std::nullopt;
    }
    [[nodiscard]] std::optional<double> measured(const QString& name) const
    {
        const auto found = finding.measured.find(name);
        return found != finding.measured.end() ? std::optional(found->second) : std::nullopt;
    }
    [[nodiscard]] bool says(const char* detail) const
    {
        return detail != nullptr && finding.detail == QLatin1StringView(detail);
    }
    /// Bounds and unit that belong to a parameter.
    [[nodiscard]] Evidence against(const char* parameter) const
    {
        Evidence evidence;
        evidence.parameter = QString::fromLatin1(parameter);
        if (const CheckParameter* known = descriptor.parameter(evidence.parameter))
            evidence.unit = QString::fromLatin1(known->unit);
        return evidence;
    }
};

void setBound(Evidence& evidence, Relation relation, std::optional<double> limit)
{
    (relation == Relation::AtMost ? evidence.lower : evidence.upper) = limit;
}

/// The series around the finding, in shares of equal length. \a timeOf gives the time of a sample.
template<class TimeOf>
void addPoints(Evidence& evidence, const Request& request, const Series& series, const TimeOf& timeOf)
{
    const double length = request.finding.end - request.finding.start;
    const double margin = std::max(kLeastMargin, length);
    const std::size_t count = series.codes.size();
    std::size_t first = 0;
    std::size_t last = count;
    // Times rise: both ends by halving.
    const auto sampleAt = [&](double time) {
        std::size_t low = 0;
        std::size_t high = count;
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (timeOf(middle) < time)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    first = sampleAt(request.finding.start - margin);
    last = sampleAt(request.finding.end + margin);
    if (first >= last || request.maxPoints < 1)
        return;
    evidence.start = timeOf(first);
    evidence.end = timeOf(last - 1);
    const std::size_t wanted = std::min(last - first, static_cast<std::size_t>(request.maxPoints));
    evidence.points.reserve(wanted);
    for (std::size_t point = 0; point < wanted; ++point) {
        const std::size_t from = first + (last - first) * point / wanted;
        const std::size_t to = first + (last - first) * (point + 1) / wanted;
        const auto [low, high] = std::minmax_element(series.codes.begin() + static_cast<std::ptrdiff_t>(from),
            series.codes.begin() + static_cast<std::ptrdiff_t>(to));
        evidence.points.push_back({timeOf(from), *low * series.scale, *high * series.scale});
    }
}

const Series* seriesOf(const Request& request, const char* name, std::optional<double> level)
{
    const auto found = request.measurement.series.find(seriesName(name, level));
    return found != request.measurement.series.end() && !found->second.codes.empty() ? &found->second : nullptr;
}

std::optional<Evidence> evidenceBy(const RunRule& rule, const Request& request)
{
    if (!request.says(rule.detail))
        return std::nullopt;
    Evidence evidence = request.against(rule.limit);
    setBound(evidence, rule.relation, request.threshold(rule.limit));
    if (rule.measured != nullptr)
        evidence.value = request.measured(QString::fromLatin1(rule.measured));
    const auto level = rule.level != nullptr ? request.threshold(rule.level) : std::nullopt;
    if (const Series* series = seriesOf(request, rule.series, level)) {
        const FrameClock& clock = request.measurements.clock;
        const double soundStart = request.measurements.facts.soundStart;
        addPoints(evidence, request, *series, [&](std::size_t sample) {
            return series->step == 0 ? clock.start(std::min(static_cast<qint64>(sample), clock.count()))
                                     : soundStart + static_cast<double>(sample) * series->step;
        });
    }
    return evidence;
}

std::optional<Evidence> evidenceBy(const LimitRule& rule, const Request& request)
{
    if (!request.says(rule.detailLow) && !request.says(rule.detailHigh))
        return std::nullopt;
    const bool low = request.says(rule.detailLow) && !request.says(rule.detailHigh);
    const char* parameter = rule.target != nullptr ? rule.target
        : low && rule.lower != nullptr             ? rule.lower
        : rule.upper != nullptr                    ? rule.upper
                                                   : rule.lower;
    if (parameter == nullptr)
        return std::nullopt;
    Evidence evidence = request.against(parameter);
    evidence.value = request.measured(QString::fromLatin1(rule.scalar));
    if (const auto target = request.threshold(rule.target)) {
        const double tolerance = request.threshold(rule.tolerance).value_or(0);
        evidence.lower = *target - tolerance;
        evidence.upper = *target + tolerance;
    }
    if (const auto bound = request.threshold(rule.lower))
        evidence.lower = bound;
    if (const auto bound = request.threshold(rule.upper))
        evidence.upper = bound;
    return evidence;
}

std::optional<Evidence> evidenceBy(const EventRule& rule, const Request& request)
{
    if (!request.says(rule.detail) || rule.limit == nullptr)
        return std::nullopt;
    Evidence evidence = request.against(rule.limit);
    evidence.upper = request.threshold(rule.limit);
    if (rule.measured != nullptr)
        evidence.value = request.measured(QString::fromLatin1(rule.measured));
    return evidence;
}

std::optional<Evidence> evidenceBy(const MarkRule& rule, const Request& request)
{
    if (!request.says(rule.detail != nullptr ? rule.detail : rule.kind) || rule.limit == nullptr)
        return std::nullopt;
    Evidence evidence = request.against(rule.limit);
    setBound(evidence, rule.relation, request.threshold(rule.limit));
    evidence.value = rule.value != nullptr ? request.measured(QString::fromLatin1(rule.value))
                                           : std::optional(request.finding.end - request.finding.start);
    return evidence;
}

std::optional<Evidence> evidenceBy(const RepeatRule& rule, const Request& request)
{
    const bool regular = request.says(rule.detailRegular);
    if (!regular && !request.says(rule.detailIrregular))
        return std::nullopt;
    const char* parameter = regular ? rule.minShare : rule.minIrregularShare;
    if (parameter == nullptr)
        return std::nullopt;
    Evidence evidence = request.against(parameter);
    evidence.upper = request.threshold(parameter);
    evidence.value = request.measured(QString::fromLatin1(rule.measured));
    return evidence;
}

std::optional<Evidence> evidenceBy(const DamageRule& rule, const Request& request)
{
    if (request.finding.detail != u"picture_damaged"_s && request.finding.detail != u"sound_damaged"_s)
        return std::nullopt;
    Evidence evidence = request.against(rule.maxDamaged);
    evidence.upper = request.threshold(rule.maxDamaged);
    evidence.value = request.finding.end - request.finding.start;
    return evidence;
}

std::optional<Evidence> evidenceBy(const FlashRule& rule, const Request& request)
{
    const bool prolonged = request.says(rule.detailProlonged);
    if (!prolonged && !request.says(rule.detail))
        return std::nullopt;
    if (prolonged) {
        Evidence evidence = request.against(rule.maxDuration);
        evidence.upper = request.threshold(rule.maxDuration);
        evidence.value = request.finding.end - request.finding.start;
        return evidence;
    }
    Evidence evidence = request.against(rule.maxFlashes);
    evidence.upper = request.threshold(rule.maxFlashes);
    evidence.value = request.measured(u"flashes_per_s"_s);
    const auto standard = request.threshold(rule.standard);
    const Series* frames = seriesOf(request, "frame", standard);
    const Series* transitions = seriesOf(request, "transitions", standard);
    if (frames == nullptr || transitions == nullptr || frames->codes.size() != transitions->codes.size()
        || !std::ranges::is_sorted(frames->codes) || frames->codes.front() < 0)
        return evidence; // the numbers stand without a curve
    const FrameClock& clock = request.measurements.clock;
    Series flashes = *transitions; // two transitions are a flash
    flashes.scale /= 2;
    addPoints(evidence, request, flashes,
        [&](std::size_t row) { return clock.start(std::min<qint64>(frames->codes[row], clock.count())); });
    return evidence;
}

template<class Other>
std::optional<Evidence> evidenceBy(const Other&, const Request&)
{
    return std::nullopt;
}

} // namespace

std::optional<Evidence> evidenceFor(
    const Measurements& measurements, const CheckResult& result, const Finding& finding, int maxPoints)
{
    const CheckDescriptor* descriptor = findDescriptor(result.id);
    const auto measurement = measurements.checks.find(result.id);
    if (descriptor == nullptr || measurement == measurements.checks.end())
        return std::nullopt;
    const Request request {measurements, *descriptor, measurement->second, result, finding, maxPoints};
    for (const Rule& rule : descriptor->rules) {
        if (auto evidence = std::visit([&](const auto& each) { return evidenceBy(each, request); }, rule))
            return evidence;
    }
    return std::nullopt;
}

} // namespace vidimus::checks
